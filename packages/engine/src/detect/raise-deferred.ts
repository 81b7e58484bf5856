import { setImmediate } from "node:timers/promises";
import type { EpochNanos } from "@harrier/lang/values";
import { type AlertSource, buildAlert, buildSequenceAlerts } from "../alerts/index.ts";
import { eventIdentity } from "../ingest/index.ts";
import type { Arrival } from "./columns.ts";
import type { Crashes } from "./crashes.ts";
import { type JoinedHit, type JoinOptions, joinEvents, orderEvents } from "./join.ts";
import type { Ledger } from "./ledger.ts";
import type { Recorder } from "./recorder.ts";
import type { RunningRule } from "./running-rule.ts";
import { tickAfter } from "./schedule.ts";
import type { DeferredRule } from "./watch-list.ts";

/** What is needed to decide the rules that wait for the last event. */
export interface Deferral {
  readonly rules: readonly DeferredRule[];
  readonly recorder: Recorder;
  readonly ledger: Ledger;
  readonly crashes: Crashes;
  readonly isStrict: boolean;
  readonly now: EpochNanos;
  /** Until when the events are complete, by rule; undefined when reading was cut off. */
  readonly endFor: (rule: DeferredRule) => EpochNanos | undefined;
  readonly maxHits: number;
  /** Asked between pieces of work: whether to stop. */
  readonly isStopped: () => boolean;
}

export interface DeferredResult {
  /** Matches may be missing: some bound was reached. */
  readonly isTruncated: boolean;
  /** Sequences that end with a missing event which could still come. */
  readonly undecided: number;
}

/** Decides all waiting rules and raises their alerts, in the order of their last events. */
export async function raiseDeferred(deferral: Deferral): Promise<DeferredResult> {
  const { rules, recorder, crashes, maxHits, isStopped, endFor } = deferral;
  const hits: JoinedHit[] = [];
  let { isTruncated } = recorder;
  let undecided = 0;
  for (const rule of rules) {
    // Joining is one long computation; a signal is only heard in between.
    await setImmediate();
    if (isStopped()) break;
    const end = endFor(rule);
    const options: JoinOptions = {
      isStrict: deferral.isStrict,
      ...(end === undefined ? {} : { end }),
      maxHits: maxHits - hits.length,
    };
    const events = await orderEvents(rule, recorder, options);
    const result = crashes.guard(rule.running, () => joinEvents(rule, events, recorder, options));
    if (result === undefined) continue;
    for (const hit of result.hits) hits.push(hit);
    isTruncated ||= result.isTruncated;
    undecided += result.undecided;
  }
  for (const hit of hits.sort(compareHits)) {
    if (isStopped()) break;
    await raise(hit, deferral);
  }
  return { isTruncated, undecided };
}

/** Without a time first, then by the last event, then by rule id; hits of one rule keep their order. */
function compareHits(left: JoinedHit, right: JoinedHit): number {
  if (left.last !== right.last) {
    if (left.last === undefined || right.last === undefined)
      return left.last === undefined ? -1 : 1;
    return left.last < right.last ? -1 : 1;
  }
  const { ruleId: a } = left.rule.running.rule;
  const { ruleId: b } = right.rule.running.rule;
  return a === b ? 0 : a < b ? -1 : 1;
}

async function raise(hit: JoinedHit, deferral: Deferral): Promise<void> {
  const { recorder, ledger, crashes, now } = deferral;
  const { running } = hit.rule;
  const created = tickAfter(hit.last ?? now, running.rule.intervalMs);
  const sources: (AlertSource | null)[] = [];
  for (const arrival of hit.events) {
    sources.push(arrival === null ? null : await readSource(arrival, running, recorder));
  }
  const raised = crashes.guard(running, () => buildAlerts(running, sources, created));
  if (raised !== undefined) await ledger.add(running, raised.alert, raised.blocks);
  else if (crashes.of(running) === undefined) ledger.ignoreOwnAlert();
}

function buildAlerts(
  { plan, context }: RunningRule,
  sources: readonly (AlertSource | null)[],
  created: EpochNanos,
) {
  const [first] = sources;
  if (plan.kind === "event") {
    const alert = first ? buildAlert(context, first, created) : undefined;
    return alert && { alert, blocks: [] };
  }
  const alerts = buildSequenceAlerts(context, sources, created);
  return alerts && { alert: alerts.shell, blocks: alerts.blocks };
}

async function readSource(
  arrival: Arrival,
  running: RunningRule,
  recorder: Recorder,
): Promise<AlertSource> {
  const event = await recorder.read(arrival);
  const isIndexListed = running.lists(event.index);
  return { document: event.document, ...eventIdentity(event), isIndexListed };
}
