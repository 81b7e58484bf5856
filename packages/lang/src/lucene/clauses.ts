import type { ClauseNode } from "./ast.ts";

/** What a clause has to be for its row to be met. */
export type Occurrence = "required" | "optional" | "prohibited";

/**
 * What the operators of a row come to, as Lucene's classic parser has it where a space is OR. There is no
 * precedence: from left to right `AND` makes the clauses on both sides required, `+` its own, `NOT` its own
 * prohibited, and all else is optional. A row is met when all required and no prohibited clauses are; only
 * where none is required, one of the optional ones must be.
 *
 * So `a OR b AND c` asks for `b` and `c` alone, and `a OR NOT b` for `a` without `b`.
 */
export function occurrencesOf(clauses: readonly ClauseNode[]): readonly Occurrence[] {
  const found: Occurrence[] = [];
  for (const { conjunction, modifier } of clauses) {
    const isAnd = conjunction === "and";
    if (isAnd && found.at(-1) === "optional") found[found.length - 1] = "required";
    if (modifier === "-") found.push("prohibited");
    else found.push(isAnd || modifier === "+" ? "required" : "optional");
  }
  return found;
}
