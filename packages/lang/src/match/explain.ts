import type {
  AnywherePredicate,
  Expression,
  FieldPredicate,
  NestedPredicate,
  Predicate,
} from "../ir/index.ts";
import type { FieldPath, Literal } from "../values/index.ts";
import {
  type EventDocument,
  type FieldValue,
  fieldValues,
  someObject,
  someValueAnywhere,
} from "./document.ts";
import { prepareExpression, someCombination } from "./expression.ts";
import { anywhereTest, leafTest } from "./leaf.ts";
import { foldingOf, type MatchOptions } from "./options.ts";

/** Why a predicate is true or false on an event, clause by clause. */
export interface Explanation {
  readonly predicate: Predicate;
  readonly verdict: boolean;
  /**
   * The parts of `all`, `any` and `not`, each explained, also those that no longer mattered. Of a nested leaf:
   * the condition on the first object that satisfies it, or else on the first there is.
   */
  readonly of: readonly Explanation[];
  /** For a leaf over fields: those it reads, with all their values; none where the event lacks the field. */
  readonly fields: readonly { readonly path: FieldPath; readonly values: readonly FieldValue[] }[];
  /** For a true leaf over one field: the values that satisfy it. For one that looks anywhere: the first. For a true expression: the first combination, one value for each use of a field. */
  readonly deciding: readonly Literal[];
}

/** The verdict of the predicate is that of `evaluatePredicate`. */
export function explainPredicate(
  predicate: Predicate,
  document: EventDocument,
  options?: MatchOptions,
): Explanation {
  const explain = (part: Predicate): Explanation => explainPredicate(part, document, options);
  switch (predicate.kind) {
    case "constant":
      return { predicate, verdict: predicate.value, of: [], fields: [], deciding: [] };
    case "all":
    case "any":
    case "not": {
      const of = predicate.kind === "not" ? [explain(predicate.of)] : predicate.of.map(explain);
      const verdict = verdictOf(predicate.kind, of);
      return { predicate, verdict, of, fields: [], deciding: [] };
    }
    case "expression":
      return { predicate, of: [], ...explainExpression(predicate.of, document, options) };
    case "nested":
      return explainNested(predicate, document, options);
    case "anywhere":
      return explainAnywhere(predicate, document, options);
    default:
      return { predicate, of: [], ...explainLeaf(predicate, document, options) };
  }
}

type LeafExplanation = Pick<Explanation, "verdict" | "fields" | "deciding">;

function verdictOf(kind: "all" | "any" | "not", of: readonly Explanation[]): boolean {
  switch (kind) {
    case "all":
      return of.every((part) => part.verdict);
    case "any":
      return of.some((part) => part.verdict);
    case "not":
      return !of.some((part) => part.verdict);
    default:
      return kind satisfies never;
  }
}

function explainLeaf(
  leaf: FieldPredicate,
  document: EventDocument,
  options: MatchOptions | undefined,
): LeafExplanation {
  const { path } = leaf.field;
  const values = fieldValues(document, path);
  const deciding = values.filter(leafTest(leaf, foldingOf(options)));
  return { verdict: deciding.length > 0, fields: [{ path, values }], deciding };
}

function explainNested(
  predicate: NestedPredicate,
  document: EventDocument,
  options: MatchOptions | undefined,
): Explanation {
  let explained: Explanation | undefined;
  const verdict = someObject(document, predicate.path, (object) => {
    const explanation = explainPredicate(predicate.of, object, options);
    if (explained === undefined || explanation.verdict) explained = explanation;
    return explanation.verdict;
  });
  const of = explained === undefined ? [] : [explained];
  return { predicate, verdict, of, fields: [], deciding: [] };
}

function explainAnywhere(
  predicate: AnywherePredicate,
  document: EventDocument,
  options: MatchOptions | undefined,
): Explanation {
  const deciding: FieldValue[] = [];
  const test = anywhereTest(predicate, foldingOf(options));
  const verdict = someValueAnywhere(document, (value) => {
    const isTrue = test(value);
    if (isTrue) deciding.push(value);
    return isTrue;
  });
  return { predicate, verdict, of: [], fields: [], deciding };
}

function explainExpression(
  expression: Expression,
  document: EventDocument,
  options: MatchOptions | undefined,
): LeafExplanation {
  const prepared = prepareExpression(expression, foldingOf(options));
  const paths = new Set(prepared.columns.map((field) => field.path));
  let deciding: readonly Literal[] = [];
  const verdict = someCombination(prepared, document, (result, row) => {
    if (result === true) deciding = [...row];
    return result === true;
  });
  const fields = [...paths].map((path) => ({ path, values: fieldValues(document, path) }));
  return { verdict, fields, deciding };
}
