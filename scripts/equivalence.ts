/**
 * `npm run equivalence`: whether every faster way of matching says what the plain evaluator says.
 *
 * The conditions are those of the repository's rules and cases, and of the public rules where
 * they are. The events: at least four made for each condition, two near misses, and every 40th
 * of the public Windows logs (all of them would take five minutes). Lines are read as they are, spelled at
 * random, and damaged. Reads files, writes to stdout. The seed is fixed. The last line is
 * `N passed, N failed`, in events; exit 1 when one differs, or when too few conditions were met for the
 * comparison to say anything.
 */
import type { EventDocument } from "@harrier/lang/match";
import { compareExplanation, makeComparison } from "./equivalence/comparison.ts";
import { collectConditions, type NamedCondition } from "./equivalence/conditions.ts";
import { readSample } from "./equivalence/real-events.ts";
import { type Difference, Report } from "./equivalence/report.ts";
import { makeMeetingEvents } from "./meeting-events/meeting-events.ts";
import { seededRandom } from "./random.ts";
import { findShared } from "./shared.ts";

const seed = 20_260_105;
const eventsForEach = 4;
const realStep = 40;
/** Of all conditions. Those that hold for no event are few and listed. */
const leastReached = 0.95;

const corpus = findShared("corpora/detection-rules");
if (corpus === undefined) console.log("no public rules beside the checkout: the repository's own");
const named = await collectConditions(corpus);
const conditions = named.map(({ condition }) => condition);
const random = seededRandom(seed);
const report = new Report((place) => named[place]?.rule ?? "");
const comparison = makeComparison(conditions, "unicode", random);
const asciiComparison = makeComparison(conditions, "ascii", random);

const unreached = compareOnMadeEvents(named);
await compareOnRealEvents(findShared("data/windows-json"));

const isReachEnough = unreached <= conditions.length * (1 - leastReached);
if (!isReachEnough) console.log(`less than ${leastReached * 100} % of the conditions were reached`);
console.log(`${report.passed} passed, ${report.failed} failed`);
process.exitCode = report.failed === 0 && isReachEnough ? 0 : 1;

/** Gives how many conditions no event met. */
function compareOnMadeEvents(all: readonly NamedCondition[]): number {
  const started = performance.now();
  const missed: string[] = [];
  for (const [place, { rule, condition }] of all.entries()) {
    const { meeting, near, isReached } = makeMeetingEvents(condition, eventsForEach, random);
    if (!isReached) missed.push(rule);
    for (const [index, document] of [...meeting, ...near].entries()) {
      report.add([
        ...comparison.onSets(document),
        ...comparison.onDamaged(document),
        ...compareExplanation(place, condition, document),
        ...(index === 0 ? comparison.onCompiled(document) : []),
        ...(index === 1 ? asciiComparison.onSets(document) : []),
      ]);
    }
  }
  console.log(
    `${report.passed + report.failed} events made for ${all.length} conditions, of which ` +
      `${all.length - missed.length} were true for one, in ${seconds(started)} s`,
  );
  for (const rule of missed) console.log(`  never true: ${rule}`);
  return missed.length;
}

async function compareOnRealEvents(folder: string | undefined): Promise<void> {
  if (folder === undefined) {
    console.log("real events: skipped (no logs beside the checkout)");
    return;
  }
  const started = performance.now();
  const { documents, events } = await readSample(folder, realStep);
  for (const document of documents) report.add(compareReal(document));
  console.log(`${documents.length} of ${events} real events, in ${seconds(started)} s`);
}

function compareReal(document: EventDocument): readonly Difference[] {
  return [...comparison.onSets(document), ...comparison.onDamaged(document)];
}

function seconds(since: number): string {
  return ((performance.now() - since) / 1000).toFixed(0);
}
