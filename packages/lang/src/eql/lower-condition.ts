import { findFunction } from "../functions/index.ts";
import {
  allOf,
  anyOf,
  compareOnField,
  complement,
  type Expression,
  equalsOnField,
  type Misfit,
  type Predicate,
} from "../ir/index.ts";
import { hasWildcards, type Literal } from "../values/index.ts";
import type { CallNode, ComparisonNode, ExpressionNode, InNode } from "./ast.ts";
import { foldConstant } from "./fold.ts";
import { lowerExpression, lowerMatchInside } from "./lower-expression.ts";
import { type Lowering, listValues, lowerField, orderSides } from "./operands.ts";
import { matchField } from "./patterns.ts";
import { isBooleanForm, isConstant } from "./types.ts";

const never: Predicate = { kind: "constant", value: false };

/**
 * Takes a checked condition apart along `and`, `or` and `not` down to leaves (eql-semantics 4.2). A part without fields is
 * computed now; null counts as false there as in any leaf.
 */
export function lowerCondition(node: ExpressionNode, lowering: Lowering): Predicate {
  if (isConstant(node)) {
    return { kind: "constant", value: foldConstant(node, lowering.folding) === true };
  }
  switch (node.kind) {
    case "logical": {
      const parts = node.operands.map((operand) => lowerCondition(operand, lowering));
      return node.op === "and" ? allOf(parts) : anyOf(parts);
    }
    case "not":
      return complement(lowerCondition(node.of, lowering));
    case "field": {
      const field = lowerField(node, lowering);
      return { kind: "equals", field, values: [true], fold: false };
    }
    case "comparison":
      return lowerComparison(node, lowering);
    case "in": {
      const found = lowerIn(node, lowering);
      return node.negated ? complement(found) : found;
    }
    case "match":
      return node.of.kind === "field"
        ? matchField(lowerField(node.of, lowering), node)
        : leaf(lowerMatchInside(node, lowerExpression(node.of, lowering)));
    case "call":
      return lowerCall(node, lowering) ?? leaf(lowerExpression(node, lowering));
    default:
      return leaf(lowerExpression(node, lowering));
  }
}

function leaf(of: Expression): Predicate {
  return { kind: "expression", of };
}

function lowerComparison(node: ComparisonNode, lowering: Lowering): Predicate {
  if (node.op === "!=") return complement(lowerComparison({ ...node, op: "==" }, lowering));
  const { op, left, right } = orderSides(node, lowering);
  const { constant } = right;
  if (constant === null) return op === "==" ? lowerIsNull(left, lowering) : never;
  if (left.kind === "field") {
    const field = lowerField(left, lowering);
    return expectFit(
      op === "==" || op === "!="
        ? equalsOnField(field, [constant], false, lowering.now)
        : compareOnField(field, op, constant, lowering.now),
    );
  }
  // `E == true` is E. The leaves of E are false where they are null, so `E == false` is its complement.
  if (op === "==" && typeof constant === "boolean" && isBooleanForm(left)) {
    const condition = lowerCondition(left, lowering);
    return constant ? condition : complement(condition);
  }
  return leaf({
    kind: "comparison",
    op,
    left: lowerExpression(left, lowering),
    right: { kind: "literal", value: constant },
  });
}

function lowerIsNull(node: ExpressionNode, lowering: Lowering): Predicate {
  return node.kind === "field"
    ? complement({ kind: "exists", field: lowerField(node, lowering) })
    : leaf({ kind: "isNull", of: lowerExpression(node, lowering) });
}

function lowerIn(node: InNode, lowering: Lowering): Predicate {
  const values = listValues(node, lowering).map(({ value }) => value);
  if (values.length === 0) return never;
  if (node.of.kind === "field") {
    const field = lowerField(node.of, lowering);
    return expectFit(equalsOnField(field, values, node.insensitive, lowering.now));
  }
  const of = lowerExpression(node.of, lowering);
  return leaf({ kind: "in", of, values, fold: node.insensitive });
}

/**
 * A function of one field and constants as a leaf over that field, where it means the same. The constant is taken
 * literally: with a wildcard in it the call stays a call (eql-semantics 10.1).
 */
function lowerCall(node: CallNode, lowering: Lowering): Predicate | undefined {
  const [first, ...others] = node.args;
  if (first?.kind !== "field") return undefined;
  const field = lowerField(first, lowering);
  const constants = others.map((arg) =>
    isConstant(arg) ? foldConstant(arg, lowering.folding) : null,
  );
  const name = findFunction(node.name)?.name;
  if (name === "cidrMatch") {
    const blocks = constants.filter((value) => typeof value === "string");
    return blocks.length === others.length ? { kind: "cidr", field, blocks } : undefined;
  }
  const pattern = name === undefined ? undefined : patternOf(name, constants[0] ?? null);
  if (pattern === undefined || field.type !== "keyword") return undefined;
  return { kind: "wildcard", field, patterns: [pattern], fold: node.insensitive };
}

function patternOf(name: string, constant: Literal): string | undefined {
  // Wildcards count code points and functions UTF-16 units: half a pair could only match one of them.
  if (typeof constant !== "string" || constant === "" || /[\ud800-\udfff]/.test(constant)) {
    return undefined;
  }
  if (hasWildcards(constant)) return undefined;
  switch (name) {
    case "startsWith":
      return `${constant}*`;
    case "endsWith":
      return `*${constant}`;
    case "stringContains":
      return `*${constant}*`;
    default:
      return undefined;
  }
}

function expectFit(result: Predicate | Misfit): Predicate {
  if (result.kind === "misfit") throw new Error(`not checked: ${result.message}`);
  return result;
}
