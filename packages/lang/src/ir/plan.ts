import type { Field, Predicate } from "./predicate.ts";

/** What a query asks of a list of events. */
export type Plan = EventPlan | SequencePlan | SamplePlan;

/** Each event that meets the condition. */
export interface EventPlan {
  readonly kind: "event";
  readonly condition: Predicate;
  readonly pipes: readonly Pipe[];
}

/** Events one after another, joined by key (eql-semantics 11 and 12). `runs` is already expanded. */
export interface SequencePlan {
  readonly kind: "sequence";
  readonly steps: readonly Step[];
  /** Not among the steps; `missing` is false. */
  readonly until?: Step;
  /** From the first positive event to each later one, inclusive. Absent: unlimited. */
  readonly maxspanMs?: number;
  readonly pipes: readonly Pipe[];
}

/** One event per filter and key, in no order (eql-semantics 13). */
export interface SamplePlan {
  readonly kind: "sample";
  readonly steps: readonly Step[];
  readonly pipes: readonly Pipe[];
}

export interface Step {
  readonly condition: Predicate;
  /** The `by` keys of the query, then those of the step. All steps have equally many. */
  readonly keys: readonly JoinField[];
  /** `![…]`: no such event may lie here. */
  readonly missing: boolean;
}

export interface JoinField {
  readonly field: Field;
  /** `?field`: an absent value is the key value null; otherwise the event takes no part in the step. */
  readonly optional: boolean;
}

export interface Pipe {
  readonly kind: "head" | "tail";
  readonly count: number;
}
