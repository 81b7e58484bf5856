import { foldingClasses } from "../case-folding.ts";
import type { CaseFolding } from "../types.ts";

/** A set of code points as ranges: both ends included, ascending, at least one apart from each other. */
export type CodePoints = readonly CodePointRange[];
export type CodePointRange = readonly [first: number, last: number];

export const lastCodePoint = 0x10ffff;
export const anyCodePoint: CodePoints = [[0, lastCodePoint]];

/** Ranges in any order, overlapping or not, as a set. */
export function joinRanges(ranges: readonly CodePointRange[]): CodePoints {
  const joined: [number, number][] = [];
  for (const [first, last] of [...ranges].sort((a, b) => a[0] - b[0])) {
    const previous = joined.at(-1);
    if (previous !== undefined && first <= previous[1] + 1) {
      previous[1] = Math.max(previous[1], last);
    } else joined.push([first, last]);
  }
  return joined;
}

export function invertPoints(points: CodePoints): CodePoints {
  const inverted: CodePointRange[] = [];
  let next = 0;
  for (const [first, last] of points) {
    if (first > next) inverted.push([next, first - 1]);
    next = last + 1;
  }
  if (next <= lastCodePoint) inverted.push([next, lastCodePoint]);
  return inverted;
}

/** The set and every code point that folds as one of its members does. */
export function closePoints(points: CodePoints, folding: CaseFolding): CodePoints {
  const [only] = points;
  if (only !== undefined && points.length === 1 && only[0] === only[1]) {
    const members = foldingClasses(folding).get(only[0]);
    return members === undefined ? points : joinRanges(members.map((member) => [member, member]));
  }
  const added: CodePointRange[] = [];
  for (const [member, members] of foldingClasses(folding)) {
    if (hasPoint(points, member)) for (const other of members) added.push([other, other]);
  }
  return added.length === 0 ? points : joinRanges([...points, ...added]);
}

function hasPoint(points: CodePoints, point: number): boolean {
  return points.some(([first, last]) => point >= first && point <= last);
}
