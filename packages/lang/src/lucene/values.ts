import {
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
  analyzeText,
  checkRegex,
  type EpochNanos,
  parseNumber,
  printWildcard,
  type WildcardPattern,
} from "../values/index.ts";
import type { BoundNode, RangeNode, TextNode, ValueNode } from "./ast.ts";
import type { Target } from "./fields.ts";

/**
 * Some value of the field is what the clause says, by the field's type. `undefined` for a text that has no word
 * for a text field: such a clause counts as not written.
 */
export function matchValue(
  target: Target,
  value: ValueNode,
  now: EpochNanos | undefined,
): Predicate | Misfit | undefined {
  switch (value.kind) {
    case "text":
      return matchText(target, value, now);
    case "pattern":
      return isStars(value.pattern)
        ? existsOnField(target.field)
        : matchPattern(target, value.pattern);
    case "regex":
      return matchRegex(target, value.pattern);
    case "range":
      return matchRange(target, value, now);
    default:
      return value satisfies never;
  }
}

/**
 * The value as patterns over whole values of any field. Of words with only spaces between them each is
 * one, and so are all together: what they mean depends on the field. `undefined` for what takes a field.
 */
export function patternsAnywhere(value: ValueNode): readonly string[] | undefined {
  switch (value.kind) {
    case "text":
      return [...new Set([textOf(value), ...value.words])].map(printText);
    case "pattern":
      return [printWildcard(value.pattern)];
    default:
      return undefined;
  }
}

/** The field's name behind `_exists_:`; `undefined` for what is none. */
export function existsNameOf(value: ValueNode): string | undefined {
  if (value.kind === "text") return value.words.length === 1 ? value.words[0] : undefined;
  if (value.kind !== "pattern" || value.pattern.some(({ kind }) => kind === "one"))
    return undefined;
  return value.pattern.map((part) => (part.kind === "text" ? part.text : "*")).join("");
}

/** Nothing but stars: any value. */
export function isStars(pattern: WildcardPattern): boolean {
  return pattern.every(({ kind }) => kind === "run");
}

function textOf({ words }: TextNode): string {
  return words.join(" ");
}

function printText(text: string): string {
  return printWildcard([{ kind: "text", text }]);
}

function matchText(
  { field, fold, analyzer }: Target,
  value: TextNode,
  now: EpochNanos | undefined,
): Predicate | Misfit | undefined {
  const text = textOf(value);
  switch (field.type) {
    case "text": {
      if (analyzeText(text, analyzer).length === 0) return undefined;
      return tokensOnField(field, analyzer, text, value.isQuoted ? "phrase" : "any");
    }
    case "nested":
    case "unsupported":
      return withoutMeaning;
    case "object": {
      const own = equalsOnField({ ...field, type: "keyword" }, [text], false, now);
      return own.kind === "misfit" ? own : orBelow(field, own, printText(text));
    }
    default: {
      const found = equalsOnField(field, [text], fold, now);
      if (found.kind !== "misfit" || value.words.length === 1) return found;
      return {
        ...found,
        hint: `join values with OR: \`(${value.words.slice(0, 3).join(" OR ")})\``,
      };
    }
  }
}

function matchPattern(
  { field, fold, analyzer }: Target,
  pattern: WildcardPattern,
): Predicate | Misfit {
  switch (field.type) {
    case "text":
      return tokenPatternsOnField(field, analyzer, [pattern]);
    case "keyword":
    case "unknown":
    case "version":
      return patternsOnField(field, [pattern], fold);
    case "object": {
      const own = patternsOnField({ ...field, type: "keyword" }, [pattern], false);
      return own.kind === "misfit" ? own : orBelow(field, own, printWildcard(pattern));
    }
    case "nested":
    case "unsupported":
      return withoutMeaning;
    default:
      return misfit(`a ${field.type} field has no patterns`);
  }
}

function matchRegex({ field, fold }: Target, pattern: string): Predicate | Misfit {
  switch (field.type) {
    case "keyword":
    case "unknown":
    case "version": {
      const finding = checkRegex(pattern);
      if (finding === undefined) return { kind: "regex", field, patterns: [pattern], fold };
      return misfit(finding.message, finding.hint);
    }
    case "text":
      return misfit(
        "regular expressions on the words of a text are not supported",
        "write a pattern: `po*shell`",
      );
    case "object":
    case "nested":
    case "unsupported":
      return withoutMeaning;
    default:
      return misfit(`a ${field.type} field has no regular expressions`);
  }
}

/** One value lies between both bounds. */
function matchRange(
  { field }: Target,
  { from, to }: RangeNode,
  now: EpochNanos | undefined,
): Predicate | Misfit {
  switch (field.type) {
    case "object":
    case "nested":
    case "unsupported":
      return withoutMeaning;
    case "text":
      return misfit("a text has no order: its words are compared one by one");
  }
  const ends = [from, to].filter((bound) => bound !== null);
  if (ends.length === 0) return existsOnField(field);
  // Values of a field that no schema names speak for themselves: numbers compare with numbers.
  const asNumbers = ends.map(({ text }) => parseNumber(text));
  const isNumeric = field.type === "unknown" && asNumbers.every((number) => number !== undefined);
  const constantOf = ({ text }: BoundNode) => (isNumeric ? (parseNumber(text) ?? text) : text);
  const above = from && compareOnField(field, from.inclusive ? ">=" : ">", constantOf(from), now);
  const below = to && compareOnField(field, to.inclusive ? "<=" : "<", constantOf(to), now);
  if (above?.kind === "misfit") return above;
  if (below?.kind === "misfit") return { ...below, index: from === null ? 0 : 1 };
  return {
    kind: "range",
    field,
    ...(above?.kind === "range" && above.above !== undefined && { above: above.above }),
    ...(below?.kind === "range" && below.below !== undefined && { below: below.below }),
  };
}

/** For fields that the checks refuse before. */
const withoutMeaning: Misfit = misfit("values of this field cannot be compared");

function misfit(message: string, hint?: string): Misfit {
  return { kind: "misfit", index: 0, message, ...(hint !== undefined && { hint }) };
}
