import type { FieldPredicate } from "../ir/index.ts";
import { type CaseFolding, foldCase, hasWildcards } from "../values/index.ts";
import type { FieldValue } from "./document.ts";
import { textOf } from "./field-type.ts";
import { compileLeaf, textsOf, type ValueTest } from "./leaf.ts";
import { indexPatterns, type LeafPattern, patternsOf } from "./pattern-index.ts";
import { indexTokens, type NumberedTokensLeaf } from "./token-index.ts";

/** A leaf over one field, and its number. */
export interface NumberedLeaf {
  readonly id: number;
  readonly leaf: FieldPredicate;
}

/**
 * All leaves of one field against one value at first sight: which of them it satisfies. Whole texts
 * are found by hash, as spelled and folded; wildcard patterns by a piece of each; tokens in the text cut
 * once; the rest is tested one by one.
 */
export function compileAnalysis(
  leaves: readonly NumberedLeaf[],
  folding: CaseFolding,
): (value: FieldValue) => readonly number[] {
  const exact = new Map<string, number[]>();
  const folded = new Map<string, number[]>();
  const patterns: LeafPattern[] = [];
  const tokens: NumberedTokensLeaf[] = [];
  const tests: { readonly id: number; readonly test: ValueTest }[] = [];
  for (const { id, leaf } of leaves) {
    if (leaf.kind === "tokens") {
      tokens.push({ id, leaf });
      continue;
    }
    const texts = wholeTextsOf(leaf);
    if (texts === undefined) {
      tests.push({ id, test: compileLeaf(leaf, folding) });
      continue;
    }
    for (const text of texts.values) {
      if (texts.fold) addOnce(folded, foldCase(text, folding), id);
      else addOnce(exact, text, id);
    }
    if (leaf.kind === "wildcard") for (const each of patternsOf(id, leaf)) patterns.push(each);
  }
  const findPatterns = indexPatterns(patterns, folding);
  const findTokens = tokens.length > 0 ? indexTokens(tokens, folding) : undefined;
  const needsFolding = folded.size > 0 || patterns.length > 0;
  return (value) => {
    const text = textOf(value);
    const ids = new Set<number>(exact.get(text));
    if (needsFolding) {
      const foldedText = foldCase(text, folding);
      for (const id of folded.get(foldedText) ?? []) ids.add(id);
      findPatterns(text, foldedText, (id) => ids.add(id));
    }
    findTokens?.(text, (id) => ids.add(id));
    for (const { id, test } of tests) if (test(value)) ids.add(id);
    return ids.size === 0 ? none : [...ids];
  };
}

const none: readonly number[] = [];

/** The texts that satisfy the leaf as a whole; `undefined` for leaves that do not compare texts. */
function wholeTextsOf(
  leaf: FieldPredicate,
): { readonly values: readonly string[]; readonly fold: boolean } | undefined {
  if (leaf.kind === "wildcard") {
    return { values: leaf.patterns.filter((text) => !hasWildcards(text)), fold: leaf.fold };
  }
  const values = leaf.kind === "equals" ? textsOf(leaf) : undefined;
  return leaf.kind === "equals" && values !== undefined ? { values, fold: leaf.fold } : undefined;
}

function addOnce(lists: Map<string, number[]>, text: string, id: number): void {
  const list = lists.get(text);
  if (list === undefined) lists.set(text, [id]);
  else if (!list.includes(id)) list.push(id);
}
