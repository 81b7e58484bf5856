import type { NeverSeen } from "@harrier/lang/match";
import type { Diagnostic } from "@harrier/lang/text";
import type { InputFinding } from "../ingest/index.ts";
import type { Rule, Severity } from "../rules/index.ts";
import type { LeftOut } from "./left-out.ts";
import type { HuntProfile } from "./profile.ts";

/** What a hunt read, found and left out. Every count is a plain number; absent times mean no event had one. */
export interface HuntSummary {
  readonly inputs: { readonly read: number; readonly failed: number };
  /** Findings about inputs, at most `findingsKept` of them; `findingsTotal` counts all. */
  readonly findings: readonly InputFinding[];
  readonly findingsTotal: number;
  readonly events: number;
  /** Uncompressed bytes of the events read. */
  readonly bytes: number;
  /** Events outside `--from`, `--to`. They are not matched. */
  readonly eventsOutsideRange: number;
  /** Events without a time that can be read. Sequences and counts leave them out, and a range of time too. */
  readonly eventsWithoutTime: number;
  /** Events that are in no index: with `--indices strict` only rules without index patterns see them. */
  readonly eventsWithoutIndex: number;
  readonly firstTime: string | undefined;
  readonly lastTime: string | undefined;
  /** Alerts as an analyst counts them, given out or not: a sequence is one. Building blocks are counted apart. */
  readonly alerts: number;
  readonly alertsBySeverity: Readonly<Record<Severity, number>>;
  readonly rulesBySeverity: Readonly<Record<Severity, number>>;
  /** The blocks of sequences, and the alerts of building block rules. */
  readonly buildingBlocks: number;
  /** Alerts with an id that was already given out: the same event read twice, or the same events joined by two keys. */
  readonly duplicates: number;
  /** Those of `alerts`, and of the alerts of building block rules, that were not given out because of `--limit`. */
  readonly alertsHeldBack: number;
  /** Matches on alerts that the same rule made before: a rule does not feed on itself. */
  readonly ownAlertsIgnored: number;
  /** What all rules matched and did not alert about. */
  readonly leftOut: LeftOut;
  readonly topHosts: readonly { readonly host: string; readonly alerts: number }[];
  readonly rules: readonly RuleOutcome[];
  /** Indicators that were read, and those of them that some rule compares with. */
  readonly indicators: { readonly read: number; readonly used: number };
  /** Sequences may be missing: there were more events or matches than are kept. */
  readonly sequencesTruncated: boolean;
  /** Sequences that end with a missing event which could still have come when the events ended: not alerted, not ruled out. */
  readonly sequencesUndecided: number;
  /** What looking for matches has cost, where that was asked. */
  readonly profile?: HuntProfile;
  readonly interrupted: boolean;
  readonly elapsedMs: number;
  readonly peakMemoryBytes: number;
}

/** What became of one rule. A rule is never silently dead. */
export type RuleOutcome =
  | {
      readonly kind: "fired";
      readonly rule: Rule;
      /** Given out or not; a sequence is one. */
      readonly alerts: number;
      readonly leftOut: LeftOut;
    }
  | {
      /** It ran and made no alert. What it left out tells a rule that was kept from alerting from one that met nothing. */
      readonly kind: "silent";
      readonly rule: Rule;
      readonly leftOut: LeftOut;
    }
  | {
      readonly kind: "cannot-fire";
      readonly rule: Rule;
      readonly reasons: readonly CannotFireReason[];
    }
  | { readonly kind: "unsupported"; readonly rule: Rule; readonly reason: string }
  | { readonly kind: "failed"; readonly rule: Rule; readonly diagnostics: readonly Diagnostic[] };

/**
 * Something that every match of the rule needs and that no event had: a field, or one of the values
 * in a field that says what data an event is. `_index` stands for the index patterns of the rule.
 */
export type CannotFireReason = NeverSeen | LackingIndicators;

/** No indicator has a field that the rule needs of it. `threat_index`: there is none at all; `threat_query`: all were ruled out. */
export interface LackingIndicators {
  readonly what: "indicators";
  readonly field: string;
  readonly values?: readonly string[];
}
