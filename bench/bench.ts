/**
 * `npm run bench [-- --quick] [-- --record] [-- --part NAME]`: what matching costs, as ratios to JSON.parse of the same
 * lines. Reads the public rules and logs where they are, else what it generates itself, with a fixed seed; writes
 * temporary files only, and with `--record` `recorded.json`.
 *
 * Variants take turns, so that a machine that slows down slows all of them; medians are printed. Ends with the
 * table of what must hold. Exit 1 when a fast path says something else than the plain evaluator, and with
 * `--quick` when a ratio is above the recorded one by more than its slack. Absolute times are never judged.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { readInputs } from "./inputs.ts";
import { printMusts } from "./musts.ts";
import type { Bench, Part, Result } from "./part.ts";
import { parts } from "./parts.ts";
import { findWorse, type Ratios, record } from "./recorded.ts";
import { readPool } from "./rule-pool.ts";

const { values: flags } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    record: { type: "boolean", default: false },
    part: { type: "string", multiple: true, default: [] },
  },
});
const seed = 20_260_105;
const folder = mkdtempSync(join(tmpdir(), "harrier-bench-"));
try {
  process.exitCode = (await run()) ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true });
}

async function run(): Promise<boolean> {
  const isQuick = flags.quick;
  const [cpu] = cpus();
  const machine = `node ${process.version}, v8 ${process.versions.v8}, ${cpus().length} x ${cpu?.model ?? "unknown"}`;
  console.log(`${machine}, seed ${seed}${isQuick ? ", quick" : ""}`);
  console.log(
    `load average ${loadavg()
      .map((load) => load.toFixed(1))
      .join(" ")}`,
  );
  const size = isQuick ? { events: 6_000, starts: 500 } : { events: 60_000, starts: 3_000 };
  const bench: Bench = {
    isQuick,
    rounds: isQuick ? 3 : 5,
    seed,
    folder,
    inputs: await readInputs(size, seed),
    pool: await readPool(seed),
  };
  const chosen = parts.filter((part) =>
    flags.part.length === 0 ? part.isQuick || !isQuick : flags.part.includes(part.name),
  );
  const results: Result[] = [];
  for (const part of chosen) results.push(await runPart(part, bench));
  printMusts(results.flatMap(({ musts = [] }) => musts));
  const mode = isQuick ? "quick" : "full";
  const ratios = Object.assign({}, ...results.map((result) => result.ratios));
  if (flags.record) record(mode, ratios);
  const faults = results.flatMap((result) => result.faults ?? []);
  if (isQuick) faults.push(...findWorse(mode, ratios));
  for (const fault of faults) console.log(fault);
  return faults.length === 0;
}

/** In a gate, a part that comes out worse than recorded is measured once more: the machine may have been busy. */
async function runPart(part: Part, bench: Bench): Promise<Result> {
  console.log(`\n== ${part.title}`);
  const first = await part.run(bench);
  if (!bench.isQuick || flags.record || findWorse("quick", first.ratios ?? {}).length === 0) {
    return first;
  }
  console.log("worse than recorded: once more");
  const second = await part.run(bench);
  return { ...second, ratios: smaller(first.ratios ?? {}, second.ratios ?? {}) };
}

function smaller(first: Ratios, second: Ratios): Ratios {
  return Object.fromEntries(
    Object.entries(second).map(([name, ratio]) => [name, Math.min(ratio, first[name] ?? ratio)]),
  );
}
