import type { FieldPredicate, LeafPredicate } from "../ir/index.ts";

/** What a condition set has done so far: the work, not the answers. All numbers are totals over the events. */
export interface MatchStatistics {
  readonly events: number;
  /** Values of wanted fields. */
  readonly values: number;
  /** Values that were not known yet, and had to be analysed. */
  readonly newValues: number;
  /** Conditions, or alternatives of long ones, that some true leaf nominated. */
  readonly candidates: number;
  /** Branches taken by their programs. */
  readonly steps: number;
  /** Leaves worked out because a program came to them: expressions, nested ones, costly ones over a field. */
  readonly computed: number;
  /** Conditions met. Equal conditions count once. */
  readonly met: number;
  /** By the place of each condition given. Equal conditions have equal counts. */
  readonly conditions: readonly ConditionCounts[];
  /** The leaves over one field, each once. */
  readonly leaves: readonly LeafCounts[];
  /** The leaves that are worked out when a program comes to them, and how often that was. */
  readonly computations: readonly { readonly leaf: LeafPredicate; readonly times: number }[];
  readonly cache: {
    readonly values: number;
    readonly bytes: number;
    /** How often part of it was dropped to make room. */
    readonly drops: number;
  };
  /** The automata that find pieces of wildcard patterns. */
  readonly automata: { readonly states: number; readonly bytes: number };
}

export interface ConditionCounts {
  readonly nominated: number;
  /** Programs run; fewer than nominated where one alternative already decided. */
  readonly run: number;
  readonly met: number;
}

export interface LeafCounts {
  readonly leaf: FieldPredicate;
  /** Events that made it true, about: one of eight is counted. 0 for a leaf that is worked out: that is not counted. */
  readonly wasTrue: number;
}
