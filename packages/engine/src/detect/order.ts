import { compareOrdered } from "@harrier/lang/match";
import { hasFallback, orderClock } from "./clock.ts";
import type { Arrival, TimeColumn } from "./columns.ts";
import type { Recorder } from "./recorder.ts";
import { selectRows, type WantedRows } from "./wanted-rows.ts";
import type { DeferredRule } from "./watch-list.ts";

/** The recorded events of a rule that can matter, in the order in which it sees them. */
export interface OrderedEvents {
  readonly rows: WantedRows;
  readonly arrivals: readonly Arrival[];
  /** Events that no run of the rule sees. Not among the arrivals. */
  readonly outsideWindows: number;
}

export interface OrderOptions {
  /** A rule sees only events of an index that it lists. */
  readonly isStrict: boolean;
}

/** Puts the recorded events of a rule in order. */
export function orderEvents(
  rule: DeferredRule,
  recorder: Recorder,
  { isStrict }: OrderOptions,
): OrderedEvents {
  const rows = selectRows(rule, recorder);
  const { lists } = rule.running;
  const isVisible = isStrict ? recorder.testIndices(lists) : () => true;
  const { isSeen, outsideWindows } = watchWindows(rule, recorder);
  const seen = rows.arrivals.filter((arrival) => isVisible(arrival) && isSeen(arrival));
  const order = orderOf(rule, recorder);
  const sorted = isSorted(seen, order.compare) ? seen : seen.sort(order.compare);
  const arrivals = dropRepeats(sorted, order.times, recorder);
  return { rows, arrivals, outsideWindows: outsideWindows() };
}

/** Whether some run of the rule sees an event, and how many events none did. */
function watchWindows(
  { running: { rule, plan, schedule, clock } }: DeferredRule,
  recorder: Recorder,
): { isSeen: (arrival: Arrival) => boolean; outsideWindows: () => number } {
  const seenTimes = recorder.timesBy(clock);
  const orderTimes = plan.kind === "sequence" ? recorder.timesBy(orderClock(rule)) : undefined;
  const countsByTime = plan.kind === "threshold" || plan.kind === "new_terms";
  let outside = 0;
  const isInWindow = (arrival: Arrival) => {
    const time = seenTimes.at(arrival);
    if (time === undefined) return hasFallback(rule);
    return schedule.isGapless || schedule.runFor(time) !== undefined;
  };
  return {
    isSeen: (arrival) => {
      if (orderTimes !== undefined && !orderTimes.has(arrival)) return false;
      if (!isInWindow(arrival)) {
        outside += 1;
        // No run sees it, but it may lie in a history.
        return plan.kind === "new_terms" && seenTimes.has(arrival);
      }
      // For those that look at single events one without a time happens now.
      return !countsByTime || seenTimes.has(arrival);
    },
    outsideWindows: () => outside,
  };
}

interface Order {
  readonly compare: (left: Arrival, right: Arrival) => number;
  /** What it orders by first. */
  readonly times: TimeColumn;
}

/**
 * What joins events: by their own time, then tiebreaker, then order of reading. What only counts or
 * compares: by the time that its runs see, then by something that no order of files can change.
 */
function orderOf({ running: { rule, plan, clock } }: DeferredRule, recorder: Recorder): Order {
  if ("pipes" in plan) {
    const times = recorder.timesBy(orderClock(rule));
    const compareTiebreakers = (left: Arrival, right: Arrival) =>
      compareOrdered(
        { time: 0n, tiebreaker: recorder.tiebreakerOf(rule, left) },
        { time: 0n, tiebreaker: recorder.tiebreakerOf(rule, right) },
      );
    return {
      times,
      compare: (left, right) =>
        times.compare(left, right) || compareTiebreakers(left, right) || left - right,
    };
  }
  const times = recorder.timesBy(clock);
  return {
    times,
    compare: (left, right) =>
      times.compare(left, right) || recorder.fingerprints.compare(left, right) || left - right,
  };
}

function isSorted(arrivals: Uint32Array, compare: Order["compare"]): boolean {
  return arrivals.every((arrival, place) => {
    const before = arrivals[place - 1];
    return before === undefined || compare(before, arrival) <= 0;
  });
}

/** An event that was read twice, from overlapping exports say, is one event: else it would follow itself. */
function dropRepeats(
  ordered: Uint32Array,
  times: TimeColumn,
  { fingerprints }: Recorder,
): readonly Arrival[] {
  const kept: Arrival[] = [];
  for (let start = 0; start < ordered.length; ) {
    const first = ordered[start] ?? 0;
    let end = start + 1;
    while (end < ordered.length && times.compare(first, ordered[end] ?? 0) === 0) end += 1;
    // Repeats have the same time, and nearly every event has a time of its own.
    if (end === start + 1) kept.push(first);
    else {
      const different = new Map<string, Arrival>();
      for (const arrival of ordered.subarray(start, end)) {
        const name = fingerprints.text(arrival);
        if (!different.has(name)) different.set(name, arrival);
      }
      for (const arrival of different.values()) kept.push(arrival);
    }
    start = end;
  }
  return kept;
}
