import type { Predicate } from "../ir/index.ts";
import { type EventDocument, someObject, someValue, someValueAnywhere } from "./document.ts";
import { prepareExpression, someCombination } from "./expression.ts";
import { anywhereTest, leafTest } from "./leaf.ts";
import { foldingOf, type MatchOptions } from "./options.ts";

/**
 * Whether the event meets the condition: the meaning, by a plain walk over the tree (eql-semantics
 * 4.2 and 5). Every faster way is tested against this one.
 */
export function evaluatePredicate(
  predicate: Predicate,
  document: EventDocument,
  options?: MatchOptions,
): boolean {
  switch (predicate.kind) {
    case "constant":
      return predicate.value;
    case "all":
      return predicate.of.every((part) => evaluatePredicate(part, document, options));
    case "any":
      return predicate.of.some((part) => evaluatePredicate(part, document, options));
    case "not":
      return !evaluatePredicate(predicate.of, document, options);
    case "expression": {
      const prepared = prepareExpression(predicate.of, foldingOf(options));
      return someCombination(prepared, document, (result) => result === true);
    }
    case "nested":
      return someObject(document, predicate.path, (object) =>
        evaluatePredicate(predicate.of, object, options),
      );
    case "anywhere":
      return someValueAnywhere(document, anywhereTest(predicate, foldingOf(options)));
    case "exists":
    case "equals":
    case "range":
    case "wildcard":
    case "regex":
    case "cidr":
    case "tokens":
      return someValue(document, predicate.field.path, leafTest(predicate, foldingOf(options)));
    default:
      return predicate satisfies never;
  }
}
