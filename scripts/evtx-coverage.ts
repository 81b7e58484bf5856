/**
 * `npm run evtx:coverage [-- --update]`: runs the public rules over each of the public event logs by itself. Reads
 * `data/evtx` and `corpora/detection-rules` of the shared material and spec/ingest/evtx-coverage.json; writes to stdout.
 *
 * What fired before must fire again. `--update` writes spec/ingest/evtx-coverage.json anew, of which `npm run docs`
 * prints docs/reference/evtx-coverage.md. The last line is `N passed, N failed`, in logs; `skipped` and exit 0 where
 * the material is not there.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { type Coverage, measureCoverage, type SampleCoverage } from "./evtx/coverage.ts";
import { findShared } from "./shared.ts";

const file = "spec/ingest/evtx-coverage.json";

const { values: options } = parseArgs({ options: { update: { type: "boolean", default: false } } });
const logs = findShared("data/evtx");
const corpus = findShared("corpora/detection-rules");
if (logs === undefined || corpus === undefined) {
  console.log("skipped: there are no data/evtx and corpora/detection-rules beside the checkout");
} else await run(logs, corpus);

async function run(logs: string, corpus: string): Promise<void> {
  const coverage = await measureCoverage(logs, corpus);
  if (options.update) writeFileSync(file, `${JSON.stringify(coverage, undefined, 1)}\n`);
  // The file is ours.
  const before = JSON.parse(readFileSync(file, "utf8")) as Coverage;
  const now = new Map(coverage.samples.map((sample) => [sample.file, sample]));
  const failed = before.samples.filter((sample) => {
    const lost = findLost(sample, now.get(sample.file));
    for (const name of lost) console.log(`${sample.file}: ${name} fires no more`);
    return lost.length > 0;
  });
  const silent = coverage.samples.filter(({ fired }) => fired.length === 0);
  console.log(`${coverage.samples.length} logs, nothing fired on ${silent.length}`);
  console.log(`${before.samples.length - failed.length} passed, ${failed.length} failed`);
  process.exitCode = failed.length === 0 ? 0 : 1;
}

function findLost(before: SampleCoverage, now: SampleCoverage | undefined): readonly string[] {
  const firing = new Set(now?.fired.map(({ name }) => name));
  return before.fired.flatMap(({ name }) => (firing.has(name) ? [] : [name]));
}
