import { type LeafPredicate, printPredicate } from "@harrier/lang/ir";
import type { MatchStatistics } from "@harrier/lang/match";
import type { Rule } from "../rules/index.ts";
import type { RunningRule } from "./running-rule.ts";
import type { WatchList } from "./watch-list.ts";

/**
 * What looking for matches has cost, as counted work: an event costs little where no program runs for it, so
 * the programs that run, and the leaves that they must have worked out, are what a rule author can change. What several
 * rules share is counted once in the totals and for each of them.
 */
export interface HuntProfile {
  /** Events matched; those of blocks that were read twice count twice. */
  readonly events: number;
  /** Values of fields that some rule asks for. */
  readonly values: number;
  /** Those of them that had not been seen before, and had to be held against all patterns. */
  readonly newValues: number;
  /** Programs that ran: a condition, or an alternative of a long one, was looked at. */
  readonly looks: number;
  /** The rules whose conditions were looked at most; not those that never were. */
  readonly rules: readonly RuleCost[];
  /** Predicates that programs had worked out, one by one: what no table answers. Most often first. */
  readonly workedOut: readonly PredicateCost[];
  /** Predicates that tables answered, those that were true most often first: each time all who wait for one are looked for. */
  readonly true: readonly PredicateCost[];
  /** Rules with a condition that has to be looked at on every event. */
  readonly alwaysEvaluated: readonly Rule[];
}

export interface RuleCost {
  readonly rule: Rule;
  readonly looks: number;
  /** Looks that ended with yes. */
  readonly hits: number;
  /** Its events are kept for a later decision: each hit is written down. */
  readonly isDeferred: boolean;
}

export interface PredicateCost {
  /** In the notation of the intermediate language. */
  readonly text: string;
  /** How often; of those that were true about, from a sample. */
  readonly count: number;
}

/** Rules and predicates told. */
const mostTold = 10;

/** `statistics` are those of all sets of the hunt's conditions; `always` is what any of them says of them. */
export function profileHunt(
  statistics: readonly MatchStatistics[],
  always: readonly number[],
  watchList: WatchList,
  running: readonly RunningRule[],
): HuntProfile {
  const total = (of: (each: MatchStatistics) => number) =>
    statistics.reduce((sum, each) => sum + of(each), 0);
  const conditionsOf = conditionsByRule(watchList);
  const deferred = new Set(watchList.deferred.map((rule) => rule.running));
  const costs = running.map((each): RuleCost => {
    const own = [...(conditionsOf.get(each) ?? [])];
    const sum = (what: "run" | "met") =>
      own.reduce(
        (count, place) => count + total(({ conditions }) => conditions[place]?.[what] ?? 0),
        0,
      );
    return {
      rule: each.rule,
      looks: sum("run"),
      hits: sum("met"),
      isDeferred: deferred.has(each),
    };
  });
  const isAlways = new Set(always);
  return {
    events: total(({ events }) => events),
    values: total(({ values }) => values),
    newValues: total(({ newValues }) => newValues),
    looks: total(({ conditions }) => conditions.reduce((sum, { run }) => sum + run, 0)),
    rules: costs
      .filter(({ looks }) => looks > 0)
      .sort((left, right) => right.looks - left.looks)
      .slice(0, mostTold),
    workedOut: dearestOf(statistics, ({ computations }) =>
      computations.map(({ leaf, times }) => ({ leaf, count: times })),
    ),
    true: dearestOf(statistics, ({ leaves }) =>
      leaves.map(({ leaf, wasTrue }) => ({ leaf, count: wasTrue })),
    ),
    alwaysEvaluated: running
      .filter((each) => [...(conditionsOf.get(each) ?? [])].some((place) => isAlways.has(place)))
      .map(({ rule }) => rule),
  };
}

/** The places of the conditions that are asked for each rule, its exception's among them. */
function conditionsByRule({
  immediate,
  taps,
}: WatchList): ReadonlyMap<RunningRule, ReadonlySet<number>> {
  const found = new Map<RunningRule, Set<number>>();
  const add = (rule: RunningRule, ...places: readonly (number | undefined)[]) => {
    const own = found.get(rule) ?? new Set();
    found.set(rule, own);
    for (const place of places) if (place !== undefined) own.add(place);
  };
  immediate.forEach((watchers, place) => {
    for (const { running, exception } of watchers) add(running, place, exception);
  });
  for (const tap of taps.flat()) {
    for (const rule of tap.rules) add(rule, tap.condition, tap.exception);
  }
  return found;
}

interface Counted {
  readonly leaf: LeafPredicate;
  readonly count: number;
}

/** The predicates that count most, summed over all sets by their places. */
function dearestOf(
  statistics: readonly MatchStatistics[],
  countsOf: (each: MatchStatistics) => readonly Counted[],
): readonly PredicateCost[] {
  const [first = [], ...others] = statistics.map(countsOf);
  return first
    .map(({ leaf, count }, place) => ({
      leaf,
      count: others.reduce((sum, each) => sum + (each[place]?.count ?? 0), count),
    }))
    .filter(({ count }) => count > 0)
    .sort((left, right) => right.count - left.count)
    .slice(0, mostTold)
    .map(({ leaf, count }) => ({ text: printPredicate(leaf), count }));
}
