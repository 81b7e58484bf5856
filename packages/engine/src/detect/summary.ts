import type { Diagnostic } from "@harrier/lang/text";
import type { InputFinding } from "../ingest/index.ts";
import type { Rule, Severity } from "../rules/index.ts";

/** What a hunt read, found and left out. Every count is a plain number; absent times mean no event had one. */
export interface HuntSummary {
  readonly inputs: { readonly read: number; readonly failed: number };
  /** Findings about inputs, at most `findingsKept` of them; `findingsTotal` counts all. */
  readonly findings: readonly InputFinding[];
  readonly findingsTotal: number;
  readonly events: number;
  /** Uncompressed bytes of the events read. */
  readonly bytes: number;
  /** Events outside `--from`, `--to`. */
  readonly eventsOutsideRange: number;
  readonly firstTime: string | undefined;
  readonly lastTime: string | undefined;
  /** Alerts as an analyst counts them: a sequence is one (its blocks are counted in `buildingBlocks`). */
  readonly alerts: number;
  readonly alertsBySeverity: Readonly<Record<Severity, number>>;
  readonly rulesBySeverity: Readonly<Record<Severity, number>>;
  readonly buildingBlocks: number;
  /** Alerts with an id that was already given out: the same event read twice. */
  readonly duplicates: number;
  /** Alerts not given out because of `--limit`. */
  readonly alertsHeldBack: number;
  readonly topHosts: readonly { readonly host: string; readonly alerts: number }[];
  readonly rules: readonly RuleOutcome[];
  readonly sequencesTruncated: boolean;
  readonly interrupted: boolean;
  readonly elapsedMs: number;
  readonly peakMemoryBytes: number;
}

/** What became of one rule. A rule is never silently dead. */
export type RuleOutcome =
  | { readonly kind: "fired"; readonly rule: Rule; readonly alerts: number }
  | { readonly kind: "silent"; readonly rule: Rule }
  | {
      readonly kind: "cannot-fire";
      readonly rule: Rule;
      readonly reasons: readonly CannotFireReason[];
    }
  | { readonly kind: "unsupported"; readonly rule: Rule; readonly reason: string }
  | { readonly kind: "failed"; readonly rule: Rule; readonly diagnostics: readonly Diagnostic[] };

/** Something that every match of the rule needs and that no event had. */
export interface CannotFireReason {
  readonly what: "field" | "category" | "source";
  /** The field that was never seen, or whose values never were among `values`. */
  readonly field: string;
  /** The values the rule wants, where the field was there but never with one of them. */
  readonly values?: readonly string[];
}
