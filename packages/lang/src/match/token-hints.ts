import { analyzeText, type CaseFolding, foldCase, type TextAnalyzer } from "../values/index.ts";
import { buildChunkAutomaton } from "./chunk-automaton.ts";
import { chooseChunk, rateBigrams } from "./pattern-index.ts";
import type { ChunkTrait, TextTraits } from "./text-traits.ts";
import type { NumberedTokensLeaf } from "./token-index.ts";

/** Tells most texts in one pass, without cutting them into tokens. */
export interface TokenHints {
  /**
   * Adds leaves that the text surely satisfies, and says whether it has to be cut to find the others. `folded` is the
   * text with its case folded.
   */
  readonly judge: (text: string, folded: string, add: (id: number) => void) => boolean;
  /** What a text has if some leaf may hold, unless it has one of `oddLetters`; `undefined` when that can't be told. */
  readonly traits: TextTraits | undefined;
  readonly states: number;
  readonly byteLength: number;
}

type Verdict = "yes" | "no" | "unsure";

/** A piece of text without which a leaf, or one alternative of it, does not hold; and a closer look when it is there. */
interface Hint {
  readonly id: number;
  readonly chunk: string;
  /** The piece is all of the one token that is wanted. */
  readonly isWhole: boolean;
  /** Of a phrase: all of it that is ASCII. */
  readonly words?: readonly string[];
  readonly judge: (text: string, folded: string) => Verdict;
}

/**
 * Letters that become ASCII ones in a token without being folded to them. (KELVIN SIGN is folded to `k`, but not where
 * only ASCII letters are.)
 */
const oddLetters = ["\u0130", "\u212a"];

/**
 * A token of ASCII characters stands in the text as it is, but for the case of letters. A leaf that needs others
 * makes every text worth cutting.
 */
export function makeTokenHints(
  leaves: readonly NumberedTokensLeaf[],
  folding: CaseFolding,
): TokenHints {
  const rarity = rateBigrams(leaves.flatMap(({ leaf }) => leaf.tokens));
  const hints = leaves.flatMap((leaf) => hintsOf(leaf, rarity));
  const phrases = hints.flatMap(({ words }) => (words === undefined ? [] : [words]));
  const chunks = hints
    .filter(({ words }) => words === undefined)
    .map(
      ({ chunk, isWhole }): ChunkTrait => ({ text: chunk, place: isWhole ? "word" : "anywhere" }),
    );
  for (const chunk of oddLetters.filter((letter) => foldCase(letter, folding) === letter)) {
    hints.push({ id: -1, chunk, isWhole: false, judge: () => "unsure" });
  }
  const byChunk = new Map<string, Hint[]>();
  for (const hint of hints) {
    const known = byChunk.get(hint.chunk);
    if (known === undefined) byChunk.set(hint.chunk, [hint]);
    else known.push(hint);
  }
  const isBlind = byChunk.delete("");
  const hintsAt = [...byChunk.values()];
  const { scan, found, states, byteLength } = buildChunkAutomaton([...byChunk.keys()]);
  return {
    traits: isBlind ? undefined : { texts: [], chunks, phrases },
    states,
    byteLength,
    judge: (text, folded, add) => {
      if (isBlind) return true;
      const count = scan(folded);
      for (let index = 0; index < count; index += 1) {
        for (const { id, judge } of hintsAt[found[index] ?? 0] ?? []) {
          const verdict = judge(text, folded);
          if (verdict === "unsure") return true;
          if (verdict === "yes") add(id);
        }
      }
      return false;
    },
  };
}

function hintsOf(
  { id, leaf }: NumberedTokensLeaf,
  rarity: (pair: string) => number,
): readonly Hint[] {
  const { mode, tokens } = leaf;
  switch (mode) {
    case "any":
      return tokens
        .filter((token) => token !== "")
        .map((token) => {
          const chunk = isAscii(token) ? chooseChunk([token], rarity) : "";
          return { id, chunk, isWhole: chunk === token, judge: compileJudge(token, leaf.analyzer) };
        });
    case "phrase": {
      // There is no empty token, and a phrase of none is nowhere.
      if (tokens.length === 0 || tokens.includes("")) return [];
      const plain = tokens.filter(isAscii);
      const judges = plain.map((token) => compileJudge(token, leaf.analyzer));
      const judge: Hint["judge"] = (text, folded) =>
        judges.every((each) => each(text, folded) !== "no") ? "unsure" : "no";
      return [{ id, chunk: chooseChunk(plain, rarity), isWhole: false, words: plain, judge }];
    }
    case "wildcard":
      return tokens.map((token) => ({
        id,
        chunk: chooseChunk(token.split(/[*?]+/).filter(isAscii), rarity),
        isWhole: false,
        judge: () => "unsure",
      }));
    default:
      return mode satisfies never;
  }
}

function isAscii(text: string): boolean {
  return /^[\0-\x7f]*$/.test(text);
}

/** After so many places we give up, and cut the text. */
const mostPlaces = 32;

/**
 * Whether an ASCII token stands in the text. It does where what is before and behind it cuts words whatever comes
 * next; it does not where a letter, a digit or `_` goes on.
 */
function compileJudge(token: string, analyzer: TextAnalyzer): Hint["judge"] {
  const [only, ...others] = analyzeText(token, analyzer);
  const isToken = only === token && others.length === 0;
  return (text, folded) => {
    let verdict: Verdict = "no";
    let at = folded.indexOf(token);
    for (let places = 0; at >= 0; places += 1) {
      if (places === mostPlaces) return "unsure";
      const end = at + token.length;
      // Of the text itself: what is folded to a letter need not be one to the analyzer.
      const before = at === 0 ? space : text.charCodeAt(at - 1);
      const behind = end === text.length ? space : text.charCodeAt(end);
      const isCutOut = isCutter(before) && isCutter(behind);
      if (isToken && isCutOut && isAscii(text.slice(at, end))) return "yes";
      // What is too long is cut into pieces of one length, of which only the last may be our token.
      const isPart =
        (isWordUnit(behind) && token.length < longestWhole) ||
        (isWordUnit(before) && !endsLongRun(text, at));
      if (!isPart) verdict = "unsure";
      at = folded.indexOf(token, at + 1);
    }
    return verdict;
  };
}

/** Runs that are longer than this may be cut into pieces. */
const longestWhole = 250;

function endsLongRun(text: string, end: number): boolean {
  let at = end;
  while (at > 0 && end - at <= longestWhole && !isCutter(text.charCodeAt(at - 1))) at -= 1;
  return end - at > longestWhole;
}

const space = 0x20;

function isWordUnit(unit: number): boolean {
  const letter = unit | 0x20;
  return (
    (letter >= 0x61 && letter <= 0x7a) || (unit >= 0x30 && unit <= 0x39) || unit === underscore
  );
}

/** ASCII characters that are in no token, for any analyzer. */
function isCutter(unit: number): boolean {
  if (unit <= space) return true;
  return unit < 0x7f && !isWordUnit(unit) && !joiners.has(unit);
}

const underscore = 0x5f;
const joiners = new Set([...":.,;'\"-"].map((each) => each.charCodeAt(0)));
