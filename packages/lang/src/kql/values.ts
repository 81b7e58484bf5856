import {
  anyOf,
  compareOnField,
  equalsOnField,
  existsOnField,
  type Misfit,
  orBelow,
  type Predicate,
  patternsOnField,
  tokenPatternsOnField,
  tokensOnField,
} from "../ir/index.ts";
import {
  type EpochNanos,
  parseNumber,
  plainTextOf,
  printWildcard,
  type WildcardPart,
  type WildcardPattern,
} from "../values/index.ts";
import type { RangeOperator, WordNode } from "./ast.ts";
import type { Target } from "./fields.ts";
import { isLoneStar, textOf } from "./words.ts";

const never: Predicate = { kind: "constant", value: false };

/** Some value of the field is what the word says, by the field's type (detection-semantics 7.2). */
export function matchWord(
  target: Target,
  word: WordNode,
  now: EpochNanos | undefined,
): Predicate | Misfit {
  const { field, fold } = target;
  if (isLoneStar(word)) return existsOnField(target.field);
  if (word.kind === "literal" && word.value === null) return nullMisfit;
  switch (field.type) {
    case "text":
      return matchTokens(target, word);
    case "keyword":
    case "unknown":
    case "version":
      return word.kind === "pattern"
        ? patternsOnField(field, [patternOf(word)], fold)
        : equalsOnField(field, [textOf(word)], fold, now);
    case "object":
      return matchObject(target, word);
    case "nested":
      return misfit("a nested object has no value of its own");
    case "unsupported":
      return misfit("ranges and geographic types can only be asked for with `*`");
    default:
      return word.kind === "pattern"
        ? misfit(`fields of type ${field.type} take no patterns`)
        : equalsOnField(field, [textOf(word)], false, now);
  }
}

/** Some value of the field lies on that side of the word. Stars have no meaning there. */
export function compareWord(
  { field }: Target,
  op: RangeOperator,
  word: WordNode,
  now: EpochNanos | undefined,
): Predicate | Misfit {
  if (word.kind === "literal" && word.value === null) return nullMisfit;
  const text = textOf(word);
  switch (field.type) {
    case "text":
      return misfit("a text has no order: its tokens are compared one by one");
    case "object":
    case "nested":
    case "unsupported":
      return misfit("values of this field have no order");
    case "unknown":
      // Its values speak for themselves: a number compares with numbers, all else as text.
      return compareOnField(field, op, parseNumber(text) ?? text, now);
    default:
      return compareOnField(field, op, text, now);
  }
}

/** The word as a pattern over whole values, for conditions on any field. */
export function patternTextOf(word: WordNode): string {
  return printWildcard(word.kind === "pattern" ? patternOf(word) : plain(textOf(word)));
}

const nullMisfit: Misfit = {
  kind: "misfit",
  index: 0,
  message: "`null` is no value to compare with",
  hint: 'write `not field: *` for a field without a value, `"null"` for the text',
};

function misfit(message: string): Misfit {
  return { kind: "misfit", index: 0, message };
}

/** A flattened object's own name stands for all of its leaves, as keywords. */
function matchObject({ field }: Target, word: WordNode): Predicate | Misfit {
  const own = { ...field, type: "keyword" } as const;
  const itself =
    word.kind === "pattern"
      ? patternsOnField(own, [patternOf(word)], false)
      : equalsOnField(own, [textOf(word)], false, undefined);
  return itself.kind === "misfit" ? itself : orBelow(field, itself, patternTextOf(word));
}

/** Quoted text is a run of tokens, unquoted text any of them; of a pattern each part between spaces stands alone. */
function matchTokens(target: Target, word: WordNode): Predicate {
  const { field, analyzer } = target;
  if (word.kind === "literal") {
    return tokensOnField(field, analyzer, textOf(word), word.isQuoted ? "phrase" : "any");
  }
  const parts = splitAtBlanks(patternOf(word)).map((pattern) => {
    const text = plainTextOf(pattern);
    if (text !== undefined) return tokensOnField(field, analyzer, text, "any");
    const isStar = pattern.every(({ kind }) => kind === "run");
    if (isStar) return existsOnField(field);
    return tokenPatternsOnField(field, analyzer, [pattern]);
  });
  return parts.length === 0 ? never : anyOf(parts);
}

function splitAtBlanks(pattern: WildcardPattern): readonly WildcardPattern[] {
  const found: WildcardPart[][] = [[]];
  for (const part of pattern) {
    if (part.kind !== "text") found.at(-1)?.push(part);
    else {
      for (const [index, text] of part.text.split(/\s+/).entries()) {
        if (index > 0) found.push([]);
        if (text !== "") found.at(-1)?.push({ kind: "text", text });
      }
    }
  }
  return found.filter((parts) => parts.length > 0);
}

function patternOf({ pieces }: { readonly pieces: readonly string[] }): WildcardPattern {
  return pieces.flatMap(
    (piece, index): WildcardPattern => [
      ...(index > 0 ? [{ kind: "run" } as const] : []),
      ...plain(piece),
    ],
  );
}

function plain(text: string): WildcardPattern {
  return text === "" ? [] : [{ kind: "text", text }];
}
