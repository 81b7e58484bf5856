import type { Predicate } from "../ir/index.ts";
import { type EventDocument, someObject, someValue, someValueAnywhere } from "./document.ts";
import { prepareExpression, someCombination } from "./expression.ts";
import { anywhereTest, compileLeaf } from "./leaf.ts";
import { foldingOf, type MatchOptions } from "./options.ts";

/**
 * One predicate as a function of the event; agrees with `evaluatePredicate`. For many predicates on
 * the same events take a `ConditionSet`: its cost hardly grows with their number.
 */
export function compilePredicate(
  predicate: Predicate,
  options?: MatchOptions,
): (document: EventDocument) => boolean {
  switch (predicate.kind) {
    case "constant": {
      const { value } = predicate;
      return () => value;
    }
    case "all": {
      const parts = predicate.of.map((part) => compilePredicate(part, options));
      return (document) => parts.every((part) => part(document));
    }
    case "any": {
      const parts = predicate.of.map((part) => compilePredicate(part, options));
      return (document) => parts.some((part) => part(document));
    }
    case "not": {
      const of = compilePredicate(predicate.of, options);
      return (document) => !of(document);
    }
    case "expression": {
      const prepared = prepareExpression(predicate.of, foldingOf(options));
      return (document) => someCombination(prepared, document, (result) => result === true);
    }
    case "nested": {
      const { path } = predicate;
      const of = compilePredicate(predicate.of, options);
      return (document) => someObject(document, path, of);
    }
    case "anywhere": {
      const test = anywhereTest(predicate, foldingOf(options));
      return (document) => someValueAnywhere(document, test);
    }
    case "exists":
    case "equals":
    case "range":
    case "wildcard":
    case "regex":
    case "cidr":
    case "tokens": {
      const { path } = predicate.field;
      const test = compileLeaf(predicate, foldingOf(options));
      return (document) => someValue(document, path, test);
    }
    default:
      return predicate satisfies never;
  }
}
