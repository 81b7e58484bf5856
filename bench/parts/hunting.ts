import { spawnSync } from "node:child_process";
import { createReadStream, createWriteStream, readFileSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { constants, createGzip, gunzipSync } from "node:zlib";
import { generateQueries } from "../generated-rules.ts";
import { writeLines } from "../inputs.ts";
import { median, takeTurns } from "../measure.ts";
import { atLeast, atMost, type Bench, type Part } from "../part.ts";
import { digits, megabytes, printTable } from "../table.ts";

/** Of the wall clock: what else runs on the machine counts. */
interface Hunted {
  /** From the first event to the last. */
  readonly ms: number;
  readonly events: number;
  readonly alerts: number;
  readonly peakBytes: number;
}

/** Compressed input may cost a little beside what it waits for. */
const gzipSlack = 1.1;

/** Point 11: the whole program as users start it, on one thread and on two, on plain input and on gzip. */
export const hunting: Part = {
  name: "hunting",
  title: "hunts, in processes of their own, all rules",
  isQuick: false,
  run: async (bench) => {
    const events = join(bench.folder, "hunt.ndjson");
    await writeLines(events, bench.inputs[0].lines);
    const compressed = `${events}.gz`;
    await pipeline(
      createReadStream(events),
      createGzip({ level: constants.Z_BEST_SPEED }),
      createWriteStream(compressed),
    );
    const rules = rulesPath(bench);
    const [plain = [], onTwo = [], gzip = []] = takeTurns(bench.rounds, [
      () => hunt(events, 1, rules, bench),
      () => hunt(events, 2, rules, bench),
      () => hunt(compressed, 1, rules, bench),
    ]);
    const packed = readFileSync(compressed);
    const inflateMs = median(
      takeTurns(bench.rounds, [() => wallOf(() => gunzipSync(packed))]).flat(),
    );
    const ms = (runs: readonly Hunted[]): number => median(runs.map((run) => run.ms));
    printTable([
      ["hunt", "ms", "events/s", "alerts", "peak memory"],
      ...(
        [
          ["plain, 1 thread", plain],
          ["plain, 2 threads", onTwo],
          ["gzip, 1 thread", gzip],
        ] as const
      ).map(([name, runs]) => [
        name,
        digits(ms(runs)),
        digits(((runs[0]?.events ?? 0) / ms(runs)) * 1_000),
        digits(runs[0]?.alerts ?? 0),
        megabytes(Math.max(...runs.map(({ peakBytes }) => peakBytes))),
      ]),
    ]);
    console.log(`inflating alone: ${digits(inflateMs)} ms; ${availableParallelism()} processors`);
    const alerts = new Set([...plain, ...onTwo, ...gzip].map((run) => run.alerts));
    return {
      musts: [
        atLeast("two threads by one", 1.6, ms(plain) / ms(onTwo), " x"),
        atMost(
          "gzip by the slower of inflating and plain",
          gzipSlack,
          ms(gzip) / Math.max(inflateMs, ms(plain)),
          " x",
        ),
        atMost(
          "resident memory of a hunt",
          300,
          Math.max(...plain.map((run) => run.peakBytes)) / 1e6,
          " MB",
        ),
      ],
      faults:
        alerts.size === 1
          ? []
          : [`hunts of the same events give ${[...alerts].join(" and ")} alerts`],
    };
  },
};

function hunt(events: string, threads: number, rules: string, { folder }: Bench): Hunted {
  const program = fileURLToPath(new URL("../../packages/engine/bin/harrier.js", import.meta.url));
  const summaryPath = join(folder, "summary.json");
  const args = [program, "hunt", events, "--rules", rules, "--format", "ndjson", "-q"];
  args.push("--threads", String(threads), "--summary", summaryPath);
  // A hunt writes over no file.
  rmSync(summaryPath, { force: true });
  const run = spawnSync(process.execPath, args, { stdio: ["ignore", "ignore", "inherit"] });
  if (run.status !== 0) throw new Error(`a hunt ended with ${run.status}`);
  const summary = JSON.parse(readFileSync(summaryPath, "utf8"));
  return {
    ms: summary.elapsed_ms,
    events: summary.events,
    alerts: summary.alerts,
    peakBytes: summary.peak_memory_bytes,
  };
}

/** The public rules as they lie there, or generated ones as an export. */
function rulesPath({ pool, folder, seed }: Bench): string {
  if (pool.path !== undefined) return pool.path;
  const path = join(folder, "rules.json");
  const rules = generateQueries(1_000, seed).map((query, index) => ({
    rule_id: `bench-${index}`,
    name: `generated ${index}`,
    description: "A rule of the benchmark.",
    type: "eql",
    language: "eql",
    query,
    severity: "low",
    risk_score: 1,
  }));
  writeFileSync(path, JSON.stringify(rules));
  return path;
}

function wallOf(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}
