import { anyOf, type Field, type Predicate } from "../ir/index.ts";
import { hasWildcards } from "../values/index.ts";
import type { MatchNode, MatchOperator } from "./ast.ts";

/** What `:`, `like` and `regex` ask for. */
export function meaningOfMatch(op: MatchOperator): {
  readonly fold: boolean;
  readonly isRegex: boolean;
} {
  return { fold: op !== "like" && op !== "regex", isRegex: op === "regex" || op === "regex~" };
}

/** The patterns of a checked node: all are text. */
export function patternTexts(node: MatchNode): readonly string[] {
  return node.patterns.map(({ value }) => (typeof value === "string" ? value : ""));
}

/**
 * A match on a field (eql-semantics 6.2, 6.3). Patterns without wildcards are equalities; any run of
 * stars asks only whether there is a value; plain text is the same as an expression.
 */
export function matchField(field: Field, node: MatchNode): Predicate {
  const { fold, isRegex } = meaningOfMatch(node.op);
  const texts = patternTexts(node);
  if (!isRegex && texts.some(isAllStars)) return { kind: "exists", field };
  const isPlain = isRegex ? isPlainRegex : (text: string) => !hasWildcards(text);
  const values = texts.filter(isPlain);
  const patterns = texts.filter((text) => !isPlain(text));
  return anyOf([
    ...(values.length > 0 ? [{ kind: "equals", field, values, fold } as const] : []),
    ...(patterns.length > 0
      ? [{ kind: isRegex ? "regex" : "wildcard", field, patterns, fold } as const]
      : []),
  ]);
}

function isAllStars(pattern: string): boolean {
  return /^\*+$/.test(pattern);
}

/** No operator of Lucene's dialect in it: it matches itself. */
function isPlainRegex(pattern: string): boolean {
  return !/[.?+*|{}()[\]"\\#@&<>~]/.test(pattern);
}
