import { type CodePoints, lastCodePoint } from "./code-points.ts";

/**
 * Code points that no set of a pattern tells apart are one class. Automata step over classes: a few dozen
 * where there are 1,114,112 code points.
 */
export interface Alphabet {
  /** How many classes there are. They are numbered from 0. */
  readonly size: number;
  /** The class of each ASCII character. */
  readonly ascii: Uint16Array;
  /** Where each interval of code points starts, ascending; the first is 0. */
  readonly starts: Uint32Array;
  /** The class of each interval. */
  readonly classes: Uint16Array;
}

/** The classes that the sets of a pattern make. */
export function makeAlphabet(sets: Iterable<CodePoints>): Alphabet {
  const distinct = new Map<string, CodePoints>();
  for (const set of sets) distinct.set(set.join(), set);
  const starts = new Uint32Array(intervalStarts(distinct.values()));
  // All intervals begin in one class; each set splits every class that it holds a part of.
  const split = new Uint32Array(starts.length);
  let next = 1;
  for (const set of distinct.values()) {
    const inside = new Map<number, number>();
    for (const index of intervalsOf(set, starts)) {
      const before = split[index] ?? 0;
      const after = inside.get(before) ?? next++;
      inside.set(before, after);
      split[index] = after;
    }
  }
  const numbers = new Map<number, number>();
  const classes = Uint16Array.from(split, (old) => {
    const found = numbers.get(old) ?? numbers.size;
    numbers.set(old, found);
    return found;
  });
  const alphabet = { size: numbers.size, ascii: new Uint16Array(0x80), starts, classes };
  for (let point = 0; point < 0x80; point += 1) alphabet.ascii[point] = classOf(alphabet, point);
  return alphabet;
}

/** The class of any code point. */
export function classOf({ starts, classes }: Alphabet, point: number): number {
  return classes[intervalAt(starts, point)] ?? 0;
}

/** The classes that make up a set that the alphabet was made from. Ascending, each once. */
export function classesOf({ starts, classes }: Alphabet, set: CodePoints): readonly number[] {
  const found = new Set<number>();
  for (const index of intervalsOf(set, starts)) found.add(classes[index] ?? 0);
  return [...found].sort((a, b) => a - b);
}

function intervalStarts(sets: Iterable<CodePoints>): readonly number[] {
  const starts = new Set([0]);
  for (const set of sets) {
    for (const [first, last] of set) {
      starts.add(first);
      if (last < lastCodePoint) starts.add(last + 1);
    }
  }
  return [...starts].sort((a, b) => a - b);
}

function* intervalsOf(set: CodePoints, starts: Uint32Array): Generator<number> {
  for (const [first, last] of set) {
    for (let index = intervalAt(starts, first); (starts[index] ?? Infinity) <= last; index += 1) {
      yield index;
    }
  }
}

/** The last interval that starts at or before the code point. */
function intervalAt(starts: Uint32Array, point: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= point) low = middle;
    else high = middle - 1;
  }
  return low;
}
