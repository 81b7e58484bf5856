/** What the public rules find in each of the public event logs, and what keeps them from finding more. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ecsSchema } from "@harrier/lang/ecs";
import { loadAndCompile } from "../../packages/engine/src/app/compile-rules.ts";
import {
  type CannotFireReason,
  hunt,
  InputLog,
  openFileSpool,
  type RuleOutcome,
} from "../../packages/engine/src/detect/index.ts";
import { openInputs, readEvents } from "../../packages/engine/src/ingest/index.ts";
import type { CompiledRule } from "../../packages/engine/src/rule-types/index.ts";
import type { Rule } from "../../packages/engine/src/rules/index.ts";

/** What is written down of a run. */
export interface Coverage {
  readonly rules: number;
  readonly samples: readonly SampleCoverage[];
}

export interface SampleCoverage {
  readonly file: string;
  /** Of the collection that the log is from. */
  readonly tactic?: string;
  readonly events: number;
  /** Most events first. */
  readonly channels: readonly string[];
  readonly fired: readonly FiredRule[];
  /** Rules for Windows, of any tactic, for which everything they need is there. */
  readonly readers: number;
  /** The rules for Windows that name the log's tactic, or all that are for Windows where it has none. */
  readonly meant: RuleCounts;
}

export interface FiredRule {
  readonly name: string;
  readonly alerts: number;
  /** Of its threats. */
  readonly tactics: readonly string[];
  /** Whether it alerted only on events of indices that it does not list. */
  readonly isStandIn: boolean;
}

export interface RuleCounts {
  readonly fired: number;
  /** Everything that they need was there, and no event meets them. */
  readonly unmet: number;
  /** Something that they need is in no event of the log. */
  readonly lacking: number;
  /** ES|QL, or a machine-learning job. */
  readonly notRun: number;
  /** What is lacking, and for how many rules; most first. A rule that lacks several counts for each. */
  readonly lacks: readonly (readonly [what: string, rules: number])[];
}

/** A log as whoever collected it lists it. */
interface Sample {
  readonly file: string;
  readonly tactic: string | null;
}

/** The same hunt for whoever runs it: 2026-01-01. */
const now = 1_767_225_600_000_000_000n;
/** Elastic's rule of their documentation, which every event meets. */
const example = "My First Rule";
/** Collections of the logs' authors that are no tactic. */
const noTactics = new Set(["AutomatedTestingTools", "Other"]);
const mostLacks = 6;

export async function measureCoverage(logs: string, corpus: string): Promise<Coverage> {
  const { rules: all } = await loadAndCompile({
    rulePaths: [join(corpus, "rules")],
    strictFields: false,
    now,
  });
  const rules = all.filter(({ rule }) => rule.name !== example);
  const listed = JSON.parse(readFileSync(join(logs, "index.json"), "utf8")) as { files: Sample[] };
  const samples: SampleCoverage[] = [];
  for (const { file, tactic } of listed.files.sort((a, b) => (a.file < b.file ? -1 : 1))) {
    const known = tactic === null || noTactics.has(tactic) ? undefined : tactic;
    samples.push(await measureSample(file, known, join(logs, file), rules));
  }
  return { rules: rules.length, samples };
}

/** Each log by itself: what happened on one host has nothing to do with the others. */
async function measureSample(
  file: string,
  tactic: string | undefined,
  path: string,
  rules: readonly CompiledRule[],
): Promise<SampleCoverage> {
  const inputs = await openInputs([path]);
  /** Of rules that alerted on events of an index that they list. */
  const listing = new Set<string>();
  const { rules: outcomes } = await hunt({
    rules,
    inputs,
    log: new InputLog(),
    schema: ecsSchema,
    folding: "unicode",
    indices: "any",
    now,
    signal: new AbortController().signal,
    meter: { nowMs: () => 0, memoryBytes: () => 0 },
    openSpool: openFileSpool,
    onAlert: (alert) => {
      if (alert["harrier.alert.index_listed"] !== false) {
        listing.add(alert["kibana.alert.rule.rule_id"]);
      }
    },
  });
  const channels = new Map<string, number>();
  let events = 0;
  for await (const batch of readEvents(inputs)) {
    events += batch.length;
    for (const { raw } of batch) {
      const channel = channelOf(raw);
      channels.set(channel, (channels.get(channel) ?? 0) + 1);
    }
  }
  const ofWindows = outcomes.filter(({ rule }) => rule.tags.includes("OS: Windows"));
  const { fired, unmet } = countRules(ofWindows);
  return {
    file,
    ...(tactic !== undefined && { tactic }),
    events,
    channels: mostFirst(channels).map(([channel]) => channel),
    fired: outcomes.flatMap((outcome) =>
      outcome.kind === "fired"
        ? [
            {
              name: outcome.rule.name,
              alerts: outcome.alerts,
              tactics: tacticsOf(outcome.rule),
              isStandIn: !listing.has(outcome.rule.ruleId),
            },
          ]
        : [],
    ),
    readers: fired + unmet,
    meant: countRules(
      ofWindows.filter(({ rule }) => tactic === undefined || tacticsOf(rule).includes(tactic)),
    ),
  };
}

function channelOf(raw: Readonly<Record<string, unknown>>): string {
  const { System } = raw;
  const isSystem = typeof System === "object" && System !== null && "Channel" in System;
  return isSystem ? String(System.Channel) : "";
}

function tacticsOf({ threat }: Rule): readonly string[] {
  return [...new Set(threat.flatMap(({ tactic }) => (tactic === undefined ? [] : [tactic.name])))];
}

function countRules(outcomes: readonly RuleOutcome[]): RuleCounts {
  const count = (kind: RuleOutcome["kind"]): number =>
    outcomes.filter((outcome) => outcome.kind === kind).length;
  const lacks = new Map<string, number>();
  for (const outcome of outcomes) {
    if (outcome.kind !== "cannot-fire") continue;
    for (const reason of outcome.reasons.map(nameReason)) {
      lacks.set(reason, (lacks.get(reason) ?? 0) + 1);
    }
  }
  return {
    fired: count("fired"),
    unmet: count("silent"),
    lacking: count("cannot-fire"),
    notRun: count("unsupported"),
    lacks: mostFirst(lacks).slice(0, mostLacks),
  };
}

function nameReason({ what, field, values = [] }: CannotFireReason): string {
  if (what === "indicators") return "indicators";
  return values.length === 0 ? field : `${field} ${values.join(" or ")}`;
}

function mostFirst(counts: ReadonlyMap<string, number>): (readonly [string, number])[] {
  return [...counts].sort(([a, many], [b, few]) => few - many || (a < b ? -1 : 1));
}
