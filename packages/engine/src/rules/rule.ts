import type { Source } from "@harrier/lang/text";

export const ruleTypes = [
  "query",
  "saved_query",
  "eql",
  "esql",
  "threshold",
  "threat_match",
  "new_terms",
  "machine_learning",
] as const;
export type RuleType = (typeof ruleTypes)[number];

export const severities = ["low", "medium", "high", "critical"] as const;
export type Severity = (typeof severities)[number];

/** Where a rule was read from. */
export interface RuleOrigin {
  readonly file: string;
  readonly format: "toml" | "ndjson" | "json" | "yaml";
  /** The line of an NDJSON file, the position in a list; from 1. */
  readonly line?: number;
}

/**
 * A detection rule. The properties are what Harrier works with, defaults filled in
 * (detection-semantics 1.1); `parameters` is the rule as its file gave it, in the API's shape and
 * spelling, unknown keys kept, so that it can be written again without damage.
 */
export interface Rule {
  /** The author's stable id; from file and name where the file has none. */
  readonly ruleId: string;
  /** The id of the stored rule. Offline the same as `ruleId` unless the file has one. */
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly type: RuleType;
  readonly severity: Severity;
  readonly riskScore: number;
  readonly version: number;
  readonly enabled: boolean;
  readonly tags: readonly string[];
  /** Index patterns; empty where the rule names none. */
  readonly index: readonly string[];
  /** `eql`, `kuery`, `lucene`, `esql`; absent for machine learning. */
  readonly language?: "eql" | "kuery" | "lucene" | "esql";
  /** The query; its spans lead into the rule's file. */
  readonly query?: Source;
  readonly intervalMs: number;
  /** Date math, relative to the run: `now-9m`. */
  readonly from: string;
  readonly to: string;
  readonly maxSignals: number;
  readonly isBuildingBlock: boolean;
  readonly timestampOverride?: string;
  readonly eventCategoryOverride?: string;
  readonly timestampField?: string;
  readonly tiebreakerField?: string;
  readonly threat: readonly Threat[];
  readonly note?: string;
  readonly setup?: string;
  /** The API's rule object, unknown keys kept. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** The `[metadata]` table of a TOML rule, which the API does not have. */
  readonly metadata?: Readonly<Record<string, unknown>>;
  /** The `[transform]` table of a TOML rule as written; already rendered into `note`. */
  readonly transform?: Readonly<Record<string, unknown>>;
  readonly origin: RuleOrigin;
  /** The whole file, for findings about other parts than the query. */
  readonly source: Source;
}

export interface Threat {
  readonly framework: string;
  readonly tactic: ThreatReference;
  readonly technique: readonly (ThreatReference & {
    readonly subtechnique: readonly ThreatReference[];
  })[];
}

export interface ThreatReference {
  readonly id: string;
  readonly name: string;
  readonly reference: string;
}
