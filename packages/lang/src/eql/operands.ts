import type { Schema } from "../ecs/index.ts";
import type { Field } from "../ir/index.ts";
import type { CaseFolding, EpochNanos, Literal } from "../values/index.ts";
import type {
  ComparisonNode,
  ComparisonOperator,
  ExpressionNode,
  FieldNode,
  InNode,
} from "./ast.ts";
import { foldConstant } from "./fold.ts";
import { fieldTypeOf, isConstant } from "./types.ts";

/** What the lowering functions hand on. */
export interface Lowering {
  readonly schema: Schema;
  readonly folding: CaseFolding;
  readonly now: EpochNanos | undefined;
}

export function lowerField({ path }: FieldNode, { schema }: Lowering): Field {
  return { path, type: fieldTypeOf(path, schema) };
}

/** The values of a list with their nodes; null in a list is ignored (eql-semantics 6). */
export function listValues(
  node: InNode,
  { folding }: Pick<Lowering, "folding">,
): readonly { readonly node: ExpressionNode; readonly value: Exclude<Literal, null> }[] {
  return node.list.flatMap((element) => {
    const value = foldConstant(element, folding);
    return value === null ? [] : [{ node: element, value }];
  });
}

/** A comparison with its constant on the right. */
export interface OrderedComparison {
  readonly op: ComparisonOperator;
  readonly left: ExpressionNode;
  readonly right: { readonly node: ExpressionNode; readonly constant: Literal };
}

const mirrored: Readonly<Record<ComparisonOperator, ComparisonOperator>> = {
  "==": "==",
  "!=": "!=",
  "<": ">",
  "<=": ">=",
  ">": "<",
  ">=": "<=",
};

/**
 * Brings the constant side to the right. An optional field that no schema has counts as null, but only
 * against another field: alone it is a field like any other (eql-semantics 3.4 and 4.4).
 */
export function orderSides(
  { op, left, right }: ComparisonNode,
  { schema, folding }: Pick<Lowering, "schema" | "folding">,
): OrderedComparison {
  const isRight = isConstant(right) || (!isConstant(left) && isUnmappedOptional(right, schema));
  const node = isRight ? right : left;
  return {
    op: isRight ? op : mirrored[op],
    left: isRight ? left : right,
    right: { node, constant: foldConstant(node, folding) },
  };
}

export function isUnmappedOptional(node: ExpressionNode, schema: Schema): boolean {
  return node.kind === "field" && node.optional && schema.typeOf(node.path) === undefined;
}
