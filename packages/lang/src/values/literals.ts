import { compareNumeric } from "./numbers.ts";
import { compareText } from "./text.ts";
import type { Literal } from "./types.ts";

export type ComparisonOperator = "==" | "!=" | "<" | "<=" | ">" | ">=";

/**
 * What a comparison gives inside an expression (eql-semantics 4.5 and 6.6). Null if a side is null.
 * Unlike types are unequal and have no order: `<` and its kin give null. Numbers compare by value,
 * texts by code point, false goes before true.
 */
export function compareLiterals(op: ComparisonOperator, a: Literal, b: Literal): boolean | null {
  if (a === null || b === null) return null;
  if (Number.isNaN(a) || Number.isNaN(b)) return op === "!=";
  const order = orderOf(a, b);
  if (op === "==") return order === 0;
  if (op === "!=") return order !== 0;
  if (order === undefined) return null;
  switch (op) {
    case "<":
      return order < 0;
    case "<=":
      return order <= 0;
    case ">":
      return order > 0;
    case ">=":
      return order >= 0;
  }
}

function orderOf(a: Exclude<Literal, null>, b: Exclude<Literal, null>): number | undefined {
  if (typeof a === "string") return typeof b === "string" ? compareText(a, b) : undefined;
  if (typeof a === "boolean") return typeof b === "boolean" ? Number(a) - Number(b) : undefined;
  return typeof b === "bigint" || typeof b === "number" ? compareNumeric(a, b) : undefined;
}
