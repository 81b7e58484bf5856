import type { Field, Plan, Predicate } from "@harrier/lang/ir";

/**
 * What a rule asks of all events, free of its type's spelling. Queries of single events, sequences
 * and samples are plans of `lang`; the others count or compare, which is the engine's matter.
 */
export type RulePlan = Plan | ThresholdPlan | NewTermsPlan | ThreatMatchPlan;

/** Groups of events that are large enough (detection-semantics 3.2). */
export interface ThresholdPlan {
  readonly kind: "threshold";
  readonly condition: Predicate;
  /** Events are counted for each combination of values; an event without one of the fields is not counted. Empty: all together. */
  readonly groupBy: readonly Field[];
  /** Events that a group needs, at least 1. */
  readonly count: number;
  /** Different values that the group must have in another field. */
  readonly cardinality?: { readonly field: Field; readonly count: number };
}

/** Combinations of values that were not seen before (detection-semantics 3.3). */
export interface NewTermsPlan {
  readonly kind: "new_terms";
  readonly condition: Predicate;
  /** One to three. */
  readonly fields: readonly Field[];
  /** Date math from the end of a run's window: `now-14d`. */
  readonly historyWindowStart: string;
}

/** Events that share values with indicators (detection-semantics 3.4). */
export interface ThreatMatchPlan {
  readonly kind: "threat_match";
  readonly condition: Predicate;
  /** Which of the indicators count. */
  readonly indicatorCondition: Predicate;
  /** One item must hold, with all of its entries on the same indicator. */
  readonly items: readonly (readonly ThreatEntry[])[];
  /** Where an indicator's own object is: `threat.indicator`. */
  readonly indicatorPath: string;
}

export interface ThreatEntry {
  /** The event's field. */
  readonly field: Field;
  /** The indicator's field. */
  readonly indicatorField: Field;
  /** The values must differ. An item has at least one entry that is not negated. */
  readonly negate: boolean;
}
