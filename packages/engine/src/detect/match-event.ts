import type { ConditionSet } from "@harrier/lang/match";
import type { EpochNanos } from "@harrier/lang/values";
import { type AlertDocument, type AlertSource, buildAlert, timeOf } from "../alerts/index.ts";
import { eventIdentity } from "../ingest/index.ts";
import { readClock } from "./clock.ts";
import type { Crashes } from "./crashes.ts";
import type { EventCounter } from "./event-counter.ts";
import type { Indicators } from "./indicators.ts";
import type { KeyCoverage } from "./key-coverage.ts";
import type { Ledger } from "./ledger.ts";
import type { LeftOutCounter } from "./left-out.ts";
import { alertAsEvent, deepestRead } from "./read-alerts.ts";
import type { Recorder } from "./recorder.ts";
import { findTick, type RunningRule } from "./running-rule.ts";
import { NoteBook, textOf } from "./scan/notes.ts";
import type { BlockResult, Look } from "./scan/scanner.ts";
import { readSpooled, type SpooledEvent } from "./spooled-event.ts";
import type { Tap, Watcher, WatchList } from "./watch-list.ts";
import { creationAt } from "./windows.ts";
import { withIdentity } from "./with-identity.ts";

/** What a hunt does with each event. */
export interface EventMatching {
  readonly watchList: WatchList;
  readonly conditions: ConditionSet;
  readonly counter: EventCounter;
  readonly coverage: KeyCoverage;
  readonly ledger: Ledger;
  readonly leftOut: LeftOutCounter;
  readonly crashes: Crashes;
  readonly indicators: Indicators;
  /** Undefined where no rule has to wait for the end. */
  readonly recorder: Recorder | undefined;
  /** Some rule reads alerts. */
  readonly isReadOn: boolean;
  /** A rule sees only events of an index that it lists. */
  readonly isStrict: boolean;
  /** Stands for the time of events that have none. */
  readonly now: EpochNanos;
}

/** Takes what scanning a block has found: alerts at once, or records what a later decision needs. */
export async function takeBlock(
  { notes, looks, counted }: Pick<BlockResult, "notes" | "looks" | "counted">,
  matching: EventMatching,
): Promise<void> {
  const { counter, coverage, recorder } = matching;
  counter.add(counted);
  coverage.add(notes.coverage);
  let next = 0;
  for (let place = 0; place < notes.events; place += 1) {
    const look = looks[next];
    if (look?.place === place) {
      next += 1;
      await takeLook(look, readSpooled(textOf(notes, place)), matching);
    }
    recorder?.record(notes, place);
  }
}

async function takeLook(
  { met, isUndecided }: Look,
  event: SpooledEvent,
  matching: EventMatching,
): Promise<void> {
  const { immediate, taps } = matching.watchList;
  const watchers = met.flatMap((condition) => immediate[condition] ?? []);
  if (watchers.length > 0) await raiseAlerts(event, met, watchers, matching);
  const tapped = met.flatMap((condition) => taps[condition] ?? []);
  if (isUndecided) record(event, met, tapped, matching);
  else withoutExcepted(event, met, tapped, matching);
}

/** Looks in an alert of the hunt for the rules that read alerts. */
export async function matchAlert(alert: AlertDocument, matching: EventMatching): Promise<void> {
  if (!matching.isReadOn || alert["kibana.alert.depth"] > deepestRead) return;
  const event = alertAsEvent(alert, matching.ledger.alerts);
  matching.counter.noteAlert(event, timeOf(alert));
  const { watchList, conditions } = matching;
  const met = conditions.match(watchList.readsIdentity ? withIdentity(event) : event.document);
  const watchers = met
    .flatMap((condition) => watchList.immediate[condition] ?? [])
    .filter(({ running }) => running.readsAlerts);
  if (watchers.length > 0) await raiseAlerts(event, met, watchers, matching);
  const tapped = met.flatMap((condition) => watchList.taps[condition] ?? []);
  record(
    event,
    met,
    tapped.filter(({ readsAlerts }) => readsAlerts),
    matching,
  );
}

/** Records an event for those of the taps that nothing keeps it from. */
function record(
  event: SpooledEvent,
  met: readonly number[],
  taps: readonly Tap[],
  matching: EventMatching,
): void {
  const { indicators, recorder, coverage, watchList } = matching;
  const isMet = ({ threat }: Tap) =>
    threat === undefined || indicators.joinOf(threat)?.matches(event.document) === true;
  const wanted = withoutExcepted(event, met, taps.filter(isMet), matching);
  if (wanted.length === 0) return;
  const book = new NoteBook(watchList.plan);
  const place = book.note(
    event,
    wanted.map((tap) => tap.place),
  );
  const notes = book.take();
  coverage.add(notes.coverage);
  recorder?.record(notes, place);
}

async function raiseAlerts(
  event: SpooledEvent,
  met: readonly number[],
  watchers: readonly Watcher[],
  { ledger, leftOut, crashes, indicators, isStrict, now }: EventMatching,
): Promise<void> {
  const { document } = event;
  let identity: ReturnType<typeof eventIdentity> | undefined;
  // Rules share conditions, so the order of the conditions met is not that of the rules.
  const inOrder = [...watchers].sort((left, right) => left.running.place - right.running.place);
  for (const { running, exception } of inOrder) {
    const isIndexListed = running.lists(event.index);
    if (isStrict && !isIndexListed) continue;
    const hits = indicators.joinOf(running)?.find(document);
    if (hits?.length === 0) continue;
    const tick = findTick(running, readClock(running.clock, document), now);
    if (tick === undefined) {
      leftOut.add(running, "outsideWindows");
      continue;
    }
    if (exception !== undefined && met.includes(exception)) {
      leftOut.add(running, "excepted");
      continue;
    }
    identity ??= eventIdentity(event);
    const source: AlertSource = { document, ...identity, isIndexListed };
    const extras = hits === undefined ? {} : { threat: await indicators.describe(running, hits) };
    const alert = crashes.guard(running, () =>
      buildAlert(running.context, source, creationAt(tick), extras),
    );
    if (alert !== undefined) await ledger.add(running, alert);
    else if (crashes.of(running) === undefined) ledger.ignoreOwnAlert();
  }
}

/** The taps whose exception does not hold for the event. Counts the rules that lose it. */
function withoutExcepted(
  event: SpooledEvent,
  met: readonly number[],
  taps: readonly Tap[],
  { leftOut, isStrict }: EventMatching,
): readonly Tap[] {
  const isExcepted = ({ exception }: Tap) => exception !== undefined && met.includes(exception);
  const excepted = taps.filter(isExcepted);
  if (excepted.length === 0) return taps;
  // A rule that meets the event in several steps loses one event.
  const losers = new Set<RunningRule>(excepted.flatMap(({ rules }) => [...rules]));
  for (const running of losers) {
    if (!isStrict || running.lists(event.index)) leftOut.add(running, "excepted");
  }
  return taps.filter((tap) => !isExcepted(tap));
}
