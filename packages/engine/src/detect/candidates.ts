import type { EpochNanos } from "@harrier/lang/values";
import type { AlertSuppression } from "../alerts/index.ts";
import type { Arrival, KeyId } from "./columns.ts";
import type { DeferredRule } from "./watch-list.ts";

/**
 * What a rule that waits for the last event has found: an alert to be, before caps and suppression.
 * Of events it has only their places among the recorded ones; who needs more reads them back. The
 * candidates of a rule come in the order of their ticks, then of their times.
 */
export type Candidate =
  | EventCandidate
  | JoinedCandidate
  | ThresholdCandidate
  | NewTermsCandidate
  | ThreatCandidate;

interface Found {
  readonly rule: DeferredRule;
  /** When the run starts that finds it: the creation time of the alert. */
  readonly tick: EpochNanos;
  /** The time of the latest event that it is made of, as the rule's runs see it. Undefined for an event without one, which counts as happening now. */
  readonly time: EpochNanos | undefined;
  /** The time of the earliest event. */
  readonly first: EpochNanos | undefined;
}

/** A single event. */
export interface EventCandidate extends Found {
  readonly kind: "event";
  readonly event: Arrival;
}

/** A sequence or a sample. */
export interface JoinedCandidate extends Found {
  readonly kind: "joined";
  /** In the order of the query; null in the place of a missing event. */
  readonly events: readonly (Arrival | null)[];
  /** No single window of the rule's schedule holds all of the events. */
  readonly isBeyondWindow: boolean;
}

/** A group that is large enough (detection-semantics 3.2). */
export interface ThresholdCandidate extends Found {
  readonly kind: "threshold";
  /** The group's values, in the order of the plan's fields; `recorder.keyOf` tells them. */
  readonly key: KeyId;
  /** Events of the group in the window. */
  readonly count: number;
  /** Different values of the cardinality field, where the plan has one. */
  readonly distinct?: number;
  /** The events that were counted, oldest first; no more than are kept as evidence. */
  readonly events: readonly Arrival[];
}

/** Values that were not seen before, in the oldest event that has them (3.3). */
export interface NewTermsCandidate extends Found {
  readonly kind: "new_terms";
  readonly event: Arrival;
  /** The values, in the order of the plan's fields. */
  readonly key: KeyId;
}

/** An event that shares values with indicators (3.4). */
export interface ThreatCandidate extends Found {
  readonly kind: "threat_match";
  readonly event: Arrival;
}

/** A candidate that becomes an alert. */
export interface Survivor {
  readonly candidate: Candidate;
  /** Where the rule suppresses. */
  readonly suppression?: AlertSuppression;
}
