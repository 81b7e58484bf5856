/**
 * Reads raw events that Elastic tests its collectors with, and holds what comes of them against Elastic's own
 * documents, field by field. Reads `data/ecs-pairs` and `corpora/detection-rules` of the shared material,
 * spec/ingest/known-differences.toml and spec/ingest/agreement.json; writes to stdout.
 *
 * Every difference must be listed with its reason and its count, and what is listed must occur. `--update`
 * writes both files anew; `npm run docs` prints docs/reference/sources.md from them. `--show <stream>` lists
 * the differences of one stream with examples, `--all` with those that are listed.
 * The last line is `N passed, N failed`, in pairs; `skipped` and exit 0 where there are none.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { type Agreement, summarise, type UnmappedStream } from "./pairs/agreement.ts";
import { type ComparedPair, comparePair } from "./pairs/compare.ts";
import { judge } from "./pairs/judge.ts";
import {
  type KnownDifferences,
  matchesStream,
  readKnownDifferences,
  writeKnownDifferences,
} from "./pairs/known-differences.ts";
import { showDifferences, tableOf } from "./pairs/print.ts";
import { type Pair, readPairs } from "./pairs/read-pairs.ts";
import { readRuleFields } from "./pairs/rule-fields.ts";
import { findShared } from "./shared.ts";

const agreementFile = "spec/ingest/agreement.json";

const { values: options } = parseArgs({
  options: {
    update: { type: "boolean", default: false },
    show: { type: "string" },
    all: { type: "boolean", default: false },
  },
});
const folder = findShared("data/ecs-pairs");
const corpus = findShared("corpora/detection-rules");
if (folder === undefined || corpus === undefined) {
  console.log(
    "skipped: there are no data/ecs-pairs and corpora/detection-rules beside the checkout",
  );
} else await run(folder, corpus);

async function run(folder: string, corpus: string): Promise<void> {
  const known = readKnownDifferences();
  const pairs = readPairs(folder);
  const compared = await compareAll(pairs, known);
  if (options.show !== undefined) {
    showDifferences(compared, known, options.show, options.all);
    return;
  }
  const mapped = summarise(compared, known, await readRuleFields(corpus));
  const agreement: Agreement = { mapped, unmapped: unmappedOf(pairs, known) };
  console.log(tableOf(agreement));
  const { failures, failedPairs, updated } = judge(compared, known);
  const text = `${JSON.stringify(agreement, undefined, 2)}\n`;
  if (options.update) {
    writeKnownDifferences(updated);
    writeFileSync(agreementFile, text);
    console.log("written: known-differences.toml, agreement.json");
  } else if (readFileSync(agreementFile, "utf8") !== text) {
    failures.push(`stale: ${agreementFile} (run npm run pairs -- --update)`);
  }
  for (const failure of failures) console.log(failure);
  const unmapped = pairs.length - compared.length;
  console.log(`\n${pairs.length} pairs, ${unmapped} of them of streams that are not mapped`);
  const isClean = failures.length === 0;
  const failed = Math.max(failedPairs, isClean ? 0 : 1);
  console.log(`${compared.length - failedPairs} passed, ${failed} failed`);
  process.exitCode = isClean ? 0 : 1;
}

async function compareAll(
  pairs: readonly Pair[],
  { unmapped, skipped }: KnownDifferences,
): Promise<readonly ComparedPair[]> {
  const compared: ComparedPair[] = [];
  for (const pair of pairs) {
    const isMapped = !unmapped.some(({ stream }) => matchesStream(stream, pair.stream));
    const own = skipped.filter(
      (entry) => entry.pair === pair.name && matchesStream(entry.stream, pair.stream),
    );
    if (isMapped)
      compared.push(
        await comparePair(
          pair,
          own.flatMap(({ events }) => events),
        ),
      );
  }
  return compared;
}

function unmappedOf(pairs: readonly Pair[], { unmapped }: KnownDifferences): UnmappedStream[] {
  const streams = [...new Set(pairs.map(({ stream }) => stream))];
  return streams.flatMap((stream) => {
    const reason = unmapped.find((entry) => matchesStream(entry.stream, stream))?.reason;
    const own = pairs.filter((pair) => pair.stream === stream);
    return reason === undefined ? [] : [{ stream, pairs: own.length, reason }];
  });
}
