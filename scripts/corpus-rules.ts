/** What the public rules become, and what they should. Reads the files of a folder; writes nothing. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ecsSchema } from "@harrier/lang/ecs";
import { conditionsOf as conditionsOfSteps, type Predicate } from "@harrier/lang/ir";
import type { Source } from "@harrier/lang/text";
import {
  type CompiledRule,
  compileRule,
  type RulePlan,
} from "../packages/engine/src/rule-types/index.ts";
import { type Rule, type RuleType, ruleTypes } from "../packages/engine/src/rules/index.ts";

export interface JudgedRule extends CompiledRule {
  readonly outcome: "runs" | "unsupported" | "failed";
  /** The outcome is what it should be. */
  readonly isRight: boolean;
}

/** What no rule can run of. All rules of other types have to. */
const unsupportedTypes: ReadonlySet<RuleType> = new Set(["esql", "machine_learning"]);

/** Compiles rules by their types, at a fixed time. */
export function compileAll(rules: readonly Rule[]): readonly JudgedRule[] {
  const options = { schema: ecsSchema, strictFields: false, now: 1_767_225_600_000_000_000n };
  return rules.map((rule) => {
    const compiled = compileRule(rule, options);
    const outcome = outcomeOf(compiled);
    const wanted = unsupportedTypes.has(rule.type) ? "unsupported" : "runs";
    return { ...compiled, outcome, isRight: outcome === wanted };
  });
}

function outcomeOf({ plan, unsupported }: CompiledRule): JudgedRule["outcome"] {
  if (plan !== undefined) return "runs";
  return unsupported === undefined ? "failed" : "unsupported";
}

/** What a plan asks of single events, and of indicators. */
export function conditionsOf(plan: RulePlan): readonly Predicate[] {
  switch (plan.kind) {
    case "threshold":
    case "new_terms":
      return [plan.condition];
    case "threat_match":
      return [plan.condition, plan.indicatorCondition];
    default:
      return conditionsOfSteps(plan);
  }
}

export interface QueryText {
  readonly source: Source;
  readonly language: NonNullable<Rule["language"]>;
}

/** The rule's own query, and that of its indicators. */
export function queriesOf({ query, language, threatMatch }: Rule): readonly QueryText[] {
  const own = query === undefined || language === undefined ? [] : [{ source: query, language }];
  if (threatMatch === undefined) return own;
  return [...own, { source: threatMatch.query, language: threatMatch.language }];
}

/** Counted without our reader, so that a reader that sees too little shows. */
export function countFiles(folder: string): { readonly rules: number; readonly queries: number } {
  const typeLine = new RegExp(`^type = "(?:${ruleTypes.join("|")})"$`, "m");
  let rules = 0;
  let queries = 0;
  for (const path of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    if (!path.endsWith(".toml")) continue;
    const text = readFileSync(join(folder, path), "utf8");
    if (!typeLine.test(text)) continue;
    rules += 1;
    // A query says its language; texts for other programs have none.
    queries += [...text.matchAll(/^(?:threat_)?language = "/gm)].length;
  }
  return { rules, queries };
}
