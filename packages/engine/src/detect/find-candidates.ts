import type { Plan } from "@harrier/lang/ir";
import type { EpochNanos } from "@harrier/lang/values";
import type { ThreatMatchPlan } from "../rule-types/index.ts";
import type { Candidate } from "./candidates.ts";
import { type JoinedEvents, type JoinOptions, joinEvents } from "./join.ts";
import { type FirstSight, findFirstSights } from "./new-terms.ts";
import type { OrderedEvents } from "./order.ts";
import type { Recorder } from "./recorder.ts";
import { findGroups } from "./threshold.ts";
import type { DeferredRule } from "./watch-list.ts";
import { tickAfter } from "./windows.ts";

export interface FindOptions extends JoinOptions {
  /** Stands for the time of events that have none. */
  readonly now: EpochNanos;
  /** Groups that a run of a threshold rule may raise. */
  readonly maxPerRun: number;
}

/** What a rule finds among its events, in the order of ticks, then of times. */
export interface Found {
  readonly candidates: readonly Candidate[];
  /** New values, of which the event that shows them is not settled yet. */
  readonly firstSights: readonly FirstSight[];
  /** Matches may be missing: some bound was reached. */
  readonly isTruncated: boolean;
  /** Sequences that end with a missing event which could still come. Not among the candidates. */
  readonly undecided: number;
  /** Groups beyond the cap of every run. */
  readonly capped: number;
}

const nothing: Found = {
  candidates: [],
  firstSights: [],
  isTruncated: false,
  undecided: 0,
  capped: 0,
};

/** Decides a rule that waited for the last event. */
export function findCandidates(
  rule: DeferredRule,
  events: OrderedEvents,
  recorder: Recorder,
  options: FindOptions,
): Found {
  const { plan } = rule.running;
  switch (plan.kind) {
    case "event":
    case "sequence":
    case "sample": {
      const { hits, ...rest } = joinEvents(rule, plan, events, recorder, options);
      const candidates = hits.map((hit) => toCandidate(rule, plan, hit, recorder, options));
      return { ...nothing, ...rest, candidates: candidates.sort(compareCandidates) };
    }
    case "threshold":
      return { ...nothing, ...findGroups(rule, plan, events, recorder, options.maxPerRun) };
    case "new_terms":
      return { ...nothing, firstSights: findFirstSights(rule, plan, events, recorder) };
    case "threat_match": {
      const candidates = events.arrivals.map((arrival) =>
        toCandidate(rule, plan, [arrival], recorder, options),
      );
      return { ...nothing, candidates: candidates.sort(compareCandidates) };
    }
    default:
      return plan satisfies never;
  }
}

/** By tick, then by time; what has no time first. */
export function compareCandidates(left: Candidate, right: Candidate): number {
  return compareTimes(left.tick, right.tick) || compareTimes(left.time, right.time);
}

export function compareTimes(left: EpochNanos | undefined, right: EpochNanos | undefined): number {
  if (left === right) return 0;
  if (left === undefined || right === undefined) return left === undefined ? -1 : 1;
  return left < right ? -1 : 1;
}

function toCandidate(
  rule: DeferredRule,
  plan: Plan | ThreatMatchPlan,
  events: JoinedEvents,
  recorder: Recorder,
  { now }: FindOptions,
): Candidate {
  const { schedule, clock, rule: known } = rule.running;
  const seen = recorder.timesBy(clock);
  const times = events.flatMap((arrival) => {
    const time = arrival === null ? undefined : seen.at(arrival);
    return time === undefined ? [] : [time];
  });
  const sorted = times.sort(compareTimes);
  const [first] = sorted;
  const time = sorted.at(-1);
  const run =
    first === undefined || time === undefined
      ? undefined
      : (schedule.firstReaching(decidedAt(plan, first, time)) ?? schedule.firstReaching(time));
  const tick = run?.tick ?? tickAfter(now, known.intervalMs);
  const found = { rule, tick, time, first };
  const [event] = events;
  const isSingle = plan.kind === "event" || plan.kind === "threat_match";
  if (isSingle && event !== undefined && event !== null) {
    return { kind: plan.kind, ...found, event };
  }
  const isBeyondWindow = run !== undefined && first !== undefined && run.from > first;
  return { kind: "joined", ...found, events, isBeyondWindow };
}

/** What must not follow is known to be missing only when its time is over. */
function decidedAt(plan: Plan | ThreatMatchPlan, first: EpochNanos, last: EpochNanos): EpochNanos {
  if (plan.kind !== "sequence" || plan.maxspanMs === undefined) return last;
  const end = first + BigInt(plan.maxspanMs) * 1_000_000n;
  return plan.steps.at(-1)?.missing === true && end > last ? end : last;
}
