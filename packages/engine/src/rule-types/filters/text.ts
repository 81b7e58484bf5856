import {
  type Misfit,
  type Predicate,
  patternsOnField,
  tokenPatternsOnField,
  tokensOnField,
} from "@harrier/lang/ir";
import { analyzeText, type WildcardPattern } from "@harrier/lang/values";
import type { ClauseField } from "./field.ts";

type TextField = Pick<ClauseField, "field" | "analyzer">;

/** Which words of a text must be there: some, all in any order, or all one after another. */
export type TextMatch = "some" | "all" | "phrase";

/** Some value of a text field has the words. `whenEmpty` is the answer where the text has no word. */
export function matchText(
  { field, analyzer }: TextField,
  text: string,
  mode: TextMatch,
  whenEmpty: boolean,
): Predicate {
  const tokens = analyzeText(text, analyzer);
  if (tokens.length === 0) return { kind: "constant", value: whenEmpty };
  if (mode !== "all") return tokensOnField(field, analyzer, text, mode === "some" ? "any" : mode);
  return {
    kind: "all",
    of: tokens.map((token) => ({ kind: "tokens", field, analyzer, mode: "any", tokens: [token] })),
  };
}

/** Some value of a text field has one of the words, which are taken as they are: those of texts are in lower case. */
export function termOfText(
  { field, analyzer }: TextField,
  words: readonly string[],
  fold: boolean,
): Predicate {
  const tokens = fold ? words.map((word) => word.toLowerCase()) : words;
  return { kind: "tokens", field, analyzer, mode: "any", tokens };
}

/** Some value matches the pattern as a whole; in a text, some word of it. */
export function matchPattern(
  { field, analyzer }: TextField,
  pattern: WildcardPattern,
  fold: boolean,
): Predicate | Misfit {
  return field.type === "text"
    ? tokenPatternsOnField(field, analyzer, [pattern])
    : patternsOnField(field, [pattern], fold);
}

/** What begins with the text. */
export function prefixPattern(text: string): WildcardPattern {
  return [...(text === "" ? [] : [{ kind: "text", text } as const]), { kind: "run" }];
}
