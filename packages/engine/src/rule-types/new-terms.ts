import { type RuleTypeDefinition, refuse } from "./rule-type.ts";

export const newTerms: RuleTypeDefinition = {
  type: "new_terms",
  category: "New Terms Rule",
  ruleTypeId: "siem.newTermsRule",
  compile: refuse("not yet supported: values that were never seen before"),
};
