import { compareKeys } from "@harrier/lang/match";
import type { ThresholdPlan } from "../rule-types/index.ts";
import type { ThresholdCandidate } from "./candidates.ts";
import type { KeyId, TimeColumn } from "./columns.ts";
import { Group } from "./group.ts";
import type { OrderedEvents } from "./order.ts";
import type { Recorder } from "./recorder.ts";
import type { DeferredRule } from "./watch-list.ts";
import type { Run } from "./windows.ts";

/** Events of a group that its alert names; the count tells of them all. */
const mostEvidence = 500;

export interface Groups {
  /** In the order of ticks, and of keys within one. */
  readonly candidates: readonly ThresholdCandidate[];
  /** Groups that were large enough, and beyond the cap of every run that saw them so. */
  readonly capped: number;
}

/**
 * Groups that are large enough, run by run (detection-semantics 3.2). In event time no event comes
 * late: what a run has not seen is later than all that it has. So the history of alerted groups
 * comes down to forgetting a group's events when it alerts, and no event is counted twice. A run
 * finds nothing that the run before it did not, unless it sees new events or that one cut groups
 * off: other runs are passed over, however long the time between two events.
 */
export function findGroups(
  rule: DeferredRule,
  plan: ThresholdPlan,
  events: OrderedEvents,
  recorder: Recorder,
  maxPerRun: number,
): Groups {
  const times = recorder.timesBy(rule.running.clock);
  const candidates: ThresholdCandidate[] = [];
  let capped = 0;
  let cut: ReadonlySet<Group> = new Set();
  for (const { run, touched } of sweep(rule, events, recorder, () => cut)) {
    const large = sortByKey(touched.filter(isLarge), recorder);
    const isStillLarge = new Set(large);
    for (const group of cut) if (!isStillLarge.has(group)) capped += 1;
    cut = new Set(large.slice(maxPerRun));
    for (const group of large.slice(0, maxPerRun)) candidates.push(take(group, run));
  }

  function isLarge({ count, distinct = 0 }: Group): boolean {
    return count >= plan.count && distinct >= (plan.cardinality?.count ?? 0);
  }

  function take(group: Group, { tick }: Run): ThresholdCandidate {
    const { arrivals, distinct } = group.take();
    return {
      kind: "threshold",
      rule,
      tick,
      time: times.at(arrivals.at(-1) ?? 0),
      first: times.at(arrivals[0] ?? 0),
      key: group.key,
      count: arrivals.length,
      ...(distinct === undefined ? {} : { distinct }),
      events: arrivals.slice(0, mostEvidence),
    };
  }
  return { candidates, capped };
}

/** The runs that matter, each with the groups that it sees new events of and those that were cut off before it. */
function* sweep(
  { running: { schedule, clock }, taps }: DeferredRule,
  { arrivals, rows }: OrderedEvents,
  recorder: Recorder,
  cut: () => ReadonlySet<Group>,
): Generator<{ run: Run; touched: Group[] }> {
  const times = recorder.timesBy(clock);
  const values = taps[1] && recorder.columnOf(taps[1]);
  const groups = new Map<KeyId, Group>();
  let next = 0;
  const timeOfNext = () => timeAt(arrivals[next], times);
  const runOfNext = () => {
    const time = timeOfNext();
    return time === undefined ? undefined : schedule.firstReaching(time);
  };
  for (let run = runOfNext(); run !== undefined; ) {
    const touched = new Set(cut());
    for (let time = timeOfNext(); time !== undefined && time <= run.to; time = timeOfNext()) {
      const arrival = arrivals[next] ?? 0;
      for (const key of rows.keysOf(0, arrival)) {
        const group = groups.get(key) ?? new Group(key, values);
        groups.set(key, group);
        group.enter(arrival);
        touched.add(group);
      }
      next += 1;
    }
    for (const group of touched) group.leaveBefore(run, times);
    yield { run, touched: [...touched] };
    run = cut().size > 0 ? schedule.next(run) : runOfNext();
  }
}

function timeAt(arrival: number | undefined, times: TimeColumn): bigint | undefined {
  return arrival === undefined ? undefined : times.at(arrival);
}

/** The order in which a search gives groups. */
function sortByKey(groups: readonly Group[], recorder: Recorder): readonly Group[] {
  if (groups.length < 2) return groups;
  return groups
    .map((group) => ({ group, key: recorder.keyOf(group.key) }))
    .sort((left, right) => compareKeys(left.key, right.key))
    .map(({ group }) => group);
}
