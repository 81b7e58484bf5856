import type { Source, Span } from "@harrier/lang/text";
import type { FieldPath } from "@harrier/lang/values";
import type { RawObject } from "./classify.ts";
import type { ValuePath } from "./parsed-file.ts";

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
  /** The query; its spans lead into the rule's file. Absent and empty: every event. */
  readonly query?: Source;
  /** Kibana's filter objects as the file has them; and-ed with the query. */
  readonly filters: readonly RawObject[];
  /** The stored query that the rule's own is a copy of. */
  readonly savedId?: string;
  /** Of threshold rules. */
  readonly threshold?: Threshold;
  /** Of new terms rules. */
  readonly newTerms?: NewTerms;
  /** Of indicator match rules. */
  readonly threatMatch?: ThreatMatch;
  readonly intervalMs: number;
  /** Date math, relative to the run: `now-9m`. */
  readonly from: string;
  readonly to: string;
  readonly maxSignals: number;
  readonly isBuildingBlock: boolean;
  readonly alertSuppression?: RuleSuppression;
  readonly exceptionsList: readonly ExceptionListReference[];
  readonly severityMapping: readonly SeverityMapping[];
  /** Only the first counts. */
  readonly riskScoreMapping: readonly RiskScoreMapping[];
  readonly ruleNameOverride?: FieldPath;
  readonly timestampOverride?: FieldPath;
  /** Events without the override field are never seen, though they have a `@timestamp`. */
  readonly timestampOverrideFallbackDisabled: boolean;
  readonly eventCategoryOverride?: FieldPath;
  readonly timestampField?: FieldPath;
  readonly tiebreakerField?: FieldPath;
  readonly threat: readonly Threat[];
  readonly note?: string;
  readonly setup?: string;
  /** The API's rule object, unknown keys kept. */
  readonly parameters: RawObject;
  /** The `[metadata]` table of a TOML rule, which the API does not have. */
  readonly metadata?: RawObject;
  /** The `[transform]` table of a TOML rule as written; already rendered into `note`. */
  readonly transform?: RawObject;
  readonly origin: RuleOrigin;
  /** The whole file, for findings about other parts than the query. */
  readonly source: Source;
  /** Where a parameter stands, by its path in `parameters`; what holds it where it can't be told. Slow: for findings only. */
  readonly spanOf: (path: ValuePath) => Span;
}

/** Groups of events that are large enough. */
export interface Threshold {
  /** At most five. Empty: all events are one group. */
  readonly fields: readonly FieldPath[];
  /** Events that a group needs, at least 1. */
  readonly value: number;
  /** Different values that a group must have in one more field. */
  readonly cardinality?: { readonly field: FieldPath; readonly value: number };
}

/** Values that were not seen before. */
export interface NewTerms {
  /** One to three. */
  readonly fields: readonly FieldPath[];
  /** Date math, relative to the end of a run's window, earlier than its start. */
  readonly historyWindowStart: string;
}

/** What an indicator match rule compares events with. */
export interface ThreatMatch {
  /** Which indicators count; its spans lead into the rule's file. */
  readonly query: Source;
  readonly language: "kuery" | "lucene";
  readonly filters: readonly RawObject[];
  /** Index patterns of the indicators; at least one. */
  readonly index: readonly string[];
  /** One item must hold, with all its entries on one indicator. */
  readonly mapping: readonly (readonly ThreatMapping[])[];
  /** Where an indicator's own object is. */
  readonly indicatorPath: FieldPath;
}

export interface ThreatMapping {
  /** The event's field. */
  readonly field: FieldPath;
  /** The indicator's field. */
  readonly value: FieldPath;
  /** The values must differ. An item has at least one entry that is not negated. */
  readonly negate: boolean;
}

/** Many hits, one alert, on purpose. */
export interface RuleSuppression {
  /** One to three fields; empty for threshold rules, which suppress by what they group by. */
  readonly groupBy: readonly FieldPath[];
  /** How long an alert stands for later ones. Absent: each run makes its own. */
  readonly durationMs?: number;
  readonly missingFieldsStrategy: "suppress" | "doNotSuppress";
}

export interface ExceptionListReference {
  readonly listId: string;
  readonly namespace: "single" | "agnostic";
}

/** The severity of alerts on events with this value. */
export interface SeverityMapping {
  /** Not empty: mappings without a field do nothing and are left out (kibana#206151). */
  readonly field: FieldPath;
  readonly value: string;
  readonly severity: Severity;
}

/** The risk score is the event's value of this field. */
export interface RiskScoreMapping {
  /** Not empty. */
  readonly field: FieldPath;
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
