/**
 * A process of its own in which many sequences wait at once, each with a key of its own. Takes a `SequenceRequest` as
 * its argument and prints a `SequenceResult`.
 */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { SequencePlan, Step } from "@harrier/lang/ir";
import { type JoinKey, type OrderedEvent, SequenceMatcher } from "@harrier/lang/match";
import { median } from "./measure.ts";
import type { SequenceRequest, SequenceResult } from "./parts/sequences.ts";

const maxspanMs = 60_000;
const batch = 1_000;
/** A push is as long as the shortest of so many: what the machine does in between falls on another each time. */
const timedRounds = 3;

setFlagsFromString("--expose-gc");
const collect: () => void = runInNewContext("gc");

// Written by `sequences.ts`.
const request = JSON.parse(process.argv[2] ?? "") as SequenceRequest;
const plan = planOf(request);
const untilStep = plan.steps.length;
const phases = phasesOf(request);

const startBytes = heldBytes();
const matcher = new SequenceMatcher(plan);
const startNs = measureBatches(matcher, 0);
const bytesPerKey = (heldBytes() - startBytes) / request.keys;
const waiting = matcher.records;
const nextNs = Math.max(...phases.slice(1).map((_, index) => measureBatches(matcher, index + 1)));
const pushes = phases.flatMap((_, phase) => worstOf(phase));
const result: SequenceResult = {
  waiting,
  bytesPerKey,
  startNs,
  nextNs,
  worstMs: Math.max(...pushes),
  expiryMs: worstExpiry(),
};
console.log(JSON.stringify(result));

function planOf({ steps, hasUntil, endsMissing }: SequenceRequest): SequencePlan {
  const step = (missing: boolean): Step => ({
    condition: { kind: "constant", value: true },
    keys: [],
    missing,
  });
  return {
    kind: "sequence",
    steps: Array.from({ length: steps }, (_, index) => step(endsMissing && index === steps - 1)),
    ...(hasUntil ? { until: step(false) } : {}),
    maxspanMs,
    pipes: [],
  };
}

/** Which step the events of all keys meet, one step after the other. With `until`, that comes last, for what then waits. */
function phasesOf({ steps, hasUntil }: SequenceRequest): readonly number[] {
  const all = Array.from({ length: steps }, (_, index) => index);
  return hasUntil ? [...all.slice(0, -1), untilStep] : all;
}

/** Nanoseconds of processor time for each event of a phase, without the making of the events: the median batch. */
function measureBatches(matcher: SequenceMatcher, phase: number): number {
  const times: number[] = [];
  for (const events of batchesOf(phase)) {
    const start = process.cpuUsage();
    for (const event of events) matcher.push(event);
    const { user, system } = process.cpuUsage(start);
    times.push(((user + system) * 1_000) / events.length);
  }
  return median(times);
}

function worstOf(phase: number): number {
  const best = new Float64Array(request.keys).fill(Number.POSITIVE_INFINITY);
  for (let round = 0; round < timedRounds; round += 1) {
    const timed = new SequenceMatcher(plan);
    for (let before = 0; before < phase; before += 1) {
      for (const events of batchesOf(before)) for (const event of events) timed.push(event);
    }
    timePushes(timed, batchesOf(phase), best);
  }
  return best.reduce((worst, each) => Math.max(worst, each), 0);
}

/** The worst push of the events that come when the time of all that waits is over. */
function worstExpiry(): number {
  const count = Math.ceil(request.keys / 2);
  const best = new Float64Array(count).fill(Number.POSITIVE_INFINITY);
  for (let round = 0; round < timedRounds; round += 1) {
    const timed = new SequenceMatcher(plan);
    for (const events of batchesOf(0)) for (const event of events) timed.push(event);
    timePushes(timed, batchesOf(0, 3 * maxspanMs, count), best);
    if (timed.records > count) throw new Error("sequences outlive their time");
  }
  return best.reduce((worst, each) => Math.max(worst, each), 0);
}

function timePushes(
  timed: SequenceMatcher,
  batches: Iterable<readonly OrderedEvent[]>,
  best: Float64Array,
): void {
  let place = 0;
  for (const events of batches) {
    for (const event of events) {
      const start = performance.now();
      timed.push(event);
      best[place] = Math.min(best[place] ?? 0, performance.now() - start);
      place += 1;
    }
  }
}

/** Each key once, in an order that is another in each phase. All phases lie within one maxspan. */
function* batchesOf(
  phase: number,
  laterMs = 0,
  count: number = request.keys,
): Generator<readonly OrderedEvent[]> {
  const step = phases[phase] ?? 0;
  const stride = phase === 0 ? 1 : 7_919 * phase;
  const span = (BigInt(maxspanMs) * 900_000n) / BigInt(phases.length * request.keys);
  for (let from = 0; from < count; from += batch) {
    const places = Array.from(
      { length: Math.min(batch, count - from) },
      (_, index) => from + index,
    );
    const keys = keysOf(places.map((place) => (place * stride) % request.keys));
    yield places.map(
      (place, index): OrderedEvent => ({
        event: phase * request.keys + place,
        time:
          1_700_000_000_000_000_000n +
          BigInt(laterMs) * 1_000_000n +
          BigInt(phase * request.keys + place) * span,
        tiebreaker: null,
        steps: [{ step, keys: [keys[index] ?? []] }],
      }),
    );
  }
}

/** The id of a host, and that of a process as Sysmon and others make it. As a parser of JSON gives them. */
function keysOf(places: readonly number[]): readonly JoinKey[] {
  const hex = (value: number, width: number): string => value.toString(16).padStart(width, "0");
  const keys = places.map((place) => [
    `5f4bd2b1-07c9-4a71-9c4e-${hex(place % 97, 12)}`,
    `{${hex(Math.imul(place, 0x9e3779b1) >>> 0, 8)}-7a30-6570-1d02-${hex(place, 12)}}`,
  ]);
  return JSON.parse(JSON.stringify(keys));
}

function heldBytes(): number {
  collect();
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
