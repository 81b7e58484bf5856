import { conditionsOf, type Predicate } from "@harrier/lang/ir";
import type { RulePlan } from "./rule-plan.ts";

/** What the plan asks of the events of a hunt; not what it asks of indicators. */
export function eventConditions(plan: RulePlan): readonly Predicate[] {
  switch (plan.kind) {
    case "threshold":
    case "new_terms":
    case "threat_match":
      return [plan.condition];
    default:
      return conditionsOf(plan);
  }
}
