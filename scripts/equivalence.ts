/**
 * `npm run equivalence`: whether every faster way of matching says what the plain evaluator says.
 *
 * The conditions are those of the repository's rules and cases, and of the public rules where
 * they are. The events: at least four made for each condition, two near misses, and every twentieth
 * of the public Windows logs (all of them would take five minutes). Reads files, writes to stdout. The seed
 * is fixed. The last line is `N passed, N failed`, in events; exit 1 when one differs, or when too few
 * conditions were met for the comparison to say anything.
 */
import { type EventDocument, evaluatePredicate, explainPredicate } from "@harrier/lang/match";
import { collectConditions } from "./equivalence/conditions.ts";
import { compiledPath, fasterPaths, type MatchPath, plainPath } from "./equivalence/paths.ts";
import { readSample } from "./equivalence/real-events.ts";
import { type Difference, Report } from "./equivalence/report.ts";
import { makeMeetingEvents } from "./meeting-events/meeting-events.ts";
import { seededRandom } from "./random.ts";
import { findShared } from "./shared.ts";

const seed = 20_260_105;
const eventsForEach = 4;
const realStep = 20;
/** Of all conditions. Those that hold for no event are few and listed. */
const leastReached = 0.95;

const corpus = findShared("corpora/detection-rules");
if (corpus === undefined) console.log("no public rules beside the checkout: the repository's own");
const named = await collectConditions(corpus);
const conditions = named.map(({ condition }) => condition);
const random = seededRandom(seed);
const report = new Report((place) => named[place]?.rule ?? "");
const unicode = { folding: "unicode" } as const;
const ascii = { folding: "ascii" } as const;
const plain = plainPath(conditions, unicode);
const faster = fasterPaths(conditions, unicode);
const compiled = compiledPath(conditions, unicode);
const plainAscii = plainPath(conditions, ascii);
const fasterAscii = fasterPaths(conditions, ascii);

let started = performance.now();
const unreached: string[] = [];
for (const [place, { rule, condition }] of named.entries()) {
  const { meeting, near, isReached } = makeMeetingEvents(condition, eventsForEach, random);
  if (!isReached) unreached.push(rule);
  for (const [index, document] of [...meeting, ...near].entries()) {
    const differences = [
      ...compare(document, plain, index === 0 ? [...faster, compiled] : faster),
      ...(index === 1 ? compare(document, plainAscii, fasterAscii) : []),
      ...explainDifference(place, document),
    ];
    report.add(document, differences);
  }
}
console.log(
  `${report.passed} generated events for ${conditions.length} conditions, ` +
    `${conditions.length - unreached.length} of them reached, in ${seconds(started)} s`,
);
for (const rule of unreached) console.log(`  never true: ${rule}`);

const logs = findShared("data/windows-json");
if (logs === undefined) console.log("real events: skipped (no logs beside the checkout)");
else {
  started = performance.now();
  const { documents, events } = await readSample(logs, realStep);
  for (const document of documents) report.add(document, compare(document, plain, faster));
  console.log(`${documents.length} of ${events} real events in ${seconds(started)} s`);
}

const isReachEnough = unreached.length <= conditions.length * (1 - leastReached);
if (!isReachEnough) console.log(`less than ${leastReached * 100} % of the conditions were reached`);
console.log(`${report.passed} passed, ${report.failed} failed`);
process.exitCode = report.failed === 0 && isReachEnough ? 0 : 1;

function compare(
  document: EventDocument,
  meaning: MatchPath,
  paths: readonly MatchPath[],
): readonly Difference[] {
  const expected = meaning.match(document);
  return paths.flatMap(({ name, match }) => {
    const found = match(document);
    return found.join() === expected.join() ? [] : [{ path: name, expected, found }];
  });
}

/** What `explain` says about the condition that the event was made for. */
function explainDifference(place: number, document: EventDocument): readonly Difference[] {
  const condition = conditions[place];
  if (condition === undefined) return [];
  const holds = evaluatePredicate(condition, document);
  if (explainPredicate(condition, document).verdict === holds) return [];
  const [expected, found] = holds ? [[place], []] : [[], [place]];
  return [{ path: "explainPredicate", expected, found }];
}

function seconds(since: number): string {
  return ((performance.now() - since) / 1000).toFixed(0);
}
