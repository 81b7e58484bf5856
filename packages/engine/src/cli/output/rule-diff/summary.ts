import type { RuleSetDiff } from "../../../rules/index.ts";
import { countOf, formatCount } from "../units.ts";

/** How many rules of each kind, in one line. */
export function diffSummary({ changes, unchanged }: RuleSetDiff): string {
  const count = (isCounted: (change: RuleSetDiff["changes"][number]) => boolean) =>
    changes.filter(isCounted).length;
  const spelling = count((change) => change.kind === "changed" && change.isSpelling);
  const parts = [
    [count((change) => change.kind === "changed") - spelling, "changed"],
    [count(({ kind }) => kind === "added"), "added"],
    [count(({ kind }) => kind === "removed"), "removed"],
    [spelling, "with the same meaning"],
    [unchanged, "equal"],
  ] as const;
  const named = parts.filter(([number]) => number > 0);
  return `${countOf(changes.length + unchanged, "rule")}${named
    .map(([number, what], index) => `${index === 0 ? ": " : ", "}${formatCount(number)} ${what}`)
    .join("")}`;
}
