/** What each type of rule runs: one file per type, with all that the engine knows about it. */
export { adHocRule } from "./ad-hoc.ts";
export { checkCost } from "./check-cost.ts";
export { checkPlan } from "./check-plan.ts";
export { compileRule } from "./compile.ts";
export { eventConditions } from "./event-conditions.ts";
export type {
  NewTermsPlan,
  RulePlan,
  ThreatEntry,
  ThreatMatchPlan,
  ThresholdPlan,
} from "./rule-plan.ts";
export type { Compilation, CompiledRule, CompileOptions, RuleTypeDefinition } from "./rule-type.ts";
