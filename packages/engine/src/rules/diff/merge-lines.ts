import { diffLists } from "./lines.ts";

/** A stretch of merged lines: what is agreed on, or what both sides changed, each in its way. */
export type MergedLines =
  | { readonly isConflict: false; readonly lines: readonly string[] }
  | {
      readonly isConflict: true;
      readonly base: readonly string[];
      readonly local: readonly string[];
      readonly upstream: readonly string[];
    };

/** Merges the lines of two versions that come from one. Lines that neither side touched keep the stretches apart. */
export function mergeLines(
  base: readonly string[],
  local: readonly string[],
  upstream: readonly string[],
): readonly MergedLines[] {
  const toLocal = matchLines(base, local);
  const toUpstream = matchLines(base, upstream);
  const merged: MergedLines[] = [];
  let [atBase, atLocal, atUpstream] = [0, 0, 0];
  for (let index = 0; index <= base.length; index += 1) {
    const isEnd = index === base.length;
    const inLocal = isEnd ? local.length : toLocal[index];
    const inUpstream = isEnd ? upstream.length : toUpstream[index];
    if (inLocal === undefined || inUpstream === undefined) continue;
    merged.push(
      decide(
        base.slice(atBase, index),
        local.slice(atLocal, inLocal),
        upstream.slice(atUpstream, inUpstream),
      ),
    );
    if (!isEnd) merged.push({ isConflict: false, lines: base.slice(index, index + 1) });
    [atBase, atLocal, atUpstream] = [index + 1, inLocal + 1, inUpstream + 1];
  }
  return merged;
}

function decide(
  base: readonly string[],
  local: readonly string[],
  upstream: readonly string[],
): MergedLines {
  if (isEqual(base, local)) return { isConflict: false, lines: upstream };
  if (isEqual(base, upstream) || isEqual(local, upstream))
    return { isConflict: false, lines: local };
  return { isConflict: true, base, local, upstream };
}

/** For each line the place of the same line on the other side, where it has one. */
function matchLines(
  before: readonly string[],
  after: readonly string[],
): readonly (number | undefined)[] {
  const places: (number | undefined)[] = [];
  let at = 0;
  for (const stretch of diffLists(before, after)) {
    for (let index = 0; index < stretch.before.length; index += 1) {
      places.push(stretch.isSame ? at + index : undefined);
    }
    at += stretch.after.length;
  }
  return places;
}

function isEqual(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((line, index) => line === right[index]);
}
