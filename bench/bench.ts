/**
 * `npm run bench [-- --quick]`: what matching costs, as ratios to JSON.parse of the same lines.
 * Reads nothing but the generated input, and the public corpus and logs where they are; writes only a temporary file.
 * All variants take turns within one process, so a machine that slows down slows all of them; medians are printed.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ecsSchema } from "@harrier/lang/ecs";
import { compileEql } from "@harrier/lang/eql";
import { conditionsOf, type Predicate } from "@harrier/lang/ir";
import { ConditionSet, type EventDocument } from "@harrier/lang/match";
import { openInputs, readEvents } from "../packages/engine/src/ingest/index.ts";
import { loadRules } from "../packages/engine/src/rules/index.ts";
import { findShared } from "../scripts/shared.ts";
import { generateEventLines } from "./generated-events.ts";
import { generateQueries } from "./generated-rules.ts";

const isQuick = process.argv.includes("--quick");
const seed = 20_260_105;
const eventCount = isQuick ? 4_000 : 20_000;
const rounds = isQuick ? 3 : 7;
const ruleCounts = [1, 100, 1_000];

interface Query {
  readonly name: string;
  readonly text: string;
}

interface Input {
  readonly name: string;
  readonly lines: readonly string[];
}

async function main(): Promise<void> {
  const [cpu] = cpus();
  console.log(
    `node ${process.version}, v8 ${process.versions.v8}, ${cpus().length} x ${cpu?.model ?? "unknown"}`,
  );
  const queries = await readQueries();
  for (const input of await readInputs()) {
    measureMatching(input, queries);
    measureHunt(input, queries);
  }
}

/** The public corpus where it is, else generated queries. Always at least as many as the largest rule count. */
async function readQueries(): Promise<readonly Query[]> {
  const largest = Math.max(...ruleCounts);
  const corpus = findShared("corpora/detection-rules");
  if (corpus === undefined) {
    console.log("rules: generated (no public corpus beside the checkout)");
    return generateQueries(largest, seed).map((text, index) => ({
      name: `generated-${index}`,
      text,
    }));
  }
  const { rules } = await loadRules([corpus]);
  const eql = rules.flatMap(({ name, language, query }) =>
    language === "eql" && query !== undefined ? [{ name, text: query.text }] : [],
  );
  console.log(`rules: ${eql.length} EQL rules of the public corpus`);
  return eql;
}

async function readInputs(): Promise<readonly Input[]> {
  const inputs: Input[] = [{ name: "generated", lines: generateEventLines(eventCount, seed) }];
  const logs = findShared("data/windows-json");
  if (logs === undefined) {
    console.log("real input: skipped (no logs beside the checkout)");
    return inputs;
  }
  // Every eighth archive, equally many events of each: many hosts and kinds of events, not one file's.
  const archives = readdirSync(logs).filter((name) => /\.(zip|tar\.gz)$/.test(name));
  const chosen = archives.filter((_, index) => index % 8 === 0);
  const share = Math.ceil(eventCount / chosen.length);
  const lines: string[] = [];
  for (const name of chosen) lines.push(...(await readLines(join(logs, name), share)));
  inputs.push({ name: "real Windows logs, mapped to ECS", lines });
  return inputs;
}

/** The first events of a log, as lines of ECS. */
async function readLines(path: string, count: number): Promise<string[]> {
  const lines: string[] = [];
  for await (const batch of readEvents(await openInputs([path]))) {
    lines.push(...batch.map(({ document }) => JSON.stringify(document)));
    if (lines.length >= count) break;
  }
  return lines.slice(0, count);
}

function measureMatching({ name, lines }: Input, queries: readonly Query[]): void {
  const bytes = lines.reduce((sum, line) => sum + Buffer.byteLength(line) + 1, 0);
  const variants = ruleCounts.map((count) => compile(spread(queries, count)));
  const parseTimes: number[] = [];
  const matchTimes: number[][] = variants.map(() => []);
  for (let round = 0; round < rounds; round += 1) {
    parseTimes.push(time(() => parseAll(lines)));
    for (const [index, { set }] of variants.entries()) {
      matchTimes[index]?.push(time(() => matchAll(lines, set)));
    }
  }
  const parse = median(parseTimes);
  console.log(
    `\n${name}: ${lines.length} events, ${(bytes / lines.length).toFixed(0)} bytes an event`,
  );
  console.log("rules  conditions  compile ms  us/event  events/s   MB/s  x JSON.parse");
  console.log(row("none", "", "", parse, lines.length, bytes, parse));
  for (const [index, { conditions, compileMs, rules }] of variants.entries()) {
    const taken = median(matchTimes[index] ?? []);
    console.log(
      row(
        String(rules),
        String(conditions),
        compileMs.toFixed(0),
        taken,
        lines.length,
        bytes,
        parse,
      ),
    );
  }
}

function row(
  rules: string,
  conditions: string,
  compileMs: string,
  ms: number,
  events: number,
  bytes: number,
  parse: number,
): string {
  return [
    rules.padStart(5),
    conditions.padStart(10),
    compileMs.padStart(10),
    ((ms * 1000) / events).toFixed(2).padStart(8),
    ((events / ms) * 1000).toFixed(0).padStart(8),
    (bytes / 1e6 / (ms / 1000)).toFixed(0).padStart(5),
    (ms / parse).toFixed(2).padStart(12),
  ].join("  ");
}

/** The whole program on a file, in a process of its own: what a user waits for. */
function measureHunt({ name, lines }: Input, queries: readonly Query[]): void {
  const folder = mkdtempSync(join(tmpdir(), "harrier-bench-"));
  try {
    const events = join(folder, "events.ndjson");
    const summary = join(folder, "summary.json");
    writeFileSync(events, `${lines.join("\n")}\n`);
    const rules = join(folder, "rules.json");
    writeFileSync(rules, JSON.stringify(spread(queries, 1_000).map(asRule)));
    const program = fileURLToPath(new URL("../packages/engine/bin/harrier.js", import.meta.url));
    const args = [
      program,
      "hunt",
      events,
      "--rules",
      rules,
      "--format",
      "ndjson",
      "-q",
      "--summary",
      summary,
    ];
    const run = spawnSync(process.execPath, args, { stdio: ["ignore", "ignore", "inherit"] });
    if (run.status !== 0) throw new Error(`the hunt over ${name} ended with ${run.status}`);
    const {
      events: count,
      elapsed_ms,
      peak_memory_bytes,
      alerts,
    } = JSON.parse(readFileSync(summary, "utf8"));
    const perSecond = ((count / elapsed_ms) * 1000).toFixed(0);
    console.log(
      `hunt, a process of its own, 1000 rules: ${perSecond} events/s, ${alerts} alerts, peak memory ${(peak_memory_bytes / 1e6).toFixed(0)} MB`,
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function asRule({ name, text }: Query, index: number): Record<string, unknown> {
  return {
    rule_id: `bench-${index}`,
    name,
    description: "A rule of the benchmark.",
    type: "eql",
    language: "eql",
    query: text,
    severity: "low",
    risk_score: 1,
  };
}

/** As many queries as asked for, evenly over the list, so that a small set is not all of one kind. */
function spread(queries: readonly Query[], count: number): Query[] {
  const wanted = Math.min(count, queries.length);
  return Array.from(
    { length: wanted },
    (_, index) => queries[Math.floor((index * queries.length) / wanted)],
  ).filter((query) => query !== undefined);
}

function compile(queries: readonly Query[]): {
  set: ConditionSet;
  rules: number;
  conditions: number;
  compileMs: number;
} {
  const start = performance.now();
  const conditions: Predicate[] = [];
  for (const { name, text } of queries) {
    const { plan } = compileEql({ name, text }, ecsSchema);
    if (plan === undefined) throw new Error(`${name} does not compile`);
    conditions.push(...conditionsOf(plan));
  }
  const set = new ConditionSet(conditions);
  return {
    set,
    rules: queries.length,
    conditions: conditions.length,
    compileMs: performance.now() - start,
  };
}

function parseAll(lines: readonly string[]): number {
  let keys = 0;
  for (const line of lines) keys += JSON.parse(line) === null ? 0 : 1;
  return keys;
}

function matchAll(lines: readonly string[], set: ConditionSet): number {
  let hits = 0;
  // Lines are objects: we wrote them.
  for (const line of lines) hits += set.match(JSON.parse(line) as EventDocument).length;
  return hits;
}

function time(work: () => number): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

await main();
