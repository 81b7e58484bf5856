import type { Explanation, JoinKey } from "@harrier/lang/match";
import type { IngestedEvent } from "../ingest/index.ts";
import type { CompiledRule } from "../rule-types/index.ts";

/** Why a rule matches the given events, or does not. */
export interface RuleExplanation {
  readonly rule: CompiledRule;
  /** One for an event rule; the steps of a sequence or sample in order, `until` last. Empty where the rule has no plan. */
  readonly steps: readonly StepExplanation[];
  /**
   * What the rule finds in these events as a whole: places in the list of events given, `undefined`
   * at the place of a missing event. A single event rule has one place a match.
   */
  readonly matches: readonly (readonly (number | undefined)[])[];
}

export interface StepExplanation {
  readonly role: "event" | "step" | "missing" | "until";
  /** One for each event given, in the same order. */
  readonly events: readonly EventExplanation[];
}

export interface EventExplanation {
  readonly event: IngestedEvent;
  readonly condition: Explanation;
  /** The join keys the event has in this step: one for each combination of values; empty when a required key is absent. */
  readonly keys: readonly JoinKey[];
  /** Required key fields that the event lacks. */
  readonly missingKeys: readonly string[];
}
