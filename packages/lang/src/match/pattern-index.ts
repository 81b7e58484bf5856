import type { WildcardPredicate } from "../ir/index.ts";
import { type CaseFolding, compileWildcard, foldCase, hasWildcards } from "../values/index.ts";
import { buildChunkAutomaton } from "./chunk-automaton.ts";
import type { ChunkTrait } from "./text-traits.ts";

/** A pattern with a wildcard, and the leaf that has it. */
export interface LeafPattern {
  readonly id: number;
  readonly pattern: string;
  readonly fold: boolean;
}

/** Finds all leaves with a pattern that the text matches. */
export interface PatternIndex {
  /** `folded` is the text with its case folded. */
  readonly find: (text: string, folded: string, add: (id: number) => void) => void;
  /** Of which a text has one if it matches; `undefined` when some pattern has none. */
  readonly chunks: readonly ChunkTrait[] | undefined;
  readonly states: number;
  readonly byteLength: number;
}

interface Candidate {
  readonly id: number;
  readonly matches: (text: string) => boolean;
  readonly fold: boolean;
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
): PatternIndex {
  const byChunk = new Map<string, Candidate[]>();
  const chunks: ChunkTrait[] = [];
  const rarity = rateBigrams(patterns.map(({ pattern }) => foldCase(pattern, folding)));
  for (const { id, pattern, fold } of patterns) {
    const folded = foldCase(pattern, folding);
    const trait = chooseTrait(folded, rarity);
    const chunk = trait?.text ?? "";
    if (trait !== undefined) chunks.push(trait);
    const matches = compileWildcard(fold ? folded : pattern, false, folding);
    const candidates = byChunk.get(chunk) ?? [];
    candidates.push({ id, matches, fold });
    byChunk.set(chunk, candidates);
  }
  const alwaysTested = byChunk.get("") ?? [];
  byChunk.delete("");
  const candidatesOf = [...byChunk.values()];
  const { scan, found, states, byteLength } = buildChunkAutomaton([...byChunk.keys()]);
  return {
    chunks: alwaysTested.length > 0 ? undefined : chunks,
    states,
    byteLength,
    find: (text, folded, add) => {
      for (const { id, matches, fold } of alwaysTested) if (matches(fold ? folded : text)) add(id);
      const count = scan(folded);
      for (let index = 0; index < count; index += 1) {
        for (const { id, matches, fold } of candidatesOf[found[index] ?? 0] ?? []) {
          if (matches(fold ? folded : text)) add(id);
        }
      }
    },
  };
}

/** How rare each pair of characters is among the patterns themselves: there is no better sample at hand. */
export function rateBigrams(patterns: readonly string[]): (pair: string) => number {
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

/** The rarest piece of the pattern; `undefined` when there is nothing but wildcards. */
function chooseTrait(pattern: string, rarity: (pair: string) => number): ChunkTrait | undefined {
  const pieces = pattern.split(/[*?]+/);
  const { chunk, piece, start } = choosePiece(pieces, rarity);
  if (chunk === "") return undefined;
  const whole = pieces[piece] ?? "";
  if (piece === 0) return { text: chunk, place: { before: whole.slice(0, start) } };
  const isLast = piece === pieces.length - 1;
  return {
    text: chunk,
    place: isLast ? { behind: whole.slice(start + chunk.length) } : "anywhere",
  };
}

/** The rarest part, of at most `longestChunk` units, of the pieces; empty when there is none. */
export function chooseChunk(pieces: readonly string[], rarity: (pair: string) => number): string {
  return choosePiece(pieces, rarity).chunk;
}

function choosePiece(
  pieces: readonly string[],
  rarity: (pair: string) => number,
): { readonly chunk: string; readonly piece: number; readonly start: number } {
  let best = { chunk: "", piece: -1, start: 0 };
  let bestScore = -1;
  for (const [place, piece] of pieces.entries()) {
    const last = Math.max(0, piece.length - longestChunk);
    for (let start = 0; piece !== "" && start <= last; start += 1) {
      const chunk = piece.slice(start, start + longestChunk);
      let score = 0;
      for (let index = 0; index + 1 < chunk.length; index += 1) {
        score += rarity(chunk.slice(index, index + 2));
      }
      if (score > bestScore) {
        best = { chunk, piece: place, start };
        bestScore = score;
      }
    }
  }
  return best;
}
