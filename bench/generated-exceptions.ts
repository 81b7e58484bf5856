import type { Predicate } from "@harrier/lang/ir";
import { type Random, seededRandom } from "../scripts/random.ts";
import type { BenchRule } from "./rule-pool.ts";

const itemsOfRule = 100;
const fields = [
  "process.executable",
  "process.parent.executable",
  "user.name",
  "file.path",
] as const;

/** What so many exception items become: for every hundred of them, which a rule has, one condition of alternatives. */
export function generateExceptions(items: number, seed: number): readonly BenchRule[] {
  const random = seededRandom(seed);
  return Array.from({ length: Math.ceil(items / itemsOfRule) }, (_, rule) => {
    const of = Array.from({ length: itemsOfRule }, (_, item) => makeItem(rule, item, random));
    return {
      name: `exceptions ${rule}`,
      language: "exceptions",
      conditions: [{ kind: "any", of }],
      isSingle: false,
      isSequence: false,
    };
  });
}

/** One entry or two: a value, or a path with a wildcard at its end. */
function makeItem(rule: number, item: number, random: Random): Predicate {
  const path = `C:\\apps\\${rule}\\tool${item}`;
  const entry = (): Predicate => {
    const field = { path: random.pick(fields), type: "keyword" } as const;
    return random.chance(0.3)
      ? { kind: "wildcard", field, patterns: [`${path}\\*`], fold: true }
      : { kind: "equals", field, values: [`${path}.exe`], fold: false };
  };
  return random.chance(0.5) ? entry() : { kind: "all", of: [entry(), entry()] };
}
