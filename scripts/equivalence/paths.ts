import type { Predicate } from "@harrier/lang/ir";
import {
  ConditionSet,
  compilePredicate,
  type EventDocument,
  evaluatePredicate,
  type MatchOptions,
} from "@harrier/lang/match";

/** A way to tell which of the conditions an event meets. */
export interface MatchPath {
  readonly name: string;
  /** The places of the conditions that hold, ascending. */
  readonly match: (document: EventDocument) => readonly number[];
}

/** The meaning: each condition by itself, by a walk over its tree. */
export function plainPath(conditions: readonly Predicate[], options: MatchOptions): MatchPath {
  return {
    name: "evaluatePredicate",
    match: (document) =>
      conditions.flatMap((condition, place) =>
        evaluatePredicate(condition, document, options) ? [place] : [],
      ),
  };
}

/** Every faster way, to be compared with the plain one on every event. */
export function fasterPaths(
  conditions: readonly Predicate[],
  options: MatchOptions,
): readonly MatchPath[] {
  const set = new ConditionSet(conditions, options);
  return [{ name: "ConditionSet", match: (document) => set.match(document) }];
}

/** Each condition made ready by itself: as slow as the plain way, so for some of the events. */
export function compiledPath(conditions: readonly Predicate[], options: MatchOptions): MatchPath {
  const tests = conditions.map((condition) => compilePredicate(condition, options));
  return {
    name: "compilePredicate",
    match: (document) => tests.flatMap((test, place) => (test(document) ? [place] : [])),
  };
}
