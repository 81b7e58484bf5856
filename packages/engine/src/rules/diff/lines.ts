/** A stretch of two lists: what is the same in both, or what one has in place of the other's. */
export interface Stretch<Item> {
  readonly isSame: boolean;
  readonly before: readonly Item[];
  readonly after: readonly Item[];
}

/** Comparing costs time and memory by the product of the lengths: beyond this, all between the equal ends has changed. */
const mostPairs = 16_000_000;

/** The longest common part of two lists, and what differs around it, in order. */
export function diffLists<Item>(
  before: readonly Item[],
  after: readonly Item[],
): readonly Stretch<Item>[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start])
    start += 1;
  let end = 0;
  while (
    end < Math.min(before.length, after.length) - start &&
    before[before.length - 1 - end] === after[after.length - 1 - end]
  ) {
    end += 1;
  }
  const middle = diffMiddle(
    before.slice(start, before.length - end),
    after.slice(start, after.length - end),
  );
  const tail = before.slice(before.length - end);
  return joinStretches([
    { isSame: true, before: before.slice(0, start), after: after.slice(0, start) },
    ...middle,
    { isSame: true, before: tail, after: tail },
  ]);
}

function diffMiddle<Item>(
  before: readonly Item[],
  after: readonly Item[],
): readonly Stretch<Item>[] {
  const isAll = before.length === 0 || after.length === 0;
  if (isAll || before.length * after.length > mostPairs) return [{ isSame: false, before, after }];
  const width = after.length + 1;
  // The length of the longest common part of what follows each pair of places.
  const common = new Uint32Array((before.length + 1) * width);
  for (let row = before.length - 1; row >= 0; row -= 1) {
    for (let column = after.length - 1; column >= 0; column -= 1) {
      const below = common[(row + 1) * width + column] ?? 0;
      const right = common[row * width + column + 1] ?? 0;
      const diagonal = common[(row + 1) * width + column + 1] ?? 0;
      common[row * width + column] =
        before[row] === after[column] ? diagonal + 1 : Math.max(below, right);
    }
  }
  const stretches: Stretch<Item>[] = [];
  let row = 0;
  let column = 0;
  while (row < before.length || column < after.length) {
    const left = before.slice(row, row + 1);
    const right = after.slice(column, column + 1);
    const below = row < before.length ? (common[(row + 1) * width + column] ?? 0) : -1;
    const beside = column < after.length ? (common[row * width + column + 1] ?? 0) : -1;
    if (left.length > 0 && right.length > 0 && left[0] === right[0]) {
      stretches.push({ isSame: true, before: left, after: right });
      row += 1;
      column += 1;
    } else if (below >= beside) {
      stretches.push({ isSame: false, before: left, after: [] });
      row += 1;
    } else {
      stretches.push({ isSame: false, before: [], after: right });
      column += 1;
    }
  }
  return stretches;
}

/** Stretches of one kind in a row are one; empty ones are none. */
function joinStretches<Item>(stretches: readonly Stretch<Item>[]): readonly Stretch<Item>[] {
  const joined: { isSame: boolean; before: Item[]; after: Item[] }[] = [];
  for (const { isSame, before, after } of stretches) {
    if (before.length === 0 && after.length === 0) continue;
    const last = joined[joined.length - 1];
    if (last?.isSame === isSame) {
      for (const item of before) last.before.push(item);
      for (const item of after) last.after.push(item);
    } else {
      joined.push({ isSame, before: [...before], after: [...after] });
    }
  }
  return joined;
}
