import {
  fieldsOf,
  type LeafPredicate,
  type Predicate,
  printPredicate,
  walkPredicate,
} from "@harrier/lang/ir";
import { ConditionSet, type EventDocument } from "@harrier/lang/match";
import { timeOf } from "../measure.ts";
import { atMost, type Part } from "../part.ts";
import { ruleSetOf } from "../rule-set.ts";
import { digits, printTable } from "../table.ts";

const pieces = [
  "a",
  "a-/1.",
  "\\",
  "*?",
  "powershell -e ",
  "\u0130\u212a",
  "1.",
  "::",
  "[(",
] as const;
/** UTF-16 units of a value: from the first to the second are three doublings. */
const lengths = [32 * 1_024, 256 * 1_024] as const;
const repeats = 3;
const shown = 10;
/** Below it the clock says more about the machine than about the engine. */
const leastMs = 2;
const mostGrowth = 2.6;

/**
 * Point 8 again, for every field whose rules do more than compare whole values: wildcards, regular expressions,
 * functions, addresses, words. One long value in that field alone, and one eight times as long.
 */
export const hostileFields: Part = {
  name: "hostile-fields",
  title: "hostile values in each field that has patterns: the slowest",
  isQuick: false,
  run: (bench) => {
    const { conditions } = ruleSetOf(bench.pool.rules);
    const set = new ConditionSet(conditions);
    const fields = patternFields(conditions);
    const rows = [...fields].flatMap(([path, leaves]) =>
      pieces.map((piece) => ({ path, leaves, piece, ...measure(set, path, piece) })),
    );
    const slowest = [...rows].sort((left, right) => right.ms - left.ms);
    printTable([
      ["ms for 256 KB", "time(2n)/time(n)", "patterns", "field", "piece"],
      ...slowest
        .slice(0, shown)
        .map(({ ms, growth, leaves, path, piece }) => [
          digits(ms),
          digits(growth),
          digits(leaves),
          path,
          JSON.stringify(piece),
        ]),
    ]);
    const measurable = rows.filter(({ ms }) => ms >= leastMs);
    const worst = Math.max(0, ...measurable.map(({ growth }) => growth));
    console.log(
      `${fields.size} fields, ${rows.length} values; ${measurable.length} took ${leastMs} ms or more`,
    );
    return {
      musts: [
        atMost("256 KB in any field", 200 / 4, slowest[0]?.ms ?? 0, " ms"),
        atMost("256 KB in any field, time(2n)/time(n)", mostGrowth, worst, " x"),
      ],
    };
  },
};

/** Fields with leaves that look into a value, and how many leaves those are. */
function patternFields(conditions: readonly Predicate[]): ReadonlyMap<string, number> {
  const leaves = new Map<string, Set<string>>();
  const alike = new Map<string, string>();
  const add = (path: string, leaf: LeafPredicate): void => {
    // Of the places of a list, which some rules name one by one, the first.
    const shape = path.replace(/\.\d+(?=\.)/g, ".0");
    const first = alike.get(shape) ?? path;
    alike.set(shape, first);
    const known = leaves.get(first) ?? new Set();
    leaves.set(first, known.add(printPredicate(leaf)));
  };
  const visit = (leaf: LeafPredicate): void => {
    if (leaf.kind === "nested" || leaf.kind === "anywhere") return;
    if (leaf.kind === "expression") {
      for (const { path } of fieldsOf(leaf)) add(path, leaf);
    } else if (leaf.kind !== "equals" && leaf.kind !== "exists") add(leaf.field.path, leaf);
  };
  for (const condition of conditions) walkPredicate(condition, visit);
  return new Map([...leaves].map(([path, own]) => [path, own.size]));
}

/** The fastest of some tries: what else runs on the machine only adds. */
function measure(
  set: ConditionSet,
  path: string,
  piece: string,
): { readonly ms: number; readonly growth: number } {
  const [short = Number.NaN, long = Number.NaN] = lengths.map((length) => {
    const text = piece.repeat(length / piece.length);
    let best = Number.POSITIVE_INFINITY;
    for (let repeat = 0; repeat < repeats; repeat += 1) {
      // Another value each time: nothing of it may be known.
      const value = `${repeat}${text}`;
      const event: EventDocument = { event: { category: "process" }, [path]: value, ...others };
      best = Math.min(
        best,
        timeOf(() => set.match(event)),
      );
    }
    return best;
  });
  return { ms: long, growth: Math.cbrt(long / short) };
}

/** Fields that functions compare with others. */
const others = { user: { name: "ada", domain: "lab" }, host: { name: "ws-01" } };
