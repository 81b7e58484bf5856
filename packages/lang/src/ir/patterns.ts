import {
  analyzeText,
  checkRegex,
  groupRegexes,
  plainTextOf,
  regexOfWildcard,
  type TextAnalyzer,
  unescapedWildcard,
  type WildcardPattern,
} from "../values/index.ts";
import { anyOf } from "./combine.ts";
import type { Misfit } from "./constants.ts";
import type { Field, Predicate } from "./predicate.ts";

/**
 * Some value of the field, as text, matches one of the patterns as a whole. Nothing but stars asks only whether
 * there is a value. A pattern that mixes wildcards with a literal `*` or `?` becomes a regular expression, which
 * may be too large.
 */
export function patternsOnField(
  field: Field,
  patterns: readonly WildcardPattern[],
  fold: boolean,
): Predicate | Misfit {
  if (patterns.some(isAllStars)) return { kind: "exists", field };
  const values: string[] = [];
  const wildcards: string[] = [];
  const regexes: string[] = [];
  for (const [index, pattern] of patterns.entries()) {
    const text = plainTextOf(pattern);
    const unescaped = unescapedWildcard(pattern);
    if (text !== undefined) values.push(text);
    else if (unescaped !== undefined) wildcards.push(unescaped);
    else {
      const regex = regexOfWildcard(pattern);
      const finding = checkRegex(regex);
      if (finding !== undefined) return { kind: "misfit", index, message: finding.message };
      regexes.push(regex);
    }
  }
  return anyOf([
    ...(values.length > 0 ? [{ kind: "equals", field, values, fold } as const] : []),
    ...(wildcards.length > 0
      ? [{ kind: "wildcard", field, patterns: wildcards, fold } as const]
      : []),
    ...groupRegexes(regexes).map(
      (group) => ({ kind: "regex", field, patterns: group, fold }) as const,
    ),
  ]);
}

function isAllStars(pattern: WildcardPattern): boolean {
  return pattern.length > 0 && pattern.every(({ kind }) => kind === "run");
}

/** Some value of the text field has one of the text's tokens, or all of them in a row; false for a text without tokens. */
export function tokensOnField(
  field: Field,
  analyzer: TextAnalyzer,
  text: string,
  mode: "any" | "phrase",
): Predicate {
  const tokens = analyzeText(text, analyzer);
  if (tokens.length === 0) return { kind: "constant", value: false };
  const isOne = tokens.length === 1;
  return { kind: "tokens", field, analyzer, mode: isOne ? "any" : mode, tokens };
}

/**
 * Some value of the text field has a token that matches one of the patterns, whose case does not count. No
 * token has a `*` or `?` of its own, so a pattern with a literal one matches nothing.
 */
export function tokenPatternsOnField(
  field: Field,
  analyzer: TextAnalyzer,
  patterns: readonly WildcardPattern[],
): Predicate {
  const tokens = patterns
    .map(unescapedWildcard)
    .filter((pattern) => pattern !== undefined)
    .map((pattern) => pattern.toLowerCase());
  if (tokens.length === 0) return { kind: "constant", value: false };
  return { kind: "tokens", field, analyzer, mode: "wildcard", tokens };
}
