import { type RuleTypeDefinition, refuse } from "./rule-type.ts";

export const esql: RuleTypeDefinition = {
  type: "esql",
  category: "ES|QL Rule",
  ruleTypeId: "siem.esqlRule",
  compile: refuse("not yet supported: queries in ES|QL"),
};
