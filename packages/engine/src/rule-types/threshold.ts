import { type RuleTypeDefinition, refuse } from "./rule-type.ts";

export const threshold: RuleTypeDefinition = {
  type: "threshold",
  category: "Threshold Rule",
  ruleTypeId: "siem.thresholdRule",
  compile: refuse("not yet supported: counting events by field"),
};
