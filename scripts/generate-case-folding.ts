/**
 * Writes packages/lang/src/values/case-folding.gen.ts: Unicode's simple case folding (statuses C and S of CaseFolding.txt).
 * Reads nothing but the Unicode data of the Node that runs it: two characters fold together exactly when one matches the
 * other under RegExp flags `iu` (ECMA-262, Canonicalize). Run it with a newer Node to take in a newer Unicode:
 *
 *   node --import tsx scripts/generate-case-folding.ts
 */
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const target = fileURLToPath(
  new URL("../packages/lang/src/values/case-folding.gen.ts", import.meta.url),
);

/** Cherokee folds to the capitals, which are older than the small letters. */
const cherokeeCapitals = { first: 0x13a0, last: 0x13f5 };
/** Targets of pairs in which neither letter is the other's lower case (CaseFolding.txt, status S). */
const targetsWithoutCase: ReadonlySet<number> = new Set([0x0390, 0x03b0, 0xfb06]);

const folds = new Map<number, number>();
for (const members of classesOf(candidateGroups())) {
  const representative = representativeOf(members);
  for (const member of members) if (member !== representative) folds.set(member, representative);
}
writeFileSync(target, printTable(runsOf(folds)));

/** Characters that any case mapping connects. Too wide a group does no harm: `iu` decides. */
function candidateGroups(): Iterable<ReadonlySet<number>> {
  const groups = new Map<string, Set<number>>();
  for (let point = 0; point <= 0x10ffff; point += 1) {
    if (point >= 0xd800 && point <= 0xdfff) continue;
    const character = String.fromCodePoint(point);
    const lower = character.toLowerCase();
    const upper = character.toUpperCase();
    if (lower === character && upper === character) continue;
    // ẞ has no other link to ß than its lower case; long s and the like none but their upper case.
    const key = lower.toUpperCase();
    const group = groups.get(key) ?? new Set<number>();
    groups.set(key, group.add(point));
  }
  return groups.values();
}

function* classesOf(groups: Iterable<ReadonlySet<number>>): Generator<readonly number[]> {
  for (const group of groups) {
    const open = new Set(group);
    for (const point of group) {
      if (!open.has(point)) continue;
      const pattern = new RegExp(`^\\u{${point.toString(16)}}$`, "iu");
      const members = [...open].filter((other) => pattern.test(String.fromCodePoint(other)));
      for (const member of members) open.delete(member);
      if (members.length > 1) yield members;
    }
  }
}

function representativeOf(members: readonly number[]): number {
  const { first, last } = cherokeeCapitals;
  const found =
    members.find((member) => member >= first && member <= last) ??
    members.find((member) => targetsWithoutCase.has(member)) ??
    members.find((member) =>
      members.some(
        (other) =>
          other !== member &&
          String.fromCodePoint(other).toLowerCase() === String.fromCodePoint(member),
      ),
    );
  if (found === undefined) {
    const points = members.map((member) => `U+${member.toString(16)}`).join(" ");
    throw new Error(`look up in CaseFolding.txt to which of ${points} the others fold`);
  }
  return found;
}

interface Run {
  readonly first: number;
  readonly count: number;
  readonly step: number;
  readonly shift: number;
}

/** Neighbours that move by the same distance, one by one or every second one. */
function runsOf(table: ReadonlyMap<number, number>): readonly Run[] {
  const points = [...table.keys()].sort((a, b) => a - b);
  const shiftOf = (point: number): number => (table.get(point) ?? point) - point;
  const runs: Run[] = [];
  for (let index = 0; index < points.length; ) {
    const first = points[index] ?? 0;
    const step = (points[index + 1] ?? first) - first === 2 ? 2 : 1;
    let count = 1;
    while (
      points[index + count] === first + count * step &&
      shiftOf(first + count * step) === shiftOf(first)
    ) {
      count += 1;
    }
    runs.push({ first, count, step, shift: shiftOf(first) });
    index += count;
  }
  return runs;
}

function printTable(runs: readonly Run[]): string {
  const lines = runs.map(
    ({ first, count, step, shift }) => `  0x${first.toString(16)}, ${count}, ${step}, ${shift},`,
  );
  return `// Written by scripts/generate-case-folding.ts from Unicode ${process.versions.unicode}. Do not edit.

/**
 * Unicode simple case folding, four numbers a run: the first code point, how many follow each other,
 * at what distance, and what to add to each to fold it.
 */
export const foldingRuns: readonly number[] = [
${lines.join("\n")}
];
`;
}
