import type { WildcardPredicate } from "../ir/index.ts";
import { type CaseFolding, compileWildcard, foldCase, hasWildcards } from "../values/index.ts";
import { buildChunkAutomaton } from "./chunk-automaton.ts";

/** A pattern with a wildcard, and the leaf that has it. */
export interface LeafPattern {
  readonly id: number;
  readonly pattern: string;
  readonly fold: boolean;
}

/** All leaves with a pattern that the text matches; `folded` is the text with its case folded. */
export type FindPatterns = (text: string, folded: string, add: (id: number) => void) => void;

interface Candidate {
  readonly id: number;
  readonly matches: (text: string) => boolean;
  readonly fold: boolean;
  /** The scan in which the pattern was tested last. */
  testedAt: number;
}

/** Longer pieces single out no better, and would cost states. */
const longestChunk = 8;

export function patternsOf(id: number, leaf: WildcardPredicate): readonly LeafPattern[] {
  return leaf.patterns.filter(hasWildcards).map((pattern) => ({ id, pattern, fold: leaf.fold }));
}

/**
 * Tests a value against thousands of wildcard patterns at once: of each pattern one literal piece is
 * looked for, all pieces in one pass; only patterns whose piece was found are tested in full. A piece
 * is looked for without regard to case, which finds more and never less.
 */
export function indexPatterns(
  patterns: readonly LeafPattern[],
  folding: CaseFolding,
): FindPatterns {
  const byChunk = new Map<string, Candidate[]>();
  const rarity = rateBigrams(patterns.map(({ pattern }) => foldCase(pattern, folding)));
  for (const { id, pattern, fold } of patterns) {
    const folded = foldCase(pattern, folding);
    const chunk = chooseChunk(folded, rarity);
    const matches = compileWildcard(fold ? folded : pattern, false, folding);
    const candidates = byChunk.get(chunk) ?? [];
    candidates.push({ id, matches, fold, testedAt: 0 });
    byChunk.set(chunk, candidates);
  }
  const alwaysTested = byChunk.get("") ?? [];
  byChunk.delete("");
  const candidatesOf = [...byChunk.values()];
  const { scan } = buildChunkAutomaton([...byChunk.keys()]);
  let scans = 0;
  return (text, folded, add) => {
    scans += 1;
    const test = (candidate: Candidate): void => {
      if (candidate.testedAt === scans) return;
      candidate.testedAt = scans;
      if (candidate.matches(candidate.fold ? folded : text)) add(candidate.id);
    };
    for (const candidate of alwaysTested) test(candidate);
    scan(folded, (chunk) => {
      for (const candidate of candidatesOf[chunk] ?? []) test(candidate);
    });
  };
}

/** How rare each pair of characters is among the patterns themselves: there is no better sample at hand. */
function rateBigrams(patterns: readonly string[]): (pair: string) => number {
  const counts = new Map<string, number>();
  for (const pattern of patterns) {
    for (let index = 0; index + 1 < pattern.length; index += 1) {
      const pair = pattern.slice(index, index + 2);
      counts.set(pair, (counts.get(pair) ?? 0) + 1);
    }
  }
  const total = patterns.length + 1;
  return (pair) => 1 + Math.max(0, Math.log(total / (counts.get(pair) ?? 1)));
}

/** The rarest piece of at most `longestChunk` units between wildcards; empty when there is nothing but wildcards. */
function chooseChunk(pattern: string, rarity: (pair: string) => number): string {
  let best = "";
  let bestScore = -1;
  for (const piece of pattern.split(/[*?]+/)) {
    const last = Math.max(0, piece.length - longestChunk);
    for (let start = 0; piece !== "" && start <= last; start += 1) {
      const chunk = piece.slice(start, start + longestChunk);
      let score = 0;
      for (let index = 0; index + 1 < chunk.length; index += 1) {
        score += rarity(chunk.slice(index, index + 2));
      }
      if (score > bestScore) {
        best = chunk;
        bestScore = score;
      }
    }
  }
  return best;
}
