import { ecsSchema } from "@harrier/lang/ecs";
import { compileEql } from "@harrier/lang/eql";
import { conditionsOf as conditionsOfPlan, type Predicate } from "@harrier/lang/ir";
import { loadRules } from "../packages/engine/src/rules/index.ts";
import { compileAll, conditionsOf } from "../scripts/corpus-rules.ts";
import { type Random, seededRandom } from "../scripts/random.ts";
import { findShared } from "../scripts/shared.ts";
import { generateQueries } from "./generated-rules.ts";
import { mutateCondition } from "./mutate.ts";

/** A rule as the benchmark sees it: what it asks of single events. */
export interface BenchRule {
  readonly name: string;
  readonly language: string;
  /** In the order of its steps. */
  readonly conditions: readonly Predicate[];
  /** It looks at events by themselves: what meets it is an alert. */
  readonly isSingle: boolean;
  /** Its later conditions matter only after an event has met the first. */
  readonly isSequence: boolean;
}

export interface RulePool {
  readonly name: string;
  readonly rules: readonly BenchRule[];
  /** Why the others do not run, with how many of them. */
  readonly refused: ReadonlyMap<string, number>;
  /** Where the rules are, for programs that read them by themselves. */
  readonly path: string | undefined;
}

/** The public rules where they are, else a thousand generated ones. */
export async function readPool(seed: number): Promise<RulePool> {
  const path = findShared("corpora/detection-rules");
  if (path === undefined) return generatePool(seed);
  const { rules: loaded } = await loadRules([path]);
  const rules: BenchRule[] = [];
  const refused = new Map<string, number>();
  for (const { rule, plan } of compileAll(loaded)) {
    if (plan === undefined) {
      refused.set(rule.type, (refused.get(rule.type) ?? 0) + 1);
      continue;
    }
    rules.push({
      name: rule.name,
      language: rule.language ?? "none",
      conditions: conditionsOf(plan),
      isSingle: plan.kind === "event",
      isSequence: plan.kind === "sequence",
    });
  }
  return { name: "public", rules, refused, path };
}

function generatePool(seed: number): RulePool {
  const rules = generateQueries(1_000, seed).map((text, index): BenchRule => {
    const name = `generated ${index}`;
    const { plan } = compileEql({ name, text }, ecsSchema);
    if (plan === undefined) throw new Error(`${name} does not compile`);
    const conditions = conditionsOfPlan(plan);
    return { name, language: "eql", conditions, isSingle: true, isSequence: false };
  });
  return { name: "generated", rules, refused: new Map(), path: undefined };
}

/** So many rules, evenly over the pool, that a small set is not all of one kind; beyond the pool's own, mutations of them. */
export function takeRules(
  { rules }: Pick<RulePool, "rules">,
  count: number,
  seed: number,
): readonly BenchRule[] {
  if (count <= rules.length) {
    return Array.from({ length: count }, (_, index) =>
      Math.floor((index * rules.length) / count),
    ).flatMap((place) => rules[place] ?? []);
  }
  const random = seededRandom(seed);
  const more = Array.from({ length: count - rules.length }, (_, index) =>
    mutateRule(rules[index % rules.length], random),
  );
  return [...rules, ...more.flat()];
}

function mutateRule(rule: BenchRule | undefined, random: Random): readonly BenchRule[] {
  if (rule === undefined) return [];
  const conditions = rule.conditions.map((condition) => mutateCondition(condition, random));
  return [{ ...rule, name: `${rule.name} (mutated)`, conditions }];
}
