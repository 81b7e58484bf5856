import { foldCase } from "./case-folding.ts";
import type { CaseFolding } from "./types.ts";

type Matcher = (text: string) => boolean;

/** Whether the text has a `*` or `?`: without one it is an equality (eql-semantics 6.2). */
export function hasWildcards(pattern: string): boolean {
  return pattern.includes("*") || pattern.includes("?");
}

/**
 * A test of a whole value against one pattern: `*` is any run of characters, line breaks too, `?` is
 * one code point, nothing else is special and nothing escapes (eql-semantics 7). Takes time linear in
 * the value: the leftmost place of each piece between stars is always right, so nothing is tried twice.
 */
export function compileWildcard(pattern: string, fold: boolean, folding: CaseFolding): Matcher {
  if (!fold) return compileExact(pattern);
  const matches = compileExact(foldCase(pattern, folding));
  return (text) => matches(foldCase(text, folding));
}

/** A test whether a value matches any of the patterns. The value is folded once for all of them. */
export function compileWildcards(
  patterns: readonly string[],
  fold: boolean,
  folding: CaseFolding,
): Matcher {
  const folded = fold ? patterns.map((pattern) => foldCase(pattern, folding)) : patterns;
  const literals = new Set(folded.filter((pattern) => !hasWildcards(pattern)));
  const matchers = folded.filter(hasWildcards).map(compileExact);
  const matchesAny: Matcher = (text) => {
    if (literals.has(text)) return true;
    for (const matches of matchers) if (matches(text)) return true;
    return false;
  };
  return fold ? (text) => matchesAny(foldCase(text, folding)) : matchesAny;
}

/** What stands between two stars: UTF-16 units, and `anyPoint` for each `?`. */
export type WildcardPiece = readonly number[];

export const anyPoint = -1;

/** The same for a pattern cut at its stars, whose `*` and `?` may be ordinary characters. Case counts. */
export function compilePieces([head = [], ...rest]: readonly WildcardPiece[]): Matcher {
  const tail = rest.pop();
  if (tail === undefined) {
    if (!head.includes(anyPoint)) return isText(textOf(head));
    return (text) => matchForward(head, text, 0) === text.length;
  }
  const middle = rest.filter((piece) => piece.length > 0);
  if (![head, ...middle, tail].some((piece) => piece.includes(anyPoint))) {
    const [only = []] = middle;
    if (middle.length === 0) return compileEnds(textOf(head), textOf(tail));
    if (middle.length === 1 && head.length + tail.length === 0) return compileInside(textOf(only));
  }
  return compileFinders(head, middle, tail);
}

function compileExact(pattern: string): Matcher {
  if (!hasWildcards(pattern)) return isText(pattern);
  return compilePieces(
    pattern.split("*").map((piece) => {
      return unitsOf(piece).map((unit) => (unit === questionMark ? anyPoint : unit));
    }),
  );
}

const questionMark = 0x3f;

function isText(wanted: string): Matcher {
  return (text) => text === wanted;
}

function compileInside(part: string): Matcher {
  return (text) => text.includes(part);
}

/** `head*tail`, no `?`. */
function compileEnds(head: string, tail: string): Matcher {
  if (head === "" && tail === "") return () => true;
  if (tail === "") return (text) => text.startsWith(head);
  if (head === "") return (text) => text.endsWith(tail);
  const least = head.length + tail.length;
  return (text) => text.length >= least && text.startsWith(head) && text.endsWith(tail);
}

function compileFinders(
  head: WildcardPiece,
  middle: readonly WildcardPiece[],
  tail: WildcardPiece,
): Matcher {
  const finders = middle.map(compileFinder);
  return (text) => {
    let at = matchForward(head, text, 0);
    if (at < 0) return false;
    const end = matchBackward(tail, text);
    if (end < at) return false;
    for (const findEnd of finders) {
      at = findEnd(text, at);
      if (at < 0) return false;
    }
    return at <= end;
  };
}

/** Where the first match of a piece at or after `from` ends; -1 if there is none. */
function compileFinder(piece: WildcardPiece): (text: string, from: number) => number {
  const firstWildcard = piece.indexOf(anyPoint);
  if (firstWildcard < 0) {
    const wanted = textOf(piece);
    return (text, from) => {
      const start = text.indexOf(wanted, from);
      return start < 0 ? -1 : start + wanted.length;
    };
  }
  const anchor = textOf(piece.slice(0, firstWildcard));
  return (text, from) => {
    for (let start = from; start <= text.length; start += widthAt(text, start)) {
      if (anchor !== "") start = text.indexOf(anchor, start);
      if (start < 0) return -1;
      const end = matchForward(piece, text, start);
      if (end >= 0) return end;
    }
    return -1;
  };
}

/** Where `piece` ends when it is laid on `text` at `start`; -1 if it does not fit. */
function matchForward(piece: WildcardPiece, text: string, start: number): number {
  let at = start;
  for (let index = 0; index < piece.length; index += 1) {
    if (at >= text.length) return -1;
    const unit = piece[index];
    if (unit === anyPoint) at += widthAt(text, at);
    else if (unit === text.charCodeAt(at)) at += 1;
    else return -1;
  }
  return at;
}

/** Where `piece` starts when it is laid on the end of `text`; -1 if it does not fit. */
function matchBackward(piece: WildcardPiece, text: string): number {
  let at = text.length;
  for (let index = piece.length - 1; index >= 0; index -= 1) {
    if (at <= 0) return -1;
    const unit = piece[index];
    if (unit === anyPoint) at -= at >= 2 && widthAt(text, at - 2) === 2 ? 2 : 1;
    else if (unit === text.charCodeAt(at - 1)) at -= 1;
    else return -1;
  }
  return at;
}

/** The UTF-16 units of a text. */
export function unitsOf(text: string): number[] {
  const units: number[] = [];
  for (let index = 0; index < text.length; index += 1) units.push(text.charCodeAt(index));
  return units;
}

function textOf(piece: WildcardPiece): string {
  let text = "";
  for (const unit of piece) text += String.fromCharCode(unit);
  return text;
}

/** UTF-16 units of the code point at `index`; an unpaired surrogate counts as one code point. */
function widthAt(text: string, index: number): number {
  const unit = text.charCodeAt(index);
  if (unit < 0xd800 || unit > 0xdbff) return 1;
  const next = text.charCodeAt(index + 1);
  return next >= 0xdc00 && next <= 0xdfff ? 2 : 1;
}
