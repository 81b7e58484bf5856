import type { ConditionSet } from "@harrier/lang/match";
import type { EpochNanos } from "@harrier/lang/values";
import { type AlertSource, buildAlert, timeOf } from "../alerts/index.ts";
import { eventIdentity, type IngestedEvent } from "../ingest/index.ts";
import type { Crashes } from "./crashes.ts";
import type { EventCounter } from "./event-counter.ts";
import type { Ledger } from "./ledger.ts";
import type { Recorder } from "./recorder.ts";
import type { RunningRule } from "./running-rule.ts";
import { tickAfter } from "./schedule.ts";
import type { WatchList } from "./watch-list.ts";

/** What a hunt does with each event. */
export interface EventMatching {
  readonly watchList: WatchList;
  readonly conditions: ConditionSet;
  readonly counter: EventCounter;
  readonly ledger: Ledger;
  readonly crashes: Crashes;
  /** Undefined where no rule has to wait for the end. */
  readonly recorder: Recorder | undefined;
  /** A rule sees only events of an index that it lists. */
  readonly isStrict: boolean;
  /** Stands for the time of events that have none. */
  readonly now: EpochNanos;
}

/** Looks for every rule in one event: alerts at once, or records what a later decision needs. */
export async function matchEvent(event: IngestedEvent, matching: EventMatching): Promise<void> {
  const { watchList, conditions, counter, recorder } = matching;
  const time = timeOf(event.document);
  if (!counter.admit(event, time)) return;
  const met = conditions.match(event.document);
  if (met.length === 0) return;
  const rules = met.flatMap((condition) => watchList.immediate[condition] ?? []);
  if (rules.length > 0) await raiseAlerts(event, time, rules, matching);
  const taps = met.flatMap((condition) => watchList.taps[condition] ?? []);
  if (taps.length > 0) recorder?.record(event, taps);
}

async function raiseAlerts(
  event: IngestedEvent,
  time: EpochNanos | undefined,
  rules: readonly RunningRule[],
  { ledger, crashes, isStrict, now }: EventMatching,
): Promise<void> {
  const { document } = event;
  const identity = eventIdentity(event);
  // Rules share conditions, so the order of the conditions met is not that of the rules.
  for (const running of [...rules].sort((left, right) => left.place - right.place)) {
    const isIndexListed = running.lists(event.index);
    if (isStrict && !isIndexListed) continue;
    const source: AlertSource = { document, ...identity, isIndexListed };
    const created = tickAfter(time ?? now, running.rule.intervalMs);
    const alert = crashes.guard(running, () => buildAlert(running.context, source, created));
    if (alert !== undefined) await ledger.add(running, alert);
    else if (crashes.of(running) === undefined) ledger.ignoreOwnAlert();
  }
}
