import type { Schema } from "@harrier/lang/ecs";
import type { Predicate } from "@harrier/lang/ir";
import type { EpochNanos } from "@harrier/lang/values";
import { type AlertContext, buildRuleFields } from "../alerts/index.ts";
import type { CompiledRule, RulePlan } from "../rule-types/index.ts";
import type { Rule } from "../rules/index.ts";
import { type Clock, hasFallback, seenClock } from "./clock.ts";
import { compileIndexPatterns } from "./index-patterns.ts";
import { namesAlerts } from "./read-alerts.ts";
import { makeSchedule, type Schedule, tickAfter } from "./windows.ts";

/** A rule that can run, with what a hunt needs of it. */
export interface RunningRule {
  readonly rule: Rule;
  readonly plan: RulePlan;
  /** What keeps an event from the rule. */
  readonly exception?: Predicate;
  /** Its place among the rules of the hunt. */
  readonly place: number;
  readonly context: AlertContext;
  readonly schedule: Schedule;
  /** Tells which run sees an event. */
  readonly clock: Clock;
  /** Its index patterns name the index of alerts: those of the hunt are events for it. */
  readonly readsAlerts: boolean;
  /** Alerts on an event when it comes. Otherwise it is decided when all events have been read. */
  readonly isImmediate: boolean;
  /** Whether the rule's index patterns name the index. True where there are no patterns; an event without an index is in none. */
  readonly lists: (index: string | undefined) => boolean;
}

export interface RunningOptions {
  /** Types of the fields in alerts. */
  readonly schema: Schema;
  /** Runs keep to `max_signals`: which of its matches a run keeps is known when all events are. */
  readonly isCapped: boolean;
}

/** The rules that have a plan, in their order. */
export function prepareRules(
  rules: readonly CompiledRule[],
  { schema, isCapped }: RunningOptions,
): readonly RunningRule[] {
  const lists = shareIndexMatchers();
  return rules.flatMap(({ rule, type, plan, exception }, place) => {
    if (plan === undefined) return [];
    const context = { rule, ruleFields: buildRuleFields(rule, type), schema };
    return [
      {
        rule,
        plan,
        ...(exception === undefined ? {} : { exception }),
        place,
        context,
        schedule: makeSchedule(rule),
        clock: seenClock(rule),
        readsAlerts: namesAlerts(rule.index, lists(rule.index)),
        isImmediate: looksAtOneEvent(plan) && !isCapped && rule.alertSuppression === undefined,
        lists: lists(rule.index),
      },
    ];
  });
}

function looksAtOneEvent(plan: RulePlan): boolean {
  return plan.kind === "threat_match" || (plan.kind === "event" && plan.pipes.length === 0);
}

/** Answers kept for each list of patterns; a log may name any number of indices. */
const mostAnswers = 1_000;

/** Hundreds of rules have the same patterns, and thousands of events the same index. */
function shareIndexMatchers(): (patterns: readonly string[]) => RunningRule["lists"] {
  const made = new Map<string, RunningRule["lists"]>();
  return (patterns) => {
    const key = patterns.join(",");
    let matcher = made.get(key);
    if (matcher === undefined) {
      matcher = patterns.length === 0 ? () => true : rememberAnswers(patterns);
      made.set(key, matcher);
    }
    return matcher;
  };
}

function rememberAnswers(patterns: readonly string[]): RunningRule["lists"] {
  const matches = compileIndexPatterns(patterns);
  const answers = new Map<string, boolean>();
  return (index) => {
    if (index === undefined) return false;
    let answer = answers.get(index);
    if (answer === undefined) {
      if (answers.size === mostAnswers) answers.clear();
      answer = matches(index);
      answers.set(index, answer);
    }
    return answer;
  };
}

/**
 * The first run that sees an event with this time by the rule's clock: its tick. Undefined where
 * none does. An event without a time counts as happening now, unless the rule has no fallback.
 */
export function findTick(
  { rule, schedule }: RunningRule,
  time: EpochNanos | undefined,
  now: EpochNanos,
): EpochNanos | undefined {
  if (time !== undefined) return schedule.runFor(time)?.tick;
  return hasFallback(rule) ? tickAfter(now, rule.intervalMs) : undefined;
}
