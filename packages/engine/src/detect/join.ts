import type { Pipe, SequencePlan } from "@harrier/lang/ir";
import {
  compareOrdered,
  matchSample,
  type OrderedEvent,
  SequenceMatcher,
} from "@harrier/lang/match";
import type { EpochNanos } from "@harrier/lang/values";
import { eventIdentity } from "../ingest/index.ts";
import type { Arrival, TimeColumn } from "./columns.ts";
import type { Recorder } from "./recorder.ts";
import { selectRows, type WantedRows } from "./wanted-rows.ts";
import type { DeferredRule } from "./watch-list.ts";

/** Recorded events that make one match of a rule. */
export interface JoinedHit {
  readonly rule: DeferredRule;
  /** In the order of the query; null in the place of a missing event. */
  readonly events: readonly (Arrival | null)[];
  /** The time of the latest event; undefined where none has one, which no sequence is made of. */
  readonly last: EpochNanos | undefined;
}

export interface JoinOptions {
  /** A rule sees only events of an index that it lists. */
  readonly isStrict: boolean;
  /** Until when the events are complete. Absent: reading was cut off, and nothing can be said to be missing at the end. */
  readonly end?: EpochNanos;
  /** Matches to find at most. */
  readonly maxHits: number;
}

export interface JoinResult {
  readonly hits: readonly JoinedHit[];
  /** Matches may be missing: some bound was reached. */
  readonly isTruncated: boolean;
  /** Sequences that end with a missing event which could still come after the end. Not among the hits. */
  readonly undecided: number;
}

type Found = Omit<JoinResult, "hits"> & { readonly hits: readonly JoinedHit["events"][] };

/** The recorded events of a rule that can matter, in the order in which it sees them. */
export interface OrderedEvents {
  readonly rows: WantedRows;
  readonly arrivals: readonly Arrival[];
}

/** Puts the recorded events of a rule in order. */
export async function orderEvents(
  rule: DeferredRule,
  recorder: Recorder,
  options: JoinOptions,
): Promise<OrderedEvents> {
  const rows = selectRows(rule, recorder);
  const ordered = putInOrder(rule, rows, recorder, options);
  return { rows, arrivals: await dropRepeats(ordered, rule, recorder) };
}

/** Finds the matches of a rule among its events. */
export function joinEvents(
  rule: DeferredRule,
  events: OrderedEvents,
  recorder: Recorder,
  options: JoinOptions,
): JoinResult {
  const { hits, ...rest } = match(rule, events, recorder, options);
  const times = recorder.timesOf(rule.running.rule);
  return {
    ...rest,
    hits: applyPipes(hits, pipesOf(rule)).map((events) => ({
      rule,
      events,
      last: latest(events, times),
    })),
  };
}

/** By time, then tiebreaker, then order of reading. Sequences leave out what has no time. */
function putInOrder(
  { running: { rule, plan, lists } }: DeferredRule,
  { arrivals }: WantedRows,
  recorder: Recorder,
  { isStrict }: JoinOptions,
): Uint32Array {
  const times = recorder.timesOf(rule);
  const isVisible = isStrict ? recorder.testIndices(lists) : () => true;
  const seen = arrivals.filter(
    (arrival) => (plan.kind !== "sequence" || times.has(arrival)) && isVisible(arrival),
  );
  const compare = (left: Arrival, right: Arrival) =>
    times.compare(left, right) || compareTiebreakers(left, right) || left - right;
  const compareTiebreakers = (left: Arrival, right: Arrival) =>
    compareOrdered(
      { time: 0n, tiebreaker: recorder.tiebreakerOf(rule, left) },
      { time: 0n, tiebreaker: recorder.tiebreakerOf(rule, right) },
    );
  const isOrdered = seen.every((arrival, place) => {
    const before = seen[place - 1];
    return before === undefined || compare(before, arrival) <= 0;
  });
  return isOrdered ? seen : seen.sort(compare);
}

/**
 * An event that was read twice, from overlapping exports say, is one event: else it would follow
 * itself. Repeats have the same time and fingerprint; only then is the identity worth reading.
 */
async function dropRepeats(
  ordered: Uint32Array,
  { running: { rule } }: DeferredRule,
  recorder: Recorder,
): Promise<readonly Arrival[]> {
  const times = recorder.timesOf(rule);
  const kept: Arrival[] = [];
  /** By fingerprint. */
  const atThisTime = new Map<number, Arrival[]>();
  for (const arrival of ordered) {
    const before = kept.at(-1);
    if (before === undefined || times.compare(before, arrival) !== 0) atThisTime.clear();
    const fingerprint = recorder.fingerprintOf(arrival);
    const alike = atThisTime.get(fingerprint);
    if (alike === undefined) atThisTime.set(fingerprint, [arrival]);
    else if (await hasSame(alike, arrival, recorder)) continue;
    else alike.push(arrival);
    kept.push(arrival);
  }
  return kept;
}

async function hasSame(
  alike: readonly Arrival[],
  arrival: Arrival,
  recorder: Recorder,
): Promise<boolean> {
  const { id, index } = eventIdentity(await recorder.read(arrival));
  for (const other of alike) {
    const known = eventIdentity(await recorder.read(other));
    if (known.id === id && known.index === index) return true;
  }
  return false;
}

function match(
  rule: DeferredRule,
  events: OrderedEvents,
  recorder: Recorder,
  options: JoinOptions,
): Found {
  const { plan } = rule.running;
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
      throw new Error(`rules of type ${plan.kind} do not run yet`);
  }
}

function pipesOf({ running: { plan } }: DeferredRule): readonly Pipe[] {
  return "pipes" in plan ? plan.pipes : [];
}

function matchSequence(
  plan: SequencePlan,
  events: Iterable<OrderedEvent<Arrival>>,
  { end, maxHits }: JoinOptions,
): Found {
  const matcher = new SequenceMatcher<Arrival>(plan, { undecidedAtEnd: "drop" });
  // The same again, to count what the first one drops.
  const lenient = plan.steps.at(-1)?.missing ? new SequenceMatcher<Arrival>(plan) : undefined;
  const hits: JoinedHit["events"][] = [];
  const push = (event: OrderedEvent<Arrival>) => {
    for (const hit of matcher.push(event)) hits.push(hit.events);
    lenient?.push(event);
  };
  for (const event of events) {
    push(event);
    if (hits.length >= maxHits) return { hits, isTruncated: true, undecided: 0 };
  }
  // What happened at the end itself was seen: what could come only later is decided, so just past it.
  if (end !== undefined) push(clockAt(end + 1_000_000n));
  const decided = matcher.finish();
  for (const hit of decided) hits.push(hit.events);
  const undecided = lenient === undefined ? 0 : lenient.finish().length - decided.length;
  return { hits, isTruncated: matcher.truncated, undecided };
}

/** Tells a matcher the time, without an event. */
function clockAt(time: EpochNanos): OrderedEvent<Arrival> {
  return { event: -1, time, tiebreaker: null, steps: [] };
}

function* findSteps(
  { running: { rule }, taps }: DeferredRule,
  { rows, arrivals }: OrderedEvents,
  recorder: Recorder,
): Generator<OrderedEvent<Arrival>> {
  const times = recorder.timesOf(rule);
  for (const event of arrivals) {
    const steps = taps.flatMap((_, step) => {
      const keys = rows.keysOf(step, event);
      return keys.length === 0 ? [] : [{ step, keys }];
    });
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

function latest(events: JoinedHit["events"], times: TimeColumn): EpochNanos | undefined {
  let last: Arrival | undefined;
  for (const event of events) {
    if (event === null) continue;
    if (last === undefined || times.compare(last, event) < 0) last = event;
  }
  return last === undefined ? undefined : times.at(last);
}
