import { findFunction } from "../functions/index.ts";
import type { Expression } from "../ir/index.ts";
import type { ComparisonNode, ExpressionNode, InNode, MatchNode } from "./ast.ts";
import { foldConstant } from "./fold.ts";
import { type Lowering, listValues, lowerField, orderSides } from "./operands.ts";
import { meaningOfMatch, patternTexts } from "./patterns.ts";
import { isConstant } from "./types.ts";

/** An expression for the inside of a leaf, where null is a value and constants are already computed. */
export function lowerExpression(node: ExpressionNode, lowering: Lowering): Expression {
  if (isConstant(node)) return { kind: "literal", value: foldConstant(node, lowering.folding) };
  const lower = (child: ExpressionNode): Expression => lowerExpression(child, lowering);
  switch (node.kind) {
    case "literal":
      return { kind: "literal", value: node.value };
    case "field":
      return { kind: "field", field: lowerField(node, lowering) };
    case "call":
      return {
        kind: "call",
        name: findFunction(node.name)?.name ?? node.name,
        args: node.args.map(lower),
        fold: node.insensitive,
      };
    case "negate":
    case "not":
      return { kind: node.kind, of: lower(node.of) };
    case "arithmetic":
      return { kind: "arithmetic", op: node.op, left: lower(node.left), right: lower(node.right) };
    case "comparison":
      return lowerComparisonInside(node, lowering);
    case "in":
      return lowerInInside(node, lowering);
    case "match":
      return lowerMatchInside(node, lower(node.of));
    case "logical":
      return { kind: node.op === "and" ? "all" : "any", of: node.operands.map(lower) };
    default:
      return node satisfies never;
  }
}

function lowerComparisonInside(node: ComparisonNode, lowering: Lowering): Expression {
  const { op, left, right } = orderSides(node, lowering);
  const of = lowerExpression(left, lowering);
  if (right.constant !== null) {
    return { kind: "comparison", op, left: of, right: { kind: "literal", value: right.constant } };
  }
  const isNull: Expression = { kind: "isNull", of };
  if (op === "==") return isNull;
  return op === "!=" ? { kind: "not", of: isNull } : { kind: "literal", value: null };
}

function lowerInInside(node: InNode, lowering: Lowering): Expression {
  const found: Expression = {
    kind: "in",
    of: lowerExpression(node.of, lowering),
    values: listValues(node, lowering).map(({ value }) => value),
    fold: node.insensitive,
  };
  return node.negated ? { kind: "not", of: found } : found;
}

export function lowerMatchInside(node: MatchNode, of: Expression): Expression {
  const { fold, isRegex } = meaningOfMatch(node.op);
  return { kind: isRegex ? "regex" : "wildcard", of, patterns: patternTexts(node), fold };
}
