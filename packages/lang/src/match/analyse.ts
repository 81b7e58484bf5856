import type { FieldPredicate } from "../ir/index.ts";
import { type CaseFolding, foldCase, hasWildcards } from "../values/index.ts";
import type { FieldValue } from "./document.ts";
import { textOf } from "./field-type.ts";
import { compileLeaf, textsOf, type ValueTest } from "./leaf.ts";
import { indexPatterns, type LeafPattern, patternsOf } from "./pattern-index.ts";
import type { TextTraits } from "./text-traits.ts";
import { indexTokens, type NumberedTokensLeaf } from "./token-index.ts";

/** A leaf over one field, and its number. */
export interface NumberedLeaf {
  readonly id: number;
  readonly leaf: FieldPredicate;
}

/** What is made of a field's leaves to find those that a value satisfies. */
export interface Analysis {
  /** The numbers of the leaves that the value satisfies, each once. */
  readonly analyse: (value: FieldValue) => readonly number[];
  /** What a text has that satisfies some leaf besides those of `anyText`; `undefined` when any text might. */
  readonly traits: TextTraits | undefined;
  /** The leaves that every text satisfies but the empty one. */
  readonly anyText: readonly number[];
  /** Of the automata that look for pieces of patterns. */
  readonly states: number;
  readonly byteLength: number;
}

/**
 * All leaves of one field against one value at first sight: which of them it satisfies. Whole texts
 * are found by hash, as spelled and folded; wildcard patterns by a piece of each; tokens in the text cut
 * once; the rest is tested one by one.
 */
export function compileAnalysis(leaves: readonly NumberedLeaf[], folding: CaseFolding): Analysis {
  const exact = new Map<string, number[]>();
  const folded = new Map<string, number[]>();
  const patterns: LeafPattern[] = [];
  const tokens: NumberedTokensLeaf[] = [];
  const anyText: number[] = [];
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
    if (leaf.kind !== "wildcard") continue;
    for (const each of patternsOf(id, leaf)) {
      if (/^(?:\?\*|\*\?|\*\?\*)$/.test(each.pattern)) anyText.push(id);
      else patterns.push(each);
    }
  }
  const patternIndex = patterns.length > 0 ? indexPatterns(patterns, folding) : undefined;
  const tokenIndex = tokens.length > 0 ? indexTokens(tokens, folding) : undefined;
  const chunks = patternIndex === undefined ? [] : patternIndex.chunks;
  const ofTokens = tokenIndex === undefined ? noTraits : tokenIndex.traits;
  const needsFolding = folded.size > 0 || patternIndex !== undefined || tokenIndex !== undefined;
  const found = new Set<number>();
  const add = (id: number): void => {
    found.add(id);
  };
  return {
    traits:
      tests.length > 0 || chunks === undefined || ofTokens === undefined
        ? undefined
        : {
            texts: [...[...exact.keys()].map((text) => foldCase(text, folding)), ...folded.keys()],
            chunks: [...chunks, ...ofTokens.chunks],
            phrases: ofTokens.phrases,
          },
    anyText,
    states: (patternIndex?.states ?? 0) + (tokenIndex?.states ?? 0),
    byteLength: (patternIndex?.byteLength ?? 0) + (tokenIndex?.byteLength ?? 0),
    analyse: (value) => {
      const text = textOf(value);
      if (text !== "") anyText.forEach(add);
      exact.get(text)?.forEach(add);
      if (needsFolding) {
        const foldedText = foldCase(text, folding);
        folded.get(foldedText)?.forEach(add);
        patternIndex?.find(text, foldedText, add);
        tokenIndex?.find(text, foldedText, add);
      }
      for (const { id, test } of tests) if (test(value)) add(id);
      if (found.size === 0) return none;
      const ids = [...found];
      found.clear();
      return ids;
    },
  };
}

const none: readonly number[] = [];
const noTraits: TextTraits = { texts: [], chunks: [], phrases: [] };

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
