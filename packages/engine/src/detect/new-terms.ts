import type { EpochNanos } from "@harrier/lang/values";
import { eventIdentity } from "../ingest/index.ts";
import type { NewTermsPlan } from "../rule-types/index.ts";
import type { NewTermsCandidate } from "./candidates.ts";
import type { Arrival, KeyId } from "./columns.ts";
import type { OrderedEvents } from "./order.ts";
import type { Recorder } from "./recorder.ts";
import type { DeferredRule } from "./watch-list.ts";
import { compileMoment, type Moment, type Run, type Schedule } from "./windows.ts";

/** New values, and all events of the moment in which they first came. */
export interface FirstSight {
  readonly key: KeyId;
  readonly run: Run;
  readonly time: EpochNanos;
  /** At least one. */
  readonly arrivals: Arrival[];
}

/**
 * Values that a run has not seen before (detection-semantics 3.3): the oldest event with them in the
 * run's history lies after the start of its window. Of one value's events each is judged by the one
 * before it: the run must see the event, and its history must begin after the one before. The first
 * such run raises it; later ones would raise the same.
 */
export function findFirstSights(
  { running: { schedule, clock } }: DeferredRule,
  plan: NewTermsPlan,
  { arrivals, rows }: OrderedEvents,
  recorder: Recorder,
): readonly FirstSight[] {
  const history = compileMoment(plan.historyWindowStart);
  const times = recorder.timesBy(clock);
  const lastOf = new Map<KeyId, { readonly time: EpochNanos; readonly sight?: FirstSight }>();
  const sights: FirstSight[] = [];
  for (const arrival of arrivals) {
    const time = times.at(arrival);
    if (time === undefined) continue;
    for (const key of rows.keysOf(0, arrival)) {
      const last = lastOf.get(key);
      if (last?.time === time) {
        last.sight?.arrivals.push(arrival);
        continue;
      }
      const run = findRun(schedule, history, time, last?.time);
      const sight = run && { key, run, time, arrivals: [arrival] };
      if (sight !== undefined) sights.push(sight);
      lastOf.set(key, { time, ...(sight === undefined ? {} : { sight }) });
    }
  }
  return sights;
}

function findRun(
  schedule: Schedule,
  history: Moment,
  time: EpochNanos,
  before: EpochNanos | undefined,
): Run | undefined {
  const seeing = schedule.firstReaching(time);
  if (seeing === undefined) return undefined;
  const run = before === undefined ? seeing : schedule.firstStartingAfter(before, history, seeing);
  if (run === undefined) return undefined;
  return run.from < time && schedule.startOf(run, history) <= time ? run : undefined;
}

/** One candidate for each value: its oldest event, of several in one moment that with the lowest id. */
export async function settleFirstSights(
  rule: DeferredRule,
  sights: readonly FirstSight[],
  recorder: Recorder,
): Promise<readonly NewTermsCandidate[]> {
  const candidates: NewTermsCandidate[] = [];
  for (const { key, run, time, arrivals } of sights) {
    candidates.push({
      kind: "new_terms",
      rule,
      tick: run.tick,
      time,
      first: time,
      event: await lowestId(arrivals, recorder),
      key,
    });
  }
  return candidates;
}

async function lowestId([first = 0, ...others]: readonly Arrival[], recorder: Recorder) {
  if (others.length === 0) return first;
  let lowest = { arrival: first, id: eventIdentity(await recorder.read(first)).id };
  for (const arrival of others) {
    const { id } = eventIdentity(await recorder.read(arrival));
    if (id < lowest.id) lowest = { arrival, id };
  }
  return lowest.arrival;
}
