import { type RuleTypeDefinition, refuse } from "./rule-type.ts";

export const query: RuleTypeDefinition = {
  type: "query",
  category: "Custom Query Rule",
  ruleTypeId: "siem.queryRule",
  compile: refuse("not yet supported: queries in KQL or Lucene"),
};
