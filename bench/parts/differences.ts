import { ConditionSet, evaluatePredicate } from "@harrier/lang/match";
import { openLines } from "../match-lines.ts";
import type { Bench, Part } from "../part.ts";
import { type BenchRule, takeRules } from "../rule-pool.ts";
import { ruleSetOf } from "../rule-set.ts";

/** Point 10: the same answers as the plain evaluator. `npm run equivalence` goes further; this is about what was measured here. */
export const differences: Part = {
  name: "differences",
  title: "differences from the reference",
  isQuick: true,
  run: (bench) => {
    const { pool, seed, isQuick } = bench;
    const events = isQuick ? 100 : 500;
    const many = takeRules(pool, 10_000, seed);
    const found = [
      ...compare("all", pool.rules, events, bench),
      ...compare("10,000", many, events / 10, bench),
    ];
    console.log(`${found.length} differences`);
    return { faults: found.slice(0, 20) };
  },
};

/** Evenly over all inputs. Each event twice, the second time with all its values known. */
function compare(
  name: string,
  rules: readonly BenchRule[],
  events: number,
  { inputs }: Bench,
): readonly string[] {
  const { conditions } = ruleSetOf(rules);
  const set = new ConditionSet(conditions);
  const lines = openLines(set);
  const found: string[] = [];
  for (const input of inputs) {
    const step = Math.max(1, Math.floor((input.lines.length * inputs.length) / events));
    for (const line of input.lines.filter((_, index) => index % step === 0)) {
      const document = JSON.parse(line);
      const bytes = Buffer.from(line);
      const expected = conditions.flatMap((condition, place) =>
        evaluatePredicate(condition, document) ? [place] : [],
      );
      const answers = [
        set.match(document),
        lines.match(bytes, 0, bytes.length),
        set.match(document),
        lines.match(bytes, 0, bytes.length),
      ];
      if (answers.some((answer) => answer?.join() !== expected.join())) {
        found.push(`differs with ${name} rules: ${line.slice(0, 500)}`);
      }
    }
  }
  return found;
}
