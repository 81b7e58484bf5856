import { compareNumeric, compareText, type EpochNanos, type Literal } from "../values/index.ts";
import type { JoinKey } from "./join-key.ts";

/** A step whose condition the event meets, and the event's keys for it. */
export interface StepHit {
  /** The step's place in the plan; the number of steps for `until`. */
  readonly step: number;
  /** At least one. */
  readonly keys: readonly JoinKey[];
}

/**
 * Tells the caller where an event is: a place in a list, a segment and an offset in a log. Any number; it is only handed
 * back. What waits holds these and no events, which may be kept or not.
 */
export type EventReference = number;

/** An event as a sequence sees it. */
export interface OrderedEvent {
  readonly event: EventReference;
  readonly time: EpochNanos;
  /** Null: no tiebreaker is configured, or the event has none. */
  readonly tiebreaker: Literal;
  readonly steps: readonly StepHit[];
}

/**
 * The order of events (eql-semantics 11.1): time, then tiebreaker, null last. Equal events keep their
 * order of arrival under a stable sort.
 */
export function compareOrdered(
  left: Pick<OrderedEvent, "time" | "tiebreaker">,
  right: Pick<OrderedEvent, "time" | "tiebreaker">,
): number {
  if (left.time !== right.time) return left.time < right.time ? -1 : 1;
  return compareTiebreakers(left.tiebreaker, right.tiebreaker);
}

function compareTiebreakers(left: Literal, right: Literal): number {
  if (left === null || right === null) return Number(left === null) - Number(right === null);
  if (typeof left === "string" || typeof right === "string") {
    return compareText(String(left), String(right));
  }
  return compareNumeric(
    typeof left === "boolean" ? Number(left) : left,
    typeof right === "boolean" ? Number(right) : right,
  );
}
