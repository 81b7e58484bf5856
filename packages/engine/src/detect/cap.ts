import { compareKeys } from "@harrier/lang/match";
import type { RuleType } from "../rules/index.ts";
import type { Candidate } from "./candidates.ts";
import type { Recorder } from "./recorder.ts";
import type { DeferredRule } from "./watch-list.ts";
import type { Run, Schedule } from "./windows.ts";

export interface Capped {
  /** Each with the tick of the run that keeps it, in the order of these. */
  readonly kept: readonly Candidate[];
  /** Those beyond the cap of every run that sees them. */
  readonly capped: number;
}

/** What a run keeps of its matches when there are more than `max_signals` (detection-semantics 2.6). Thresholds cap themselves. */
const keptByType: Readonly<Record<RuleType, "oldest" | "latest" | "first by key">> = {
  query: "oldest",
  saved_query: "oldest",
  eql: "latest",
  esql: "oldest",
  threshold: "first by key",
  threat_match: "latest",
  new_terms: "first by key",
  machine_learning: "oldest",
};

/**
 * Keeps of each run what it may make alerts of. What is beyond the cap of one run is still there for
 * the next, as long as its window holds it. Alerts that were made before take up room only among the
 * latest: such a search asks for so many matches and no more. The candidates are those of one rule,
 * in the order of their ticks, then of their times.
 */
export function capRuns(
  { running: { rule, schedule } }: DeferredRule,
  candidates: readonly Candidate[],
  recorder: Recorder,
  maxPerRun: number,
): Capped {
  const which = keptByType[rule.type];
  const kept: Candidate[] = [];
  let capped = 0;
  for (const { run, waiting, gone } of sweep(candidates, schedule)) {
    capped += gone;
    const made = (candidate: Candidate) => {
      kept.push({ ...candidate, tick: run.tick });
    };
    if (which === "latest") keepLatest(waiting, maxPerRun, made);
    else keepFirst(waiting, which === "oldest" ? undefined : recorder, maxPerRun, made);
  }
  return { kept, capped };
}

/** What the window of a run holds. Whoever keeps a match says so in the entry. */
interface Entry {
  readonly candidate: Candidate;
  isKept: boolean;
}

interface CappedRun {
  readonly run: Run;
  readonly waiting: readonly Entry[];
  /** How many have left the window and were never kept. */
  readonly gone: number;
}

function* sweep(candidates: readonly Candidate[], schedule: Schedule): Generator<CappedRun> {
  let next = 0;
  let open: readonly Entry[] = [];
  const runOfNext = () => {
    const tick = candidates[next]?.tick;
    return tick === undefined ? undefined : schedule.runAt(tick);
  };
  for (let run = runOfNext(); run !== undefined; ) {
    const { from, tick } = run;
    const left = open.filter(({ candidate }) => !isInside(candidate, from));
    const waiting = open.filter(({ candidate }) => isInside(candidate, from));
    for (
      let candidate = candidates[next];
      candidate !== undefined && candidate.tick <= tick;
      candidate = candidates[next]
    ) {
      waiting.push({ candidate, isKept: false });
      next += 1;
    }
    yield { run, waiting, gone: left.filter(({ isKept }) => !isKept).length };
    open = waiting;
    run = open.some(({ isKept }) => !isKept) ? schedule.next(run) : runOfNext();
  }
}

/** New values must come after the start of the window. What no window holds, or has no time, is there once. */
function isInside({ kind, first }: Candidate, from: bigint): boolean {
  if (first === undefined) return false;
  return kind === "new_terms" ? first > from : first >= from;
}

type Make = (candidate: Candidate) => void;

function keepLatest(waiting: readonly Entry[], maxPerRun: number, make: Make): void {
  for (const entry of waiting.slice(-maxPerRun)) {
    if (!entry.isKept) make(entry.candidate);
    entry.isKept = true;
  }
}

/** Of those that are not alerts yet. With a recorder in the order of their keys, else of time. */
function keepFirst(
  waiting: readonly Entry[],
  recorder: Recorder | undefined,
  maxPerRun: number,
  make: Make,
): void {
  const fresh = waiting.filter(({ isKept }) => !isKept);
  const inOrder = recorder === undefined ? fresh : sortByKey(fresh, recorder);
  for (const entry of inOrder.slice(0, maxPerRun)) {
    make(entry.candidate);
    entry.isKept = true;
  }
}

function sortByKey(entries: readonly Entry[], recorder: Recorder): readonly Entry[] {
  return entries
    .map((entry) => {
      const { candidate } = entry;
      return { entry, key: "key" in candidate ? recorder.keyOf(candidate.key) : [] };
    })
    .sort((left, right) => compareKeys(left.key, right.key))
    .map(({ entry }) => entry);
}
