import { type RuleTypeDefinition, refuse } from "./rule-type.ts";

export const threatMatch: RuleTypeDefinition = {
  type: "threat_match",
  category: "Indicator Match Rule",
  ruleTypeId: "siem.indicatorRule",
  compile: refuse("not yet supported: comparing events with indicators"),
};
