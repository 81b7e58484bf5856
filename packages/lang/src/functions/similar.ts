/** Candidates that `name` may stand for, best first, at most three: those that hold it, or differ in few letters. Case does not count. */
export function rankSimilar(name: string, candidates: readonly string[]): readonly string[] {
  const wanted = name.toLowerCase().slice(0, 100);
  return candidates
    .map((candidate) => ({ candidate, distance: distanceBetween(wanted, candidate.toLowerCase()) }))
    .filter(({ distance }) => distance !== undefined)
    .sort((a, b) => (a.distance ?? 0) - (b.distance ?? 0))
    .slice(0, 3)
    .map(({ candidate }) => candidate);
}

/** Letters to change, add or leave out; undefined if the two are not alike. */
function distanceBetween(wanted: string, candidate: string): number | undefined {
  const distance = editDistance(wanted, candidate);
  if (distance <= Math.max(1, Math.floor(candidate.length / 3))) return distance;
  const isPart = wanted.length >= 3 && (candidate.includes(wanted) || wanted.includes(candidate));
  return isPart ? distance : undefined;
}

/** Levenshtein's distance, row by row. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replace = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replace, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
