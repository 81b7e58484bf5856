import type { Field, Predicate, Step } from "@harrier/lang/ir";
import type { RulePlan } from "../rule-types/index.ts";
import type { Rule } from "../rules/index.ts";
import { clockName, orderClock, seenClock } from "./clock.ts";
import type { RunningRule } from "./running-rule.ts";
import type { NotePlan } from "./scan/notes.ts";
import { eventCondition } from "./threat-join.ts";
import { readsIdentity } from "./with-identity.ts";

/** What a hunt looks for in each event: the conditions of all rules, each once, and who wants to know of them. */
export interface WatchList {
  readonly conditions: readonly Predicate[];
  /** Some condition asks for an event's `_id` or `_index`. */
  readonly readsIdentity: boolean;
  /** By condition: the rules that alert at once when it is true. */
  readonly immediate: readonly (readonly Watcher[])[];
  /** By condition: the taps that record the event. */
  readonly taps: readonly (readonly Tap[])[];
  /** What is noted of the events that meet taps. */
  readonly plan: NotePlan;
  readonly deferred: readonly DeferredRule[];
  /** By the rule's place. */
  readonly needs: ReadonlyMap<number, Need>;
}

/** A rule that alerts at once, and the condition that keeps an event from it. */
export interface Watcher {
  readonly running: RunningRule;
  readonly exception: number | undefined;
}

/** What must have been there at least once before the rule can match. */
export interface Need {
  /** Places among the conditions. */
  readonly conditions: readonly number[];
  readonly taps: readonly Tap[];
}

/** A condition with its join fields and its exception, shared by all steps of all rules that have all in common. */
export interface Tap {
  /** Its place among the taps of the hunt. */
  readonly place: number;
  readonly condition: number;
  /** The condition that keeps an event from being recorded. */
  readonly exception: number | undefined;
  readonly step: Step;
  readonly rules: ReadonlySet<RunningRule>;
  /** Alerts are recorded, too. */
  readonly readsAlerts: boolean;
  /** The rule whose indicators an event must meet, too, to be recorded. */
  readonly threat?: RunningRule;
}

/** A rule that is decided when all events have been read: what joins, counts, compares, is piped or capped. */
export interface DeferredRule {
  readonly running: RunningRule;
  /** The tap of each step of the plan, that of `until` last. */
  readonly taps: readonly Tap[];
  /** Those that every match needs an event of; each once. */
  readonly positive: readonly Tap[];
}

export function makeWatchList(rules: readonly RunningRule[]): WatchList {
  const conditions = new Map<string, Predicate>();
  const numbers = new Map<string, number>();
  const tapsByContent = new Map<string, Tap & { readonly rules: Set<RunningRule> }>();
  const immediate: Watcher[][] = [];
  const taps: Tap[][] = [];
  const deferred: DeferredRule[] = [];
  const needs = new Map<number, Need>();

  // Hundreds of rules share one object for their exceptions, which may be long.
  const numbersByObject = new Map<Predicate, number>();
  const numberOf = (condition: Predicate): number => {
    const number = numbersByObject.get(condition) ?? numberOfContent(condition);
    numbersByObject.set(condition, number);
    return number;
  };
  const numberOfContent = (condition: Predicate): number => {
    const content = contentOf(condition);
    const known = numbers.get(content);
    if (known !== undefined) return known;
    const number = conditions.size;
    conditions.set(content, condition);
    numbers.set(content, number);
    immediate.push([]);
    taps.push([]);
    return number;
  };
  const tapOf = (step: Step, running: RunningRule, exception: number | undefined): Tap => {
    const condition = numberOf(step.condition);
    const threat = running.plan.kind === "threat_match" ? running : undefined;
    const { readsAlerts } = running;
    const reading = `${exception} ${threat?.place} ${readsAlerts}`;
    const content = `${condition} ${reading} ${contentOf(step.keys)}`;
    const known = tapsByContent.get(content);
    if (known !== undefined) {
      known.rules.add(running);
      return known;
    }
    const place = tapsByContent.size;
    const own = threat === undefined ? {} : { threat };
    const rules = new Set([running]);
    const tap = { place, condition, exception, step, rules, readsAlerts, ...own };
    tapsByContent.set(content, tap);
    taps[condition]?.push(tap);
    return tap;
  };

  for (const running of rules) {
    const { plan, place } = running;
    const exception = running.exception === undefined ? undefined : numberOf(running.exception);
    const steps = stepsOf(plan);
    if (running.isImmediate) {
      const asked = steps.map((step) => numberOf(step.condition));
      for (const condition of asked) immediate[condition]?.push({ running, exception });
      needs.set(place, { conditions: asked, taps: [] });
      continue;
    }
    const tapsOfSteps = steps.map((step) => tapOf(step, running, exception));
    const positive = [...new Set(tapsOfSteps.filter((_, index) => isPositive(plan, index)))];
    deferred.push({ running, taps: tapsOfSteps, positive });
    needs.set(place, { conditions: positive.map(({ condition }) => condition), taps: positive });
  }
  return {
    conditions: [...conditions.values()],
    readsIdentity: readsIdentity([...conditions.values()]),
    immediate,
    taps,
    plan: planNotes(
      [...tapsByContent.values()],
      deferred.map(({ running }) => running.rule),
    ),
    deferred,
    needs,
  };
}

/**
 * The steps of a plan, `until` last. An event query is one step without keys. What counts is one step
 * with what it counts by as keys, and a second one for the field whose different values it counts.
 */
export function stepsOf(plan: RulePlan): readonly Step[] {
  switch (plan.kind) {
    case "event":
      return [stepBy(plan.condition, [])];
    case "threat_match":
      return [stepBy(eventCondition(plan), [])];
    case "threshold": {
      const groups = stepBy(plan.condition, plan.groupBy);
      const { cardinality } = plan;
      return cardinality === undefined
        ? [groups]
        : [groups, stepBy(plan.condition, [cardinality.field])];
    }
    case "new_terms":
      return [stepBy(plan.condition, plan.fields)];
    case "sequence":
      return plan.until === undefined ? plan.steps : [...plan.steps, plan.until];
    case "sample":
      return plan.steps;
    default:
      return plan satisfies never;
  }
}

function stepBy(condition: Predicate, fields: readonly Field[]): Step {
  const keys = fields.map((field) => ({ field, optional: false }));
  return { condition, keys, missing: false };
}

/** The keys of the taps, and what puts the events of the rules in order. */
function planNotes(taps: readonly Tap[], rules: readonly Rule[]): NotePlan {
  const clocks = rules.flatMap((rule) => [orderClock(rule), seenClock(rule)]);
  const tiebreakers = rules.flatMap(({ tiebreakerField }) => tiebreakerField ?? []);
  return {
    keys: taps.map(({ step }) => step.keys),
    clocks: [...new Map(clocks.map((clock) => [clockName(clock), clock])).values()],
    tiebreakers: [...new Set(tiebreakers)],
  };
}

/** Whether a match needs an event for the step at this place. */
function isPositive(plan: RulePlan, place: number): boolean {
  if (plan.kind === "threshold" && place === 1) return (plan.cardinality?.count ?? 0) > 0;
  if (plan.kind !== "sequence") return true;
  return plan.steps[place]?.missing === false;
}

/** A text that says everything of a piece of plan. JSON has neither `bigint` nor infinity. */
function contentOf(part: unknown): string {
  return JSON.stringify(part, (_key, value: unknown) => {
    if (typeof value === "bigint") return { bigint: String(value) };
    if (typeof value === "number" && !Number.isFinite(value)) return { number: String(value) };
    return value;
  });
}
