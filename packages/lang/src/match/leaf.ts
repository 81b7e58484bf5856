import type {
  AnywherePredicate,
  Bound,
  EqualsPredicate,
  FieldPredicate,
  RangePredicate,
  TokensPredicate,
} from "../ir/index.ts";
import {
  analyzeText,
  type CaseFolding,
  compileBlocks,
  compileEscapedWildcards,
  compileRegex,
  compileWildcards,
  foldCase,
  type Literal,
} from "../values/index.ts";
import type { FieldValue } from "./document.ts";
import { meaningOf, textOf, type ValueMeaning } from "./field-type.ts";
import { compileMembership } from "./membership.ts";

/** Whether one value of the leaf's field satisfies the leaf. */
export type ValueTest = (value: FieldValue) => boolean;

/**
 * The meaning of a leaf on one value: the only place that says it; the evaluator, the compiled
 * predicate and the condition set all ask here. Throws `RegexSyntaxError` for a pattern that the
 * checks would have refused.
 */
export function compileLeaf(leaf: FieldPredicate, folding: CaseFolding): ValueTest {
  switch (leaf.kind) {
    case "exists":
      return () => true;
    case "equals":
      return compileEquals(leaf, folding);
    case "range":
      return compileRange(leaf);
    case "wildcard":
      return onText(compileWildcards(leaf.patterns, leaf.fold, folding));
    case "regex":
      return onText(compileRegex(leaf.patterns, leaf.fold, folding));
    case "cidr":
      return onText(compileBlocks(leaf.blocks));
    case "tokens": {
      const matches = compileTokens(leaf);
      return onText((text) => matches(analyzeText(text, leaf.analyzer)));
    }
    default:
      return leaf satisfies never;
  }
}

/** `compileLeaf`, made once for each leaf object. */
export function leafTest(leaf: FieldPredicate, folding: CaseFolding): ValueTest {
  return once(leaf, folding, () => compileLeaf(leaf, folding));
}

/** The test of each value for a leaf that looks at all of them, made once for each leaf object. */
export function anywhereTest(leaf: AnywherePredicate, folding: CaseFolding): ValueTest {
  const { patterns, fold } = leaf;
  return once(leaf, folding, () => onText(compileEscapedWildcards(patterns, fold, folding)));
}

function once(leaf: object, folding: CaseFolding, compile: () => ValueTest): ValueTest {
  const known = made[folding];
  let test = known.get(leaf);
  if (test === undefined) {
    test = compile();
    known.set(leaf, test);
  }
  return test;
}

const made: Record<CaseFolding, WeakMap<object, ValueTest>> = {
  unicode: new WeakMap(),
  ascii: new WeakMap(),
};

function onText(matches: (text: string) => boolean): ValueTest {
  return (value) => matches(textOf(value));
}

/** Whether the tokens of one value satisfy the leaf. */
export function compileTokens({
  mode,
  tokens,
}: TokensPredicate): (found: readonly string[]) => boolean {
  switch (mode) {
    case "any": {
      const wanted = new Set(tokens);
      return (found) => found.some((token) => wanted.has(token));
    }
    case "phrase":
      return compilePhrase(tokens);
    case "wildcard": {
      // Tokens are in lower case on both sides.
      const matches = compileWildcards(tokens, false, "unicode");
      return (found) => found.some(matches);
    }
    default:
      return mode satisfies never;
  }
}

/** By the border table of Knuth, Morris and Pratt: a value may repeat all of the phrase but its end. */
function compilePhrase(tokens: readonly string[]): (found: readonly string[]) => boolean {
  const borders: number[] = [0];
  let border = 0;
  for (let index = 1; index < tokens.length; index += 1) {
    while (border > 0 && tokens[index] !== tokens[border]) border = borders[border - 1] ?? 0;
    if (tokens[index] === tokens[border]) border += 1;
    borders.push(border);
  }
  return (found) => {
    if (tokens.length === 0) return false;
    let matched = 0;
    for (const token of found) {
      while (matched > 0 && token !== tokens[matched]) matched = borders[matched - 1] ?? 0;
      if (token === tokens[matched]) matched += 1;
      if (matched === tokens.length) return true;
    }
    return false;
  };
}

/** The texts that the leaf looks for, if it compares nothing but texts: such leaves can be found by hash. */
export function textsOf(leaf: EqualsPredicate): readonly string[] | undefined {
  const texts: string[] = [];
  for (const value of leaf.values) {
    if (typeof value !== "string" || meaningOf(leaf.field.type, value).read !== textOf) {
      return undefined;
    }
    texts.push(value);
  }
  return texts;
}

function compileEquals(leaf: EqualsPredicate, folding: CaseFolding): ValueTest {
  const texts = textsOf(leaf);
  if (texts !== undefined) return compileTexts(texts, leaf.fold, folding);
  // Where no schema names the type, each literal decides how it is compared.
  const meanings = new Map<ValueMeaning, Exclude<Literal, null>[]>();
  for (const literal of leaf.values) {
    const meaning = meaningOf(leaf.field.type, literal);
    const literals = meanings.get(meaning);
    if (literals === undefined) meanings.set(meaning, [literal]);
    else literals.push(literal);
  }
  const tests = [...meanings].map(([{ read }, literals]): ValueTest => {
    const isMember = compileMembership(leaf.field.type, literals);
    return (value) => {
      const own = read(value);
      return own !== undefined && isMember(own);
    };
  });
  const [only, ...others] = tests;
  if (only !== undefined && others.length === 0) return only;
  return (value) => tests.some((test) => test(value));
}

function compileTexts(texts: readonly string[], fold: boolean, folding: CaseFolding): ValueTest {
  if (!fold) {
    const wanted = new Set(texts);
    return (value) => wanted.has(textOf(value));
  }
  const wanted = new Set(texts.map((text) => foldCase(text, folding)));
  return (value) => wanted.has(foldCase(textOf(value), folding));
}

function compileRange(leaf: RangePredicate): ValueTest {
  const { above, below, field } = leaf;
  const meaning = meaningOf(field.type, above?.value ?? below?.value);
  return (value) => {
    const own = meaning.read(value);
    if (own === undefined) return false;
    return isAbove(own, above, meaning) && isBelow(own, below, meaning);
  };
}

function isAbove(
  own: Exclude<Literal, null>,
  bound: Bound | undefined,
  { compare }: ValueMeaning,
): boolean {
  if (bound === undefined) return true;
  const order = compare(own, bound.value);
  return order !== undefined && (bound.inclusive ? order >= 0 : order > 0);
}

function isBelow(
  own: Exclude<Literal, null>,
  bound: Bound | undefined,
  { compare }: ValueMeaning,
): boolean {
  if (bound === undefined) return true;
  const order = compare(own, bound.value);
  return order !== undefined && (bound.inclusive ? order <= 0 : order < 0);
}
