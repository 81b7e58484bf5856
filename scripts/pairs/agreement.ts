/** How far the reader agrees with Elastic's collectors, stream by stream: what the tables print. */
import type { ComparedPair } from "./compare.ts";
import { isExcluded, type KnownDifferences } from "./known-differences.ts";
import type { FindRuleFields } from "./rule-fields.ts";

/** Counts of fields, each field of each document once. */
export interface FieldCounts {
  readonly equal: number;
  readonly different: number;
  readonly missing: number;
  readonly extra: number;
}

export interface StreamAgreement extends FieldCounts {
  readonly stream: string;
  readonly pairs: number;
  readonly events: number;
  /** Public rules that read the stream. */
  readonly rules: number;
  /** Of the fields that these rules test. */
  readonly tested: FieldCounts;
}

export interface UnmappedStream {
  readonly stream: string;
  readonly pairs: number;
  readonly reason: string;
}

/** What is written down of a run. */
export interface Agreement {
  readonly mapped: readonly StreamAgreement[];
  readonly unmapped: readonly UnmappedStream[];
}

const none: FieldCounts = { equal: 0, different: 0, missing: 0, extra: 0 };

export function summarise(
  compared: readonly ComparedPair[],
  known: KnownDifferences,
  findRuleFields: FindRuleFields,
): readonly StreamAgreement[] {
  const streams = [...new Set(compared.map(({ pair }) => pair.stream))];
  return streams.map((stream) => {
    const own = compared.filter(({ pair }) => pair.stream === stream);
    const { rules, fields: testedFields } = findRuleFields(indexOf(stream));
    let all = none;
    let tested = none;
    for (const { path, outcome } of own.flatMap(({ fields }) => fields)) {
      if (isExcluded(known, stream, path)) continue;
      all = { ...all, [outcome]: all[outcome] + 1 };
      if (testedFields.has(path)) tested = { ...tested, [outcome]: tested[outcome] + 1 };
    }
    const events = own.reduce((sum, { pair }) => sum + pair.expected.length, 0);
    return { stream, pairs: own.length, events, ...all, rules, tested };
  });
}

/** Equal fields among those that Elastic's documents have; `undefined` where they have none. */
export function shareOf({ equal, different, missing }: FieldCounts): number | undefined {
  const all = equal + different + missing;
  return all === 0 ? undefined : equal / all;
}

/** Where a collector stores the events of a stream. */
function indexOf(stream: string): string {
  if (stream.startsWith("winlogbeat/")) return "winlogbeat-8.15.0";
  if (stream.startsWith("go-libaudit/")) return "logs-auditd_manager.auditd-default";
  const dataset =
    stream === "endpoint/network" ? "endpoint.events.network" : stream.replace("/", ".");
  return `logs-${dataset}-default`;
}
