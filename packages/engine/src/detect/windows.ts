import { type EpochNanos, parseDateConstant } from "@harrier/lang/values";
import type { Rule } from "../rules/index.ts";

/** One run of a rule: when it starts, and the events that it reads. Both ends of its window are inclusive. */
export interface Run {
  readonly tick: EpochNanos;
  readonly from: EpochNanos;
  readonly to: EpochNanos;
}

/**
 * The runs of a rule over event time: they start at the multiples of its interval since the epoch,
 * and each reads `[tick + from, tick + to]`. Neither end of the window ever moves back from one run
 * to the next, so that "the first run that ..." is one search, however many years lie between events.
 */
export interface Schedule {
  /** Every moment lies in some window: no window is shorter than the interval. */
  readonly isGapless: boolean;
  /** The first run whose window reaches the time, whether it holds it or begins later. Undefined when none ever does. */
  firstReaching(time: EpochNanos): Run | undefined;
  /** The first run whose window holds the time. Undefined for a time outside every window. */
  runFor(time: EpochNanos): Run | undefined;
  /** The run that starts at a tick. */
  runAt(tick: EpochNanos): Run;
  next(run: Run): Run;
  /** The start of a longer window that ends with the run's, such as a history: date math from the run's `to`. */
  startOf(run: Run, moment: Moment): EpochNanos;
  /** The first run, at the given one or later, for which that start lies after the time. */
  firstStartingAfter(time: EpochNanos, moment: Moment, run: Run): Run | undefined;
}

/** A moment named by date math: a function of `now` that never falls. */
export interface Moment {
  readonly at: (now: EpochNanos) => EpochNanos;
  /** What it adds to `now`, where that is always the same: no months, years or rounding. */
  readonly shift?: bigint;
}

const nanosPerMilli = 1_000_000n;
/** The last moment that a date can show; an event may well claim it. */
const lastMoment: EpochNanos = 8_640_000_000_000_000n * nanosPerMilli;
/** Where moments go that no date can show. */
const beyond: EpochNanos = 4n * lastMoment;

/** Date math as a moment; rounding goes down (detection-semantics 2.1). Throws for what is none. */
export function compileMoment(text: string): Moment {
  const atEpoch = parseDateConstant(text, 0n)?.earliest;
  if (atEpoch === undefined) throw new Error(`\`${text}\` is no date math`);
  if (/^now(?:[+-]\d*[wdhHms])*$/.test(text)) {
    return { at: (now) => now + atEpoch, shift: atEpoch };
  }
  return {
    at: (now) => {
      const isDate = now >= -lastMoment && now <= lastMoment;
      const moment = isDate ? parseDateConstant(text, now)?.earliest : undefined;
      return moment ?? (now < 0n ? -beyond : beyond);
    },
  };
}

export function makeSchedule({
  intervalMs,
  from,
  to,
}: Pick<Rule, "intervalMs" | "from" | "to">): Schedule {
  const interval = intervalNanos(intervalMs);
  const start = compileMoment(from);
  const end = compileMoment(to);
  const runAt = (tick: EpochNanos): Run => ({ tick, from: start.at(tick), to: end.at(tick) });
  const firstReaching = (time: EpochNanos) => {
    const tick = firstTick(end, time, interval);
    return tick === undefined ? undefined : runAt(tick);
  };
  const isGapless =
    start.shift !== undefined && end.shift !== undefined && end.shift - start.shift >= interval;
  return {
    isGapless,
    firstReaching,
    runFor: (time) => {
      const run = firstReaching(time);
      return run !== undefined && run.from <= time ? run : undefined;
    },
    runAt,
    next: (run) => runAt(run.tick + interval),
    startOf: (run, moment) => moment.at(run.to),
    firstStartingAfter: (time, moment, run) => {
      if (moment.at(run.to) > time) return run;
      const tick = firstTick(chain(moment, end), time + 1n, interval);
      return tick === undefined ? undefined : runAt(tick);
    },
  };
}

/** The first multiple of the interval since the epoch at or after the time. */
export function tickAfter(time: EpochNanos, intervalMs: number): EpochNanos {
  const interval = intervalNanos(intervalMs);
  return ceilDivide(time, interval) * interval;
}

/** When an alert is made by the run that starts at a tick: a date must be able to show it. */
export function creationAt(tick: EpochNanos): EpochNanos {
  return tick > lastMoment ? lastMoment : tick;
}

function intervalNanos(intervalMs: number): bigint {
  return BigInt(Math.max(1, Math.round(intervalMs))) * nanosPerMilli;
}

function chain(outer: Moment, inner: Moment): Moment {
  return {
    at: (now) => outer.at(inner.at(now)),
    ...(outer.shift === undefined || inner.shift === undefined
      ? {}
      : { shift: outer.shift + inner.shift }),
  };
}

/** The first tick for which the moment lies at or after the time. */
function firstTick(moment: Moment, time: EpochNanos, interval: bigint): EpochNanos | undefined {
  if (moment.shift !== undefined) return ceilDivide(time - moment.shift, interval) * interval;
  let low = ceilDivide(-beyond, interval);
  let high = ceilDivide(beyond, interval);
  if (moment.at(high * interval) < time) return undefined;
  while (low < high) {
    const middle = (low + high) >> 1n;
    if (moment.at(middle * interval) < time) low = middle + 1n;
    else high = middle;
  }
  return low * interval;
}

function ceilDivide(value: bigint, by: bigint): bigint {
  const rest = value % by;
  return rest > 0n ? value / by + 1n : value / by;
}
