import type { TokensPredicate } from "../ir/index.ts";
import {
  analyzeText,
  type CaseFolding,
  foldCase,
  hasWildcards,
  type TextAnalyzer,
} from "../values/index.ts";
import { compileTokens } from "./leaf.ts";
import { indexPatterns, type LeafPattern } from "./pattern-index.ts";
import { makeTokenHints, type TokenHints } from "./token-hints.ts";

/** A leaf over tokens, and its number. */
export interface NumberedTokensLeaf {
  readonly id: number;
  readonly leaf: TokensPredicate;
}

/** Finds all leaves that the tokens of a text satisfy. */
export interface TokenIndex {
  /** `folded` is the text with its case folded. */
  readonly find: (text: string, folded: string, add: (id: number) => void) => void;
  readonly traits: TokenHints["traits"];
  readonly states: number;
  readonly byteLength: number;
}

/**
 * All leaves over the tokens of one field against one text. Most texts can be told without being
 * cut. The others are cut once for each analyzer: single tokens are found by hash; a phrase is looked
 * for where its first token was found; patterns as those over whole values.
 */
export function indexTokens(
  leaves: readonly NumberedTokensLeaf[],
  folding: CaseFolding,
): TokenIndex {
  const analyzers = [...new Set(leaves.map(({ leaf }) => leaf.analyzer))];
  const finders = analyzers.map((analyzer) =>
    indexForAnalyzer(
      analyzer,
      leaves.filter(({ leaf }) => leaf.analyzer === analyzer),
      folding,
    ),
  );
  const { judge, traits, states, byteLength } = makeTokenHints(leaves, folding);
  return {
    traits,
    states,
    byteLength,
    find: (text, folded, add) => {
      if (!judge(text, folded, add)) return;
      for (const find of finders) find(text, add);
    },
  };
}

function indexForAnalyzer(
  analyzer: TextAnalyzer,
  leaves: readonly NumberedTokensLeaf[],
  folding: CaseFolding,
): (text: string, add: (id: number) => void) => void {
  const whole = new Map<string, number[]>();
  const phrases = new Map<string, Phrase[]>();
  const patterns: LeafPattern[] = [];
  for (const { id, leaf } of leaves) {
    if (leaf.mode === "phrase") {
      addTo(phrases, leaf.tokens[0] ?? "", { id, matches: compileTokens(leaf) });
      continue;
    }
    for (const token of leaf.tokens) {
      if (leaf.mode === "any" || !hasWildcards(token)) addTo(whole, token, id);
      else patterns.push({ id, pattern: token, fold: false });
    }
  }
  const patternIndex = indexPatterns(patterns, folding);
  return (text, add) => {
    const tokens = analyzeText(text, analyzer);
    for (const token of new Set(tokens)) {
      for (const id of whole.get(token) ?? []) add(id);
      for (const { id, matches } of phrases.get(token) ?? []) if (matches(tokens)) add(id);
      if (patterns.length > 0) patternIndex.find(token, foldCase(token, folding), add);
    }
  };
}

interface Phrase {
  readonly id: number;
  readonly matches: (tokens: readonly string[]) => boolean;
}

function addTo<T>(lists: Map<string, T[]>, key: string, item: T): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [item]);
  else list.push(item);
}
