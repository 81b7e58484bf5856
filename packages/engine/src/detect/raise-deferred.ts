import { setImmediate } from "node:timers/promises";
import type { EpochNanos } from "@harrier/lang/values";
import { groupsInStore } from "../alerts/index.ts";
import type { Survivor } from "./candidates.ts";
import { capRuns } from "./cap.ts";
import type { Crashes } from "./crashes.ts";
import {
  compareCandidates,
  compareTimes,
  type FindOptions,
  findCandidates,
} from "./find-candidates.ts";
import type { Indicators } from "./indicators.ts";
import type { Ledger } from "./ledger.ts";
import type { LeftOutCounter } from "./left-out.ts";
import { settleFirstSights } from "./new-terms.ts";
import { orderEvents } from "./order.ts";
import { raiseAlerts } from "./raise-alert.ts";
import type { Recorder } from "./recorder.ts";
import type { RunningRule } from "./running-rule.ts";
import { suppressCandidates } from "./suppress-candidates.ts";
import type { DeferredRule } from "./watch-list.ts";

/** What is needed to decide the rules that wait for the last event. */
export interface Deferral {
  readonly rules: readonly DeferredRule[];
  readonly recorder: Recorder;
  readonly ledger: Ledger;
  readonly leftOut: LeftOutCounter;
  readonly crashes: Crashes;
  readonly indicators: Indicators;
  readonly isStrict: boolean;
  /** Runs keep to `max_signals`. */
  readonly isCapped: boolean;
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

/**
 * Decides all waiting rules and raises their alerts, in the order of their last events. Rules that
 * read alerts come when all alerts about events have been made.
 */
export async function raiseDeferred(deferral: Deferral): Promise<DeferredResult> {
  const ofEvents = deferral.rules.filter(({ running }) => !running.readsAlerts);
  const ofAlerts = deferral.rules.filter(({ running }) => running.readsAlerts);
  const first = await raiseTogether({ ...deferral, rules: ofEvents });
  if (ofAlerts.length === 0) return first;
  const second = await raiseTogether({ ...deferral, rules: ofAlerts });
  return {
    isTruncated: first.isTruncated || second.isTruncated,
    undecided: first.undecided + second.undecided,
  };
}

async function raiseTogether(deferral: Deferral): Promise<DeferredResult> {
  const { rules, recorder, maxHits, isStopped } = deferral;
  const survivors: Survivor[] = [];
  let { isTruncated } = recorder;
  let undecided = 0;
  for (const rule of rules) {
    // Deciding a rule is one long computation; a signal is only heard in between.
    await setImmediate();
    if (isStopped()) break;
    const decided = await decideRule(rule, deferral, maxHits - survivors.length);
    if (decided === undefined) continue;
    for (const survivor of decided.survivors) survivors.push(survivor);
    isTruncated ||= decided.isTruncated;
    undecided += decided.undecided;
  }
  await raiseAlerts(survivors.sort(compareSurvivors), deferral, isStopped);
  return { isTruncated, undecided };
}

interface Decided extends DeferredResult {
  readonly survivors: readonly Survivor[];
}

/** What a rule finds and what of it becomes an alert. Undefined when the rule broke. */
async function decideRule(
  rule: DeferredRule,
  { recorder, leftOut, crashes, isStrict, isCapped, now, endFor }: Deferral,
  maxHits: number,
): Promise<Decided | undefined> {
  const { running } = rule;
  const end = endFor(rule);
  const maxPerRun = isCapped ? Math.max(1, running.rule.maxSignals) : Number.POSITIVE_INFINITY;
  const options: FindOptions = {
    maxHits,
    maxPerRun,
    now,
    ...(end === undefined ? {} : { end }),
  };
  const events = orderEvents(rule, recorder, { isStrict });
  leftOut.add(running, "outsideWindows", events.outsideWindows);
  const found = crashes.guard(running, () => findCandidates(rule, events, recorder, options));
  if (found === undefined) return undefined;
  const { isTruncated, undecided } = found;
  leftOut.add(running, "capped", found.capped);
  const settled = await settleFirstSights(rule, found.firstSights, recorder);
  const candidates = [...found.candidates, ...settled].sort(compareCandidates);
  const cap = maxPerRun * capFactor(running);
  const isKeptWhole = running.plan.kind === "threshold" || cap === Number.POSITIVE_INFINITY;
  const { kept, capped } = isKeptWhole
    ? { kept: candidates, capped: 0 }
    : capRuns(rule, candidates, recorder, cap);
  leftOut.add(running, "capped", capped);
  const { survivors, suppressed } = await suppressCandidates(kept, recorder);
  leftOut.add(running, "suppressed", suppressed);
  return { survivors, isTruncated, undecided };
}

/** How many times `max_signals` a run may find where it suppresses: the alerts and what they stand for (5.5). */
function capFactor({ rule, plan }: RunningRule): number {
  if (rule.alertSuppression === undefined) return 1;
  if (groupsInStore(rule)) return Number.POSITIVE_INFINITY;
  return plan.kind === "threat_match" || plan.kind === "new_terms" ? 5 : 1;
}

/** Without a time first, then by the latest event, then by rule id; those of one rule keep their order. */
function compareSurvivors({ candidate: left }: Survivor, { candidate: right }: Survivor): number {
  const order = compareTimes(left.time, right.time);
  if (order !== 0) return order;
  const { ruleId: a } = left.rule.running.rule;
  const { ruleId: b } = right.rule.running.rule;
  return a === b ? 0 : a < b ? -1 : 1;
}
