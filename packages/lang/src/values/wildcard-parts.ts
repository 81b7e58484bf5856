import { foldCase } from "./case-folding.ts";
import type { CaseFolding } from "./types.ts";
import {
  anyPoint,
  compilePieces,
  compileWildcards,
  hasWildcards,
  unitsOf,
  type WildcardPiece,
} from "./wildcard.ts";

/**
 * A wildcard pattern of a language that has escapes, taken apart: `run` is `*`, `one` is `?`, and text is
 * meant as it stands, stars in it too. No text is empty, and no two texts follow one another.
 */
export type WildcardPattern = readonly WildcardPart[];

export type WildcardPart =
  | { readonly kind: "run" | "one" }
  | { readonly kind: "text"; readonly text: string };

/** Reads `*`, `?`, and backslashes, each of which makes the next character a plain one; the last of a text is itself. */
export function parseWildcard(pattern: string): WildcardPattern {
  const parts: WildcardPart[] = [];
  let text = "";
  const flush = (): void => {
    if (text !== "") parts.push({ kind: "text", text });
    text = "";
  };
  for (let at = 0; at < pattern.length; at += 1) {
    const unit = pattern.charAt(at);
    if (unit === "*" || unit === "?") {
      flush();
      parts.push({ kind: unit === "*" ? "run" : "one" });
    } else if (unit === "\\" && at + 1 < pattern.length) {
      at += 1;
      text += pattern.charAt(at);
    } else text += unit;
  }
  flush();
  return parts;
}

/** The pattern with backslashes before what would have a meaning: `parseWildcard` gives the same parts again. */
export function printWildcard(pattern: WildcardPattern): string {
  return pattern
    .map((part) => (part.kind === "text" ? part.text.replace(/[*?\\]/g, "\\$&") : markOf(part)))
    .join("");
}

/** The text that the pattern stands for when it has no wildcard. */
export function plainTextOf(pattern: WildcardPattern): string | undefined {
  const [only, ...others] = pattern;
  if (only === undefined) return "";
  return only.kind === "text" && others.length === 0 ? only.text : undefined;
}

/** The pattern without escapes, as `compileWildcard` takes it; `undefined` when it has a literal `*` or `?`. */
export function unescapedWildcard(pattern: WildcardPattern): string | undefined {
  if (pattern.some((part) => part.kind === "text" && hasWildcards(part.text))) return undefined;
  return pattern.map((part) => (part.kind === "text" ? part.text : markOf(part))).join("");
}

/** The regular expression with the same meaning. */
export function regexOfWildcard(pattern: WildcardPattern): string {
  return pattern
    .map((part) => {
      if (part.kind === "text") return part.text.replace(/[.?+*|{}[\]()"\\#@&<>~^$-]/g, "\\$&");
      return part.kind === "run" ? ".*" : ".";
    })
    .join("");
}

/** Expressions of wildcard patterns in groups that are small enough for one automaton each; every one must be by itself. */
export function groupRegexes(regexes: readonly string[]): readonly (readonly string[])[] {
  const groups: string[][] = [];
  let room = 0;
  for (const regex of regexes) {
    room -= regex.length;
    const group = groups.at(-1);
    if (group !== undefined && room >= 0) group.push(regex);
    else {
      groups.push([regex]);
      room = groupUnits - regex.length;
    }
  }
  return groups;
}

/** UTF-16 units of the expressions of a group. A unit makes at most two states, and 60,000 are too many. */
const groupUnits = 10_000;

/** A test whether a value matches any of the patterns, which may have escapes. */
export function compileEscapedWildcards(
  patterns: readonly string[],
  fold: boolean,
  folding: CaseFolding,
): (text: string) => boolean {
  const foldText = (text: string): string => (fold ? foldCase(text, folding) : text);
  const plain: string[] = [];
  const mixed: ((text: string) => boolean)[] = [];
  for (const pattern of patterns.map((each) => parseWildcard(foldText(each)))) {
    const unescaped = unescapedWildcard(pattern);
    if (unescaped === undefined) mixed.push(compilePieces(cutAtRuns(pattern)));
    else plain.push(unescaped);
  }
  const matchesPlain = compileWildcards(plain, false, folding);
  return (text) => {
    const folded = foldText(text);
    return matchesPlain(folded) || mixed.some((matches) => matches(folded));
  };
}

function cutAtRuns(pattern: WildcardPattern): readonly WildcardPiece[] {
  const pieces: number[][] = [[]];
  for (const part of pattern) {
    if (part.kind === "run") pieces.push([]);
    else if (part.kind === "one") pieces.at(-1)?.push(anyPoint);
    else if ("text" in part) for (const unit of unitsOf(part.text)) pieces.at(-1)?.push(unit);
  }
  return pieces;
}

function markOf({ kind }: WildcardPart): string {
  return kind === "run" ? "*" : "?";
}
