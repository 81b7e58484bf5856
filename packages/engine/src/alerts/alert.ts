import type { Severity } from "../rules/index.ts";

/**
 * The document of an alert, as detection-semantics 4 describes it: the source event's fields, cleaned, with the
 * alert's own fields over them as dotted keys (`kibana.alert.*`). Only the keys that code reads are named.
 */
export interface AlertDocument extends AlertBody {
  /** The alert's id, the same for the same source events and rule. */
  readonly "kibana.alert.uuid": string;
}

/** An alert without what says which alert it is. */
export interface AlertBody {
  /** When the alert was made. Offline: the tick of the rule's schedule that would have found it. */
  readonly "@timestamp": string;
  readonly "event.kind": "signal";
  readonly "kibana.alert.severity": Severity;
  readonly "kibana.alert.risk_score": number;
  readonly "kibana.alert.reason": string;
  readonly "kibana.alert.depth": number;
  readonly "kibana.alert.ancestors": readonly Ancestor[];
  readonly "kibana.alert.rule.name": string;
  readonly "kibana.alert.rule.rule_id": string;
  readonly "kibana.alert.rule.uuid": string;
  readonly "kibana.alert.rule.type": string;
  /** ISO time of the source event; for a sequence shell that of the last event. Absent when the event has none. */
  readonly "kibana.alert.original_time"?: string;
  /** `default` on the blocks of a sequence and on alerts of building block rules. */
  readonly "kibana.alert.building_block_type"?: "default";
  /** Sequences: the shell's id, on the shell and on its blocks. */
  readonly "kibana.alert.group.id"?: string;
  /** Sequence blocks: their place, from 0. */
  readonly "kibana.alert.group.index"?: number;
  /** New terms: the values that were not seen before, in the order of the rule's fields. */
  readonly "kibana.alert.new_terms"?: readonly (string | number | boolean | null)[];
  /** Threshold: what the rule counted. */
  readonly "kibana.alert.threshold_result"?: ThresholdResult;
  /** Threshold: the events that were counted, or as many as are kept. */
  readonly "harrier.alert.events"?: readonly { readonly id: string; readonly index: string }[];
  /** How many others the alert stands for; absent where the rule does not suppress. */
  readonly "kibana.alert.suppression.docs_count"?: number;
  /** False where the rule's index patterns do not name the index of the event, or of some event of the sequence. */
  readonly "harrier.alert.index_listed"?: false;
  readonly [field: string]: unknown;
}

export interface ThresholdResult {
  readonly terms: readonly {
    readonly field: string;
    readonly value: string | number | boolean | null;
  }[];
  readonly count: number;
  readonly cardinality?: readonly { readonly field: string; readonly value: number }[];
  /** ISO time of the earliest event. */
  readonly from: string;
}

export interface Ancestor {
  readonly id: string;
  readonly index: string;
  readonly type: "event" | "signal";
  readonly depth: number;
  /** The rule, where the ancestor is an alert. */
  readonly rule?: string;
}
