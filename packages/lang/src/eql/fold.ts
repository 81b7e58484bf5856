import { findFunction } from "../functions/index.ts";
import {
  type CaseFolding,
  checkLong,
  compareLiterals,
  compileRegex,
  compileWildcards,
  equalsFolded,
  type Literal,
  literalText,
  RegexSyntaxError,
} from "../values/index.ts";
import type {
  ArithmeticOperator,
  ComparisonNode,
  ExpressionNode,
  InNode,
  MatchNode,
} from "./ast.ts";
import { meaningOfMatch, patternTexts } from "./patterns.ts";

/**
 * The value of an expression without fields, by the rules of the inside of a leaf (eql-semantics 4.5 and 4.7):
 * null in, null out; three-valued `and`, `or`, `not`. A field in it counts as null.
 */
export function foldConstant(node: ExpressionNode, folding: CaseFolding = "unicode"): Literal {
  switch (node.kind) {
    case "literal":
      return node.value;
    case "field":
      return null;
    case "call":
      return run(node.name, node.args, node.insensitive, folding);
    case "arithmetic":
      return run(functionOf[node.op], [node.left, node.right], false, folding);
    case "negate":
      return negate(foldConstant(node.of, folding));
    case "comparison":
      return compare(node, folding);
    case "in":
      return contains(node, folding);
    case "match":
      return match(node, folding);
    case "not":
      return not(foldConstant(node.of, folding));
    case "logical":
      return join(
        node.op === "or",
        node.operands.map((operand) => foldConstant(operand, folding)),
      );
    default:
      return node satisfies never;
  }
}

const functionOf: Readonly<Record<ArithmeticOperator, string>> = {
  "+": "add",
  "-": "subtract",
  "*": "multiply",
  "/": "divide",
  "%": "modulo",
};

function run(
  name: string,
  args: readonly ExpressionNode[],
  fold: boolean,
  folding: CaseFolding,
): Literal {
  const values = args.map((arg) => foldConstant(arg, folding));
  return findFunction(name)?.run(values, { fold, folding }) ?? null;
}

function negate(value: Literal): Literal {
  if (typeof value === "bigint") return checkLong(-value);
  return typeof value === "number" ? -value : null;
}

/** `E == null` asks whether E is null, on whichever side the null is; other comparisons with null are null. */
function compare({ op, left, right }: ComparisonNode, folding: CaseFolding): Literal {
  const a = foldConstant(left, folding);
  const b = foldConstant(right, folding);
  if (a === null || b === null) {
    if (op === "==") return a === b;
    return op === "!=" ? a !== b : null;
  }
  return compareLiterals(op, a, b);
}

function contains(node: InNode, folding: CaseFolding): Literal {
  const value = foldConstant(node.of, folding);
  if (value === null) return null;
  const found = node.list.some((element) => {
    const other = foldConstant(element, folding);
    return node.insensitive && typeof value === "string" && typeof other === "string"
      ? equalsFolded(value, other, folding)
      : compareLiterals("==", value, other) === true;
  });
  return found !== node.negated;
}

function match(node: MatchNode, folding: CaseFolding): Literal {
  const value = foldConstant(node.of, folding);
  if (value === null) return null;
  const { fold, isRegex } = meaningOfMatch(node.op);
  const patterns = patternTexts(node);
  try {
    const matches = isRegex
      ? compileRegex(patterns, fold, folding)
      : compileWildcards(patterns, fold, folding);
    return matches(literalText(value));
  } catch (error) {
    // The checks report the pattern.
    if (error instanceof RegexSyntaxError) return null;
    throw error;
  }
}

function not(value: Literal): Literal {
  return typeof value === "boolean" ? !value : null;
}

function join(decisive: boolean, values: readonly Literal[]): Literal {
  if (values.includes(decisive)) return decisive;
  return values.every((value) => value === !decisive) ? !decisive : null;
}
