import { compileRegex } from "./regex/index.ts";
import type { CaseFolding } from "./types.ts";
import { compileWildcards, hasWildcards } from "./wildcard.ts";

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

/** A test whether a value matches any of the patterns, which may have escapes. */
export function compileEscapedWildcards(
  patterns: readonly string[],
  fold: boolean,
  folding: CaseFolding,
): (text: string) => boolean {
  const plain: string[] = [];
  const regexes: string[] = [];
  for (const pattern of patterns.map(parseWildcard)) {
    const unescaped = unescapedWildcard(pattern);
    if (unescaped === undefined) regexes.push(regexOfWildcard(pattern));
    else plain.push(unescaped);
  }
  const matchesPlain = compileWildcards(plain, fold, folding);
  if (regexes.length === 0) return matchesPlain;
  const matchesRegex = compileRegex(regexes, fold, folding);
  return (text) => matchesPlain(text) || matchesRegex(text);
}

function markOf({ kind }: WildcardPart): string {
  return kind === "run" ? "*" : "?";
}
