import type { Pipe, Plan, SequencePlan } from "@harrier/lang/ir";
import { matchSample, type OrderedEvent, SequenceMatcher, type StepHit } from "@harrier/lang/match";
import type { EpochNanos } from "@harrier/lang/values";
import { orderClock } from "./clock.ts";
import type { Arrival } from "./columns.ts";
import type { OrderedEvents } from "./order.ts";
import type { Recorder } from "./recorder.ts";
import type { DeferredRule } from "./watch-list.ts";

/** Recorded events that make one match, in the order of the query; null in the place of a missing event. */
export type JoinedEvents = readonly (Arrival | null)[];

export interface JoinOptions {
  /** Until when the events are complete. Absent: reading was cut off, and nothing can be said to be missing at the end. */
  readonly end?: EpochNanos;
  /** Matches to find at most. */
  readonly maxHits: number;
}

export interface JoinResult {
  readonly hits: readonly JoinedEvents[];
  /** Matches may be missing: some bound was reached. */
  readonly isTruncated: boolean;
  /** Sequences that end with a missing event which could still come after the end. Not among the hits. */
  readonly undecided: number;
}

/** Finds the matches of an EQL query among the events of its rule. */
export function joinEvents(
  rule: DeferredRule,
  plan: Plan,
  events: OrderedEvents,
  recorder: Recorder,
  options: JoinOptions,
): JoinResult {
  const { hits, ...rest } = match(rule, plan, events, recorder, options);
  return { hits: applyPipes(hits, plan.pipes), ...rest };
}

function match(
  rule: DeferredRule,
  plan: Plan,
  events: OrderedEvents,
  recorder: Recorder,
  options: JoinOptions,
): JoinResult {
  switch (plan.kind) {
    case "event":
      return { hits: events.arrivals.map((each) => [each]), isTruncated: false, undecided: 0 };
    case "sequence":
      return matchSequence(plan, findSteps(rule, events, recorder), options);
    case "sample": {
      const size = options.maxHits;
      const hits = matchSample(plan, [...findSteps(rule, events, recorder)], { size });
      return {
        hits: hits.map((hit) => hit.events),
        isTruncated: hits.length === size,
        undecided: 0,
      };
    }
    default:
      return plan satisfies never;
  }
}

function matchSequence(
  plan: SequencePlan,
  events: Iterable<OrderedEvent>,
  { end, maxHits }: JoinOptions,
): JoinResult {
  const matcher = new SequenceMatcher(plan, { undecidedAtEnd: "drop" });
  const hits: JoinedEvents[] = [];
  for (const event of events) {
    for (const hit of matcher.push(event)) hits.push(hit.events);
    if (hits.length >= maxHits) return { hits, isTruncated: true, undecided: 0 };
  }
  // What happened at the end itself was seen: what could come only later is decided, so just past it.
  const certain = end === undefined ? [] : matcher.advance(end + 1_000_000n);
  for (const hit of [...certain, ...matcher.finish()]) hits.push(hit.events);
  return { hits, isTruncated: matcher.truncated, undecided: matcher.undecided };
}

/** A key stands for itself by its number: nothing but being equal is asked of keys when events are joined. */
function* findSteps(
  { running: { rule }, taps }: DeferredRule,
  { rows, arrivals }: OrderedEvents,
  recorder: Recorder,
): Generator<OrderedEvent> {
  const times = recorder.timesBy(orderClock(rule));
  for (const event of arrivals) {
    const steps: StepHit[] = [];
    for (let step = 0; step < taps.length; step += 1) {
      const keys = rows.keysOf(step, event);
      if (keys.length > 0) steps.push({ step, keys: keys.map((key) => [key]) });
    }
    const time = times.at(event) ?? 0n;
    yield { event, time, tiebreaker: recorder.tiebreakerOf(rule, event), steps };
  }
}

function applyPipes<T>(hits: readonly T[], pipes: readonly Pipe[]): readonly T[] {
  return pipes.reduce(
    (list, { kind, count }) =>
      kind === "head" ? list.slice(0, count) : list.slice(Math.max(0, list.length - count)),
    hits,
  );
}
