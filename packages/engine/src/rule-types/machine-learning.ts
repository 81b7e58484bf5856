import { type RuleTypeDefinition, refuse } from "./rule-type.ts";

export const machineLearning: RuleTypeDefinition = {
  type: "machine_learning",
  category: "Machine Learning Rule",
  ruleTypeId: "siem.mlRule",
  compile: refuse("needs a machine-learning job"),
};
