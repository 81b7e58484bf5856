import { type RuleTypeDefinition, refuse } from "./rule-type.ts";

export const savedQuery: RuleTypeDefinition = {
  type: "saved_query",
  category: "Saved Query Rule",
  ruleTypeId: "siem.savedQueryRule",
  compile: refuse("not yet supported: queries in KQL or Lucene"),
};
