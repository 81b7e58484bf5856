import type { Predicate } from "@harrier/lang/ir";
import {
  ConditionSet,
  compilePredicate,
  type EventDocument,
  evaluatePredicate,
  type MatchOptions,
} from "@harrier/lang/match";

/** A way to tell which of the conditions an event meets: their places, ascending. */
export interface DocumentPath {
  readonly name: string;
  readonly match: (document: EventDocument) => readonly number[];
}

/** The same from a line of JSON; `undefined` where the line is none that is an object. */
export interface LinePath {
  readonly name: string;
  readonly match: (line: string) => readonly number[] | undefined;
}

/** The meaning: each condition by itself, by a walk over its tree. */
export function plainPath(conditions: readonly Predicate[], options: MatchOptions): DocumentPath {
  return {
    name: "evaluatePredicate",
    match: (document) =>
      conditions.flatMap((condition, place) =>
        evaluatePredicate(condition, document, options) ? [place] : [],
      ),
  };
}

/** Each condition made ready by itself: as slow as the plain way, so for some of the events. */
export function compiledPath(
  conditions: readonly Predicate[],
  options: MatchOptions,
): DocumentPath {
  const tests = conditions.map((condition) => compilePredicate(condition, options));
  return {
    name: "compilePredicate",
    match: (document) => tests.flatMap((test, place) => (test(document) ? [place] : [])),
  };
}

/** All conditions at once, on documents and on bytes, which ask one set in turn. */
export function setPaths(
  conditions: readonly Predicate[],
  options: MatchOptions,
): { readonly documents: DocumentPath; readonly lines: LinePath } {
  const set = new ConditionSet(conditions, options);
  const lines = set.openLines({
    decode: (bytes, start, end) => Buffer.from(bytes.subarray(start, end)).toString("utf8"),
  });
  return {
    documents: { name: "ConditionSet", match: (document) => set.match(document) },
    lines: {
      name: "LineMatcher",
      match: (line) => {
        const bytes = Buffer.from(line);
        return lines.match(bytes, 0, bytes.length);
      },
    },
  };
}
