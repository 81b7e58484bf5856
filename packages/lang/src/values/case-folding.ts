import { foldingRuns } from "./case-folding.gen.ts";
import type { CaseFolding } from "./types.ts";

const beyondAscii = /[\u0080-\uffff]/;

/**
 * The text as it is compared where case does not count. Simple folding takes one code point to one
 * code point and keeps the length in UTF-16 units, so offsets in the result are offsets in `text`.
 * Source: product.md, decisions (elasticsearch#153513); CaseFolding.txt, statuses C and S.
 */
export function foldCase(text: string, folding: CaseFolding): string {
  // On ASCII text both foldings are what `toLowerCase` gives. This test is the fastest there is: twice a loop.
  if (!beyondAscii.test(text)) return text.toLowerCase();
  return folding === "ascii" ? foldAsciiLetters(text) : foldUnicode(text);
}

/** Whether two texts are equal but for case. */
export function equalsFolded(a: string, b: string, folding: CaseFolding): boolean {
  return a === b || (a.length === b.length && foldCase(a, folding) === foldCase(b, folding));
}

/** What one code point folds to: itself in most cases. */
export function foldCodePoint(point: number, folding: CaseFolding): number {
  if (point <= 0x7f) return point >= 0x41 && point <= 0x5a ? point + 0x20 : point;
  if (folding === "ascii") return point;
  return point + (shiftPages()[point >> pageBits]?.[point & pageMask] ?? 0);
}

/** For each code point that folds with others: all of them, itself included, ascending. */
export function foldingClasses(folding: CaseFolding): ReadonlyMap<number, readonly number[]> {
  const known = classes.get(folding);
  if (known !== undefined) return known;
  const byTarget = new Map<number, number[]>();
  for (const [point, target] of foldedPoints()) {
    if (folding === "ascii" && point > 0x7f) continue;
    const members = byTarget.get(target) ?? [target];
    byTarget.set(target, members);
    members.push(point);
  }
  const made = new Map<number, readonly number[]>();
  for (const members of byTarget.values()) {
    members.sort((a, b) => a - b);
    for (const member of members) made.set(member, members);
  }
  classes.set(folding, made);
  return made;
}

function foldAsciiLetters(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/** Folds by pieces of bounded size: a text put together letter by letter would take thirty times its memory. */
/** Stretches of ASCII the fast way; most texts that hold other characters hold few of them. */
function foldUnicode(text: string): string {
  let folded = "";
  let done = 0;
  for (const { 0: stretch, index } of text.matchAll(/[\u0080-\uffff]+/g)) {
    folded += text.slice(done, index).toLowerCase() + foldWide(stretch);
    done = index + stretch.length;
  }
  return folded + text.slice(done).toLowerCase();
}

/** A text without ASCII characters. */
function foldWide(text: string): string {
  let folded = "";
  let copied = 0;
  for (let index = 0; index < text.length; ) {
    // An unpaired surrogate comes out as its own number, which folds to itself.
    const point = text.codePointAt(index) ?? 0;
    const width = point > 0xffff ? 2 : 1;
    const target = foldCodePoint(point, "unicode");
    if (target !== point) {
      folded += text.slice(copied, index) + String.fromCodePoint(target);
      copied = index + width;
    }
    index += width;
  }
  return copied === 0 ? text : folded + text.slice(copied);
}

const pageBits = 8;
const pageMask = 0xff;
const classes = new Map<CaseFolding, ReadonlyMap<number, readonly number[]>>();
let pages: readonly (Int32Array | undefined)[] | undefined;

/** How far each code point moves, in pages of 256; most pages are empty. Made at the first need. */
function shiftPages(): readonly (Int32Array | undefined)[] {
  if (pages === undefined) {
    const made: (Int32Array | undefined)[] = new Array(0x110000 >> pageBits).fill(undefined);
    for (const [point, target] of foldedPoints()) {
      const page = made[point >> pageBits] ?? new Int32Array(1 << pageBits);
      page[point & pageMask] = target - point;
      made[point >> pageBits] = page;
    }
    pages = made;
  }
  return pages;
}

function* foldedPoints(): Generator<readonly [point: number, target: number]> {
  for (let run = 0; run < foldingRuns.length; run += 4) {
    const [first = 0, count = 0, step = 0, shift = 0] = foldingRuns.slice(run, run + 4);
    for (let nth = 0; nth < count; nth += 1) {
      yield [first + nth * step, first + nth * step + shift];
    }
  }
}
