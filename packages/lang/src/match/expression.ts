import { evaluateArithmetic, findFunction, negateNumber } from "../functions/index.ts";
import type { Expression, Field } from "../ir/index.ts";
import {
  type CaseFolding,
  compareLiterals,
  compileRegex,
  compileWildcards,
  foldCase,
  type Literal,
  literalText,
} from "../values/index.ts";
import { type EventDocument, fieldValues } from "./document.ts";
import { meaningOf } from "./field-type.ts";
import { foldingOf, type MatchOptions } from "./options.ts";

/**
 * At most so many combinations of an expression's values are tried on one event; the rest count as
 * not there. A hostile event with five fields of a thousand values each would need 10^15.
 */
export const mostCombinations = 10_000;

/** An expression made ready. Two uses of one field are two columns: they vary independently (eql-semantics 5.4). */
export interface PreparedExpression {
  readonly columns: readonly Field[];
  /** The result for one value, or null, of each column. */
  readonly run: (row: readonly Literal[]) => Literal;
}

type Run = PreparedExpression["run"];
type Call = Extract<Expression, { kind: "call" }>;
type Comparison = Extract<Expression, { kind: "comparison" }>;
type Arithmetic = Extract<Expression, { kind: "arithmetic" }>;

/** The results for every combination of the fields' values. A field without values contributes null. */
export function evaluateExpression(
  expression: Expression,
  document: EventDocument,
  options?: MatchOptions,
): readonly Literal[] {
  const results: Literal[] = [];
  const prepared = prepareExpression(expression, foldingOf(options));
  someCombination(prepared, document, (result) => {
    results.push(result);
    return false;
  });
  return results;
}

/** Whether some combination passes the test; stops at the first. */
export function someCombination(
  { columns, run }: PreparedExpression,
  document: EventDocument,
  test: (result: Literal, row: readonly Literal[]) => boolean,
): boolean {
  const choices = columns.map((field) => columnValues(document, field));
  const row = choices.map((values) => values[0] ?? null);
  const places = choices.map(() => 0);
  for (let tried = 0; tried < mostCombinations; tried += 1) {
    if (test(run(row), row)) return true;
    let column = choices.length - 1;
    while (column >= 0) {
      const values = choices[column] ?? [];
      const next = ((places[column] ?? 0) + 1) % Math.max(1, values.length);
      places[column] = next;
      row[column] = values[next] ?? null;
      if (next !== 0) break;
      column -= 1;
    }
    if (column < 0) return false;
  }
  return false;
}

/** `compileExpression`, made once for each expression object. */
export function prepareExpression(
  expression: Expression,
  folding: CaseFolding,
): PreparedExpression {
  const known = made[folding];
  let prepared = known.get(expression);
  if (prepared === undefined) {
    const columns: Field[] = [];
    prepared = { columns, run: compile(expression, columns, folding) };
    known.set(expression, prepared);
  }
  return prepared;
}

const made: Record<CaseFolding, WeakMap<Expression, PreparedExpression>> = {
  unicode: new WeakMap(),
  ascii: new WeakMap(),
};

/** The field's values as expressions and join keys see them, each once; those that its type cannot hold are left out. */
export function columnValues(document: EventDocument, field: Field): readonly Literal[] {
  const { read, show } = meaningOf(field.type);
  const values = new Set<Literal>();
  for (const value of fieldValues(document, field.path)) {
    const own = read(value);
    if (own !== undefined) values.add(show(own));
  }
  return [...values];
}

function compile(expression: Expression, columns: Field[], folding: CaseFolding): Run {
  switch (expression.kind) {
    case "literal": {
      const { value } = expression;
      return () => value;
    }
    case "field": {
      const column = columns.push(expression.field) - 1;
      return (row) => row[column] ?? null;
    }
    case "call":
      return compileCall(expression, columns, folding);
    case "arithmetic":
      return compileArithmetic(expression, columns, folding);
    case "negate": {
      const of = compile(expression.of, columns, folding);
      return (row) => negateNumber(of(row));
    }
    case "comparison":
      return compileComparison(expression, columns, folding);
    case "in":
      return compileIn(expression, columns, folding);
    case "wildcard":
    case "regex": {
      const { patterns, fold } = expression;
      const matches =
        expression.kind === "regex"
          ? compileRegex(patterns, fold, folding)
          : compileWildcards(patterns, fold, folding);
      const of = compile(expression.of, columns, folding);
      return (row) => {
        const value = of(row);
        return value === null ? null : matches(literalText(value));
      };
    }
    case "isNull": {
      const of = compile(expression.of, columns, folding);
      return (row) => of(row) === null;
    }
    case "all":
    case "any":
      return compileJunction(expression.kind, expression.of, columns, folding);
    case "not": {
      const of = compile(expression.of, columns, folding);
      return (row) => {
        const value = of(row);
        return typeof value === "boolean" ? !value : null;
      };
    }
    default:
      return expression satisfies never;
  }
}

function compileCall({ name, args, fold }: Call, columns: Field[], folding: CaseFolding): Run {
  const called = findFunction(name);
  if (called === undefined) throw new Error(`no function is called ${name}`);
  const context = { fold, folding };
  const runs = args.map((arg) => compile(arg, columns, folding));
  return (row) =>
    called.run(
      runs.map((run) => run(row)),
      context,
    );
}

function compileArithmetic(
  { op, left, right }: Arithmetic,
  columns: Field[],
  folding: CaseFolding,
): Run {
  const leftRun = compile(left, columns, folding);
  const rightRun = compile(right, columns, folding);
  return (row) => evaluateArithmetic(op, leftRun(row), rightRun(row));
}

function compileComparison(
  { op, left, right }: Comparison,
  columns: Field[],
  folding: CaseFolding,
): Run {
  const leftRun = compile(left, columns, folding);
  const rightRun = compile(right, columns, folding);
  return (row) => compareLiterals(op, leftRun(row), rightRun(row));
}

function compileIn(
  { of, values, fold }: Extract<Expression, { kind: "in" }>,
  columns: Field[],
  folding: CaseFolding,
): Run {
  const run = compile(of, columns, folding);
  const folded = (value: Exclude<Literal, null>): Exclude<Literal, null> =>
    fold && typeof value === "string" ? foldCase(value, folding) : value;
  const wanted = values.map(folded);
  return (row) => {
    const value = run(row);
    if (value === null) return null;
    const own = folded(value);
    return wanted.some((literal) => compareLiterals("==", own, literal) === true);
  };
}

function compileJunction(
  kind: "all" | "any",
  of: readonly Expression[],
  columns: Field[],
  folding: CaseFolding,
): Run {
  const decisive = kind === "any";
  const runs = of.map((part) => compile(part, columns, folding));
  return (row) => {
    let result: Literal = !decisive;
    for (const run of runs) {
      const value = run(row);
      if (value === decisive) return decisive;
      if (typeof value !== "boolean") result = null;
    }
    return result;
  };
}
