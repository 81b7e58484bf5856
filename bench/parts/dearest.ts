import { type FieldPredicate, printPredicate } from "@harrier/lang/ir";
import {
  ConditionSet,
  compilePredicate,
  type EventDocument,
  type FieldValue,
  fieldValues,
} from "@harrier/lang/match";
import { blockMatcher } from "../match-lines.ts";
import type { Bench, Part } from "../part.ts";
import { ruleSetOf } from "../rule-set.ts";
import { digits, printTable } from "../table.ts";

const shown = 10;
/** Different values of each field that predicates are timed on, and how often. */
const sampleValues = 100;
const repeats = 20;

/** Point 7: predicates and rules to look at first when matching is slow. `harrier hunt --profile` tells it of a user's rules. */
export const dearest: Part = {
  name: "dearest",
  title: "the dearest predicates and rules",
  isQuick: false,
  run: (bench) => {
    const set = matchAll(bench);
    const { leaves, conditions, events } = set.statistics();
    const values = sampleOf(bench);
    const timed = leaves
      .map(({ leaf, wasTrue }) => ({ leaf, wasTrue, us: timeLeaf(leaf, values) }))
      .sort((left, right) => right.us - left.us);
    printTable([
      ["us/value", "true/event", "predicate"],
      ...timed
        .slice(0, shown)
        .map(({ leaf, wasTrue, us }) => [digits(us), digits(wasTrue / events), show(leaf)]),
    ]);
    let place = 0;
    const rules = bench.pool.rules.map(({ name, conditions: own }) => {
      const counts = conditions.slice(place, place + own.length);
      place += own.length;
      const nominated = counts.reduce((sum, count) => sum + count.nominated, 0);
      const met = counts.reduce((sum, count) => sum + count.met, 0);
      return { name, nominated, met, each: nominated / Math.max(1, met) };
    });
    rules.sort((left, right) => right.each - left.each);
    printTable([
      ["candidates/hit", "candidates", "hits", "rule"],
      ...rules
        .slice(0, shown)
        .map(({ name, nominated, met, each }) => [
          digits(each),
          digits(nominated),
          digits(met),
          name,
        ]),
    ]);
    return {};
  },
};

function matchAll({ inputs, pool }: Bench): ConditionSet {
  const { conditions, isSingle } = ruleSetOf(pool.rules);
  const set = new ConditionSet(conditions);
  blockMatcher("A", set, isSingle)(Buffer.from(`${inputs[0].lines.join("\n")}\n`));
  return set;
}

type Sample = (path: string) => readonly FieldValue[];

function sampleOf({ inputs }: Bench): Sample {
  const documents = inputs[0].lines.map((line): EventDocument => JSON.parse(line));
  const samples = new Map<string, readonly FieldValue[]>();
  return (path) => {
    let sample = samples.get(path);
    if (sample === undefined) {
      const found = new Set<FieldValue>();
      for (const document of documents) {
        for (const value of fieldValues(document, path)) found.add(value);
        if (found.size >= sampleValues) break;
      }
      sample = [...found];
      samples.set(path, sample);
    }
    return sample;
  };
}

/** Microseconds for one value, when the predicate is asked by itself: the fastest of some tries. */
function timeLeaf(leaf: FieldPredicate, sampleOfField: Sample): number {
  const values = sampleOfField(leaf.field.path);
  if (values.length === 0) return 0;
  const test = compilePredicate(leaf);
  const documents = values.map((value) => ({ [leaf.field.path]: value }));
  let best = Number.POSITIVE_INFINITY;
  for (let repeat = 0; repeat < repeats; repeat += 1) {
    const start = performance.now();
    for (const document of documents) test(document);
    best = Math.min(best, performance.now() - start);
  }
  return (best * 1_000) / values.length;
}

function show(leaf: FieldPredicate): string {
  const text = printPredicate(leaf);
  return text.length > 90 ? `${text.slice(0, 89)}…` : text;
}
