/**
 * A process of its own that matches each event of a file once, as a hunt does: the tables, the caches and the
 * compiler of the runtime start cold. In turn with every block its lines go through `JSON.parse` alone.
 * Takes a `StreamRequest` as its argument and prints a `StreamResult`.
 */
import { closeSync, openSync, readSync } from "node:fs";
import { ConditionSet } from "@harrier/lang/match";
import { blockMatcher, parseAll, textsOf } from "./match-lines.ts";
import { timeOf } from "./measure.ts";
import { readRuleSet } from "./rule-set.ts";
import type { StreamRequest, StreamResult } from "./stream.ts";

const blockBytes = 256 * 1024;

// Written by `stream.ts`.
const request = JSON.parse(process.argv[2] ?? "") as StreamRequest;
const { conditions, isSingle } = readRuleSet(request.rules);
let set = new ConditionSet([]);
const compileMs = timeOf(() => {
  set = new ConditionSet(conditions);
});
const matchBlock = blockMatcher(request.source, set, isSingle);

const times: { readonly parse: number; readonly match: number }[] = [];
let events = 0;
let met = 0;
let isParseFirst = true;
let rssBytes = 0;
for (const block of blocksOf(request.events)) {
  const texts = textsOf(block);
  events += texts.length;
  const parse = (): number => timeOf(() => parseAll(texts));
  const match = (): number =>
    timeOf(() => {
      met += matchBlock(block);
    });
  // What comes second may have to collect the garbage of the first.
  times.push(
    isParseFirst ? { parse: parse(), match: match() } : { match: match(), parse: parse() },
  );
  isParseFirst = !isParseFirst;
  rssBytes = Math.max(rssBytes, process.memoryUsage.rss());
}
const whole = sumOf(times);
const half = sumOf(times.slice(Math.floor(times.length / 2)));
const result: StreamResult = {
  events,
  met,
  parseMs: whole.parse,
  matchMs: whole.match,
  settled: half.match / half.parse,
  compileMs,
  rssBytes,
};
console.log(JSON.stringify(result));

function sumOf(parts: typeof times): { readonly parse: number; readonly match: number } {
  return parts.reduce(
    (sum, { parse, match }) => ({ parse: sum.parse + parse, match: sum.match + match }),
    { parse: 0, match: 0 },
  );
}

/** The file in pieces that end with a line. */
function* blocksOf(path: string): Generator<Buffer> {
  const file = openSync(path, "r");
  let rest: Buffer = Buffer.alloc(0);
  for (;;) {
    const piece = Buffer.alloc(blockBytes);
    const read = readSync(file, piece, 0, blockBytes, null);
    if (read === 0) break;
    const bytes = Buffer.concat([rest, piece.subarray(0, read)]);
    const end = bytes.lastIndexOf(10) + 1;
    rest = bytes.subarray(end);
    if (end > 0) yield bytes.subarray(0, end);
  }
  closeSync(file);
  if (rest.length > 0) throw new Error("the file ends within a line");
}
