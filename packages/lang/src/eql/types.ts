import type { Schema } from "../ecs/index.ts";
import { findFunction } from "../functions/index.ts";
import type { FieldPath, FieldType, Literal } from "../values/index.ts";
import type { ExpressionNode } from "./ast.ts";

/**
 * What an expression gives, as far as the checks care.
 *
 * - `integer` and `double` are numbers of which we know whether they are whole; `number` is either.
 * - `null` is the constant, which fits everywhere.
 * - `unknown` is a field that no schema names, or one that has its own finding: it fits everywhere.
 */
export type ExpressionType =
  | "string"
  | "integer"
  | "double"
  | "number"
  | "boolean"
  | "ip"
  | "date"
  | "version"
  | "null"
  | "unknown";

/** The field's type in the plan; a name the schema does not have is `unknown`. EQL cannot look into nested objects. */
export function fieldTypeOf(path: FieldPath, schema: Schema): FieldType {
  return schema.nestedRootOf(path) === undefined ? (schema.typeOf(path) ?? "unknown") : "nested";
}

/** `undefined`: no condition can use a field of this type. */
export function expressionTypeOfField(type: FieldType): ExpressionType | undefined {
  switch (type) {
    case "keyword":
      return "string";
    case "long":
      return "integer";
    case "date_nanos":
      return "date";
    case "text":
    case "object":
    case "nested":
    case "unsupported":
      return undefined;
    default:
      return type;
  }
}

export function isNumeric(type: ExpressionType): boolean {
  return type === "integer" || type === "double" || type === "number";
}

/** Null and unknown: nothing can be said against it. */
export function fitsAll(type: ExpressionType): boolean {
  return type === "null" || type === "unknown";
}

/** Whether the two can stand in one list, or as join keys at one position. */
export function areCompatible(a: ExpressionType, b: ExpressionType): boolean {
  return a === b || fitsAll(a) || fitsAll(b) || (isNumeric(a) && isNumeric(b));
}

/** Whether an expression is true or false by its form, whatever the fields are. A bare field is not. */
export function isBooleanForm(node: ExpressionNode): boolean {
  switch (node.kind) {
    case "logical":
    case "not":
    case "comparison":
    case "in":
    case "match":
      return true;
    case "call":
      return findFunction(node.name)?.returns === "boolean";
    default:
      return false;
  }
}

/** Whether an expression has no field in it, so that it can be computed before any event is read. */
export function isConstant(node: ExpressionNode): boolean {
  switch (node.kind) {
    case "literal":
      return true;
    case "field":
      return false;
    case "call":
      return node.args.every(isConstant);
    case "negate":
    case "not":
      return isConstant(node.of);
    case "arithmetic":
    case "comparison":
      return isConstant(node.left) && isConstant(node.right);
    case "in":
      return isConstant(node.of) && node.list.every(isConstant);
    case "match":
      return isConstant(node.of);
    case "logical":
      return node.operands.every(isConstant);
    default:
      return node satisfies never;
  }
}

export function typeOfLiteral(value: Literal): ExpressionType {
  if (value === null) return "null";
  switch (typeof value) {
    case "bigint":
      return "integer";
    case "number":
      return "double";
    case "boolean":
      return "boolean";
    default:
      return "string";
  }
}

/** What arithmetic on numbers of these types gives. */
export function sumType(types: readonly ExpressionType[]): ExpressionType {
  if (types.includes("double")) return "double";
  return types.every((type) => type === "integer") ? "integer" : "number";
}

/** The type as messages name it. */
export function nameType(type: ExpressionType): string {
  switch (type) {
    case "integer":
      return "a whole number";
    case "double":
      return "a decimal";
    case "string":
      return "text";
    case "ip":
      return "an IP address";
    case "null":
    case "unknown":
      return type;
    default:
      return `a ${type}`;
  }
}
