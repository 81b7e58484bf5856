import { ConditionSet, type MatchStatistics } from "@harrier/lang/match";
import { blockMatcher, type Source } from "../match-lines.ts";
import type { Bench, Part } from "../part.ts";
import { ruleSetOf } from "../rule-set.ts";
import { digits, megabytes, printTable } from "../table.ts";

/** Points 5 and 6: what an event costs in steps, and what is held in memory for that. */
export const counters: Part = {
  name: "counters",
  title: "what an event costs, all rules, each event once",
  isQuick: true,
  run: (bench) => {
    const a = countWith("A", bench);
    const b = countWith("B", bench);
    const each = (read: (statistics: MatchStatistics) => number): readonly string[] =>
      [a, b].map((statistics) => digits(read(statistics) / statistics.events));
    const met = metByKind(b, bench);
    printTable([
      ["an event", "source A", "source B"],
      ["values looked up", ...each(({ values }) => values)],
      ["of them new", ...each(({ newValues }) => newValues)],
      ["candidates", ...each(({ candidates }) => candidates)],
      ["branch steps", ...each(({ steps }) => steps)],
      ["leaves worked out", ...each(({ computed }) => computed)],
      ["conditions true", ...each(({ met: count }) => count)],
      ["  of single events", ...each(() => met.single)],
      ["  first steps", ...each(() => met.first)],
      ["  later steps", ...each(() => met.later)],
    ]);
    printTable([
      ["held", "source A", "source B"],
      ["values remembered", ...[a, b].map(({ cache }) => digits(cache.values))],
      ["their bytes", ...[a, b].map(({ cache }) => megabytes(cache.bytes))],
      ["drops", ...[a, b].map(({ cache }) => digits(cache.drops))],
      ["automaton states", ...[a, b].map(({ automata }) => digits(automata.states))],
      ["automaton bytes", ...[a, b].map(({ automata }) => megabytes(automata.bytes))],
    ]);
    return {};
  },
};

function countWith(source: Source, { inputs, pool }: Bench): MatchStatistics {
  const { conditions, isSingle } = ruleSetOf(pool.rules);
  const set = new ConditionSet(conditions);
  blockMatcher(source, set, isSingle)(Buffer.from(`${inputs[0].lines.join("\n")}\n`));
  return set.statistics();
}

/** Conditions met by what they are in their rules; a condition that rules share counts once for each of them. */
function metByKind(
  { conditions }: MatchStatistics,
  { pool }: Bench,
): { readonly single: number; readonly first: number; readonly later: number } {
  const met = { single: 0, first: 0, later: 0 };
  let place = 0;
  for (const rule of pool.rules) {
    for (const step of rule.conditions.keys()) {
      const kind = rule.isSequence ? (step === 0 ? "first" : "later") : "single";
      met[kind] += conditions[place]?.met ?? 0;
      place += 1;
    }
  }
  return met;
}
