import type { FieldPath } from "../values/index.ts";

const mostSuggestions = 3;
/** Longer paths are nobody's slip. */
const longestPath = 200;

/** Objects that a path without its first part most likely meant, best first. */
const commonRoots = [
  "process",
  "file",
  "host",
  "user",
  "event",
  "registry",
  "source",
  "destination",
  "network",
  "dns",
  "dll",
  "winlog",
];

interface KnownName {
  readonly name: FieldPath;
  /** In lower case. */
  readonly lower: string;
  /** In lower case, letters and digits only. */
  readonly bare: string;
  /** A bit for every letter or digit that occurs: a cheap bound on the edit distance. */
  readonly letters: number;
}

/** Known names that a writer of `path` may have meant, as `Schema.similarTo` has it. */
export function similarNames(
  path: FieldPath,
  candidates: readonly FieldPath[],
): readonly FieldPath[] {
  return indexNames(candidates)(path);
}

/**
 * Prepares names to be suggested. The result gives the best kind of likeness only, best first:
 * 1. the same but for case, 2. the same but for separators, 3. one slip of the keys, 4. the same but
 * for a missing start, 5. two or three slips, 6. the same first and last part, 7. the same last part
 * below a common root.
 */
export function indexNames(names: readonly FieldPath[]): (path: FieldPath) => readonly FieldPath[] {
  const known = names.map(describeName);
  return (path) => {
    if (path === "" || path.length > longestPath) return [];
    const wanted = describeName(path);
    for (const costOf of likenesses) {
      const found = bestNames(known, costOf(wanted));
      if (found.length > 0) return found;
    }
    return [];
  };
}

function describeName(name: FieldPath): KnownName {
  const lower = name.toLowerCase();
  const bare = lower.replace(/[^a-z0-9]/g, "");
  return { name, lower, bare, letters: lettersOf(bare) };
}

/** Says how far a known name is from the wanted one; `undefined` when it is not alike. */
type CostOf = (wanted: KnownName) => (known: KnownName) => number | undefined;

const sameButCase: CostOf = (wanted) => (known) => (known.lower === wanted.lower ? 0 : undefined);

const sameButSeparators: CostOf = (wanted) => (known) =>
  known.bare === wanted.bare && wanted.bare !== "" ? 0 : undefined;

/** The shorter the name, the fewer slips leave it recognisable. */
const slips =
  (most: number): CostOf =>
  (wanted) => {
    const limit = Math.min(most, Math.floor(wanted.lower.length / 4));
    return (known) => {
      if (Math.abs(known.lower.length - wanted.lower.length) > limit) return undefined;
      // A slip changes two of the bits at most: one letter for another.
      if (countBits(known.letters ^ wanted.letters) > 2 * limit) return undefined;
      return editDistance(wanted.lower, known.lower, limit);
    };
  };

const missingStart: CostOf = (wanted) => {
  const end = `.${wanted.lower}`;
  return (known) => (known.lower.endsWith(end) ? rootRank(known.name) : undefined);
};

const sameEnds: CostOf = (wanted) => {
  const first = wanted.lower.slice(0, wanted.lower.indexOf(".") + 1);
  const last = wanted.lower.slice(wanted.lower.lastIndexOf("."));
  if (first === "") return () => undefined;
  return (known) => (known.lower.startsWith(first) && known.lower.endsWith(last) ? 0 : undefined);
};

const sameLast: CostOf = (wanted) => {
  const [, last, ...more] = wanted.lower.split(".");
  if (last === undefined || last === "" || more.length > 0) return () => undefined;
  return ({ lower }) => {
    const [root = "", end, ...rest] = lower.split(".", 3);
    return end === last && rest.length === 0 && commonRoots.includes(root) ? 0 : undefined;
  };
};

const likenesses: readonly CostOf[] = [
  sameButCase,
  sameButSeparators,
  slips(1),
  missingStart,
  slips(3),
  sameEnds,
  sameLast,
];

/** The names of least cost; among equals the ones with common roots, the shorter, the first by code units. */
function bestNames(
  known: readonly KnownName[],
  costOf: (known: KnownName) => number | undefined,
): readonly FieldPath[] {
  let least = Number.POSITIVE_INFINITY;
  let best: FieldPath[] = [];
  for (const candidate of known) {
    const cost = costOf(candidate);
    if (cost === undefined || cost > least) continue;
    if (cost < least) best = [];
    least = cost;
    best.push(candidate.name);
  }
  return best.sort(compareNames).slice(0, mostSuggestions);
}

function compareNames(a: FieldPath, b: FieldPath): number {
  return rootRank(a) - rootRank(b) || a.length - b.length || (a < b ? -1 : 1);
}

function rootRank(name: FieldPath): number {
  const rank = commonRoots.indexOf(name.split(".", 1)[0] ?? "");
  return rank < 0 ? commonRoots.length : rank;
}

function lettersOf(bare: string): number {
  let bits = 0;
  for (let index = 0; index < bare.length; index += 1) bits |= 1 << (bare.charCodeAt(index) & 31);
  return bits;
}

function countBits(bits: number): number {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}

/** Insertions, deletions, replacements and swaps of neighbours; `undefined` above `limit`. */
function editDistance(a: string, b: string, limit: number): number | undefined {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j += 1) {
      const isSame = a.charCodeAt(i - 1) === b.charCodeAt(j - 1);
      let cost = Math.min(at(last, j) + 1, at(row, j - 1) + 1, at(last, j - 1) + (isSame ? 0 : 1));
      const isSwap =
        i > 1 &&
        j > 1 &&
        a.charCodeAt(i - 1) === b.charCodeAt(j - 2) &&
        a.charCodeAt(i - 2) === b.charCodeAt(j - 1);
      if (isSwap) cost = Math.min(cost, at(beforeLast, j - 2) + 1);
      row.push(cost);
      least = Math.min(least, cost);
    }
    if (least > limit) return undefined;
    beforeLast = last;
    last = row;
  }
  const distance = at(last, b.length);
  return distance <= limit ? distance : undefined;
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Number.POSITIVE_INFINITY;
}
