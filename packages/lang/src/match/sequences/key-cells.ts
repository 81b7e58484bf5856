import { type Cell, type Cells, none } from "./cells.ts";
import type { PackedKey } from "./packed-key.ts";

// The first number of each cell names the next one; in the first cell the length follows.
const lengthAt = 1;
const firstWord = 2;
const nextWord = 1;
const end = 16;

/** How many cells the key takes. The key without values takes none. */
export function cellsOf({ size }: PackedKey): number {
  return size === 0 ? 0 : Math.ceil((size - (end - firstWord)) / (end - nextWord)) + 1;
}

/** Writes the key into cells of its own. */
export function writeKey(cells: Cells, { words, size, length }: PackedKey): Cell {
  if (size === 0) return none;
  const first = cells.take();
  cells.setInt(first, lengthAt, length);
  let cell = first;
  let place = firstWord;
  for (let at = 0; at < size; at += 1) {
    if (place === end) {
      const next = cells.take();
      cells.setInt(cell, 0, next);
      cell = next;
      place = nextWord;
    }
    cells.setInt(cell, place, words[at] ?? 0);
    place += 1;
  }
  cells.setInt(cell, 0, none);
  return first;
}

export function isKey(cells: Cells, first: Cell, { words, size, length }: PackedKey): boolean {
  if (first === none || size === 0) return first === none && size === 0;
  if (cells.int(first, lengthAt) !== length) return false;
  let cell = first;
  let place = firstWord;
  for (let at = 0; at < size; at += 1) {
    if (place === end) {
      cell = cells.int(cell, 0);
      place = nextWord;
    }
    if (cells.int(cell, place) !== words[at]) return false;
    place += 1;
  }
  return true;
}

/** The text that `encodeKey` has made of the key. */
export function readKey(cells: Cells, first: Cell): string {
  if (first === none) return "";
  const length = cells.int(first, lengthAt);
  const unitsPerWord = length < 0 ? 2 : 4;
  const bits = 32 / unitsPerWord;
  let text = "";
  let cell = first;
  let place = firstWord;
  for (let left = Math.abs(length); left > 0; left -= unitsPerWord) {
    if (place === end) {
      cell = cells.int(cell, 0);
      place = nextWord;
    }
    const word = cells.int(cell, place);
    place += 1;
    for (let unit = 0; unit < Math.min(left, unitsPerWord); unit += 1) {
      text += String.fromCharCode((word >>> (unit * bits)) & (2 ** bits - 1));
    }
  }
  return text;
}
