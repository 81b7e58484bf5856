import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

export type Ratios = Readonly<Record<string, number>>;
type Mode = "quick" | "full";

/** What a ratio may be above the recorded one: shared machines drift. */
const slack = 1.3;
const path = fileURLToPath(new URL("recorded.json", import.meta.url));

/** Ratios that have got worse than the recorded ones by more than the slack, as lines to print. New ones have none to be held against. */
export function findWorse(mode: Mode, ratios: Ratios): readonly string[] {
  const known = readRecorded()[mode];
  return Object.entries(ratios).flatMap(([name, ratio]) => {
    const before = known?.[name];
    if (before === undefined || ratio <= before * slack) return [];
    return [`worse: ${name}: ${ratio.toFixed(2)}, recorded ${before.toFixed(2)}`];
  });
}

/** Keeps the ratios; those of other parts and of the other mode stay. */
export function record(mode: Mode, ratios: Ratios): void {
  const recorded = readRecorded();
  const rounded = Object.entries(ratios).map(([name, ratio]) => [name, Number(ratio.toFixed(3))]);
  const own = { ...recorded[mode], ...Object.fromEntries(rounded) };
  writeFileSync(path, `${JSON.stringify({ ...recorded, [mode]: own }, null, 2)}\n`);
}

function readRecorded(): Partial<Record<Mode, Ratios>> {
  // Written by `record`.
  return existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : {};
}
