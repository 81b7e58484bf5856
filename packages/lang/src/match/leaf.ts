import type { Bound, EqualsPredicate, FieldPredicate, RangePredicate } from "../ir/index.ts";
import {
  type CaseFolding,
  compileBlocks,
  compileRegex,
  compileWildcards,
  foldCase,
  type Literal,
} from "../values/index.ts";
import type { FieldValue } from "./document.ts";
import { meaningOf, textOf, type ValueMeaning } from "./field-type.ts";

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
    default:
      return leaf satisfies never;
  }
}

/** `compileLeaf`, made once for each leaf object. */
export function leafTest(leaf: FieldPredicate, folding: CaseFolding): ValueTest {
  const known = made[folding];
  let test = known.get(leaf);
  if (test === undefined) {
    test = compileLeaf(leaf, folding);
    known.set(leaf, test);
  }
  return test;
}

const made: Record<CaseFolding, WeakMap<FieldPredicate, ValueTest>> = {
  unicode: new WeakMap(),
  ascii: new WeakMap(),
};

function onText(matches: (text: string) => boolean): ValueTest {
  return (value) => matches(textOf(value));
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
  const tests = leaf.values.map((literal) => compileLiteral(leaf, literal));
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

function compileLiteral(leaf: EqualsPredicate, literal: Exclude<Literal, null>): ValueTest {
  const { read, compare } = meaningOf(leaf.field.type, literal);
  return (value) => {
    const own = read(value);
    return own !== undefined && (own === literal || compare(own, literal) === 0);
  };
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
