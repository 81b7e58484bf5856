/** The fields that public rules test, by what the rules read. Reads `corpora/detection-rules`; writes nothing. */
import { conditionsOf, fieldsOf } from "@harrier/lang/ir";
import { compileIndexPatterns } from "../../packages/engine/src/detect/index-patterns.ts";
import type { RulePlan } from "../../packages/engine/src/rule-types/index.ts";
import { loadRules, type Rule } from "../../packages/engine/src/rules/index.ts";
import { compileAll } from "../corpus-rules.ts";

/** What the rules of one source test. */
export interface RuleFields {
  readonly rules: number;
  readonly fields: ReadonlySet<string>;
}

interface RuleUse {
  readonly index: readonly string[];
  readonly fields: readonly string[];
}

/** Answers for the index under which a source's events are stored. */
export type FindRuleFields = (index: string) => RuleFields;

export async function readRuleFields(folder: string): Promise<FindRuleFields> {
  const { rules } = await loadRules([folder], {});
  const uses = compileAll(rules).map(({ rule, plan }): RuleUse => {
    const fields = plan === undefined ? namesIn(rule) : fieldsOfPlan(plan);
    return { index: rule.index.length > 0 ? rule.index : sourcesOf(rule), fields };
  });
  const known = new Map<string, RuleFields>();
  return (index) => {
    const found = known.get(index) ?? ofIndex(uses, index);
    known.set(index, found);
    return found;
  };
}

/** The rules whose patterns name the source: those for all logs there are (`logs-*`) are left out. */
function ofIndex(uses: readonly RuleUse[], index: string): RuleFields {
  const source = index.replace(/^logs-/, "").split(/[.-]/)[0] ?? "";
  const own = uses.filter((use) => {
    const patterns = use.index.filter((each) => each.startsWith("-") || each.includes(source));
    return compileIndexPatterns(patterns)(index);
  });
  return { rules: own.length, fields: new Set(own.flatMap(({ fields }) => fields)) };
}

function fieldsOfPlan(plan: RulePlan): readonly string[] {
  const conditions = "condition" in plan ? [plan.condition] : conditionsOf(plan);
  const tested = conditions.flatMap((condition) => fieldsOf(condition).map(({ path }) => path));
  return [...tested, ...keysOf(plan)];
}

/** What a plan counts, groups, joins or looks up. */
function keysOf(plan: RulePlan): readonly string[] {
  switch (plan.kind) {
    case "threshold": {
      const { groupBy, cardinality } = plan;
      const counted = cardinality === undefined ? groupBy : [...groupBy, cardinality.field];
      return counted.map(({ path }) => path);
    }
    case "new_terms":
      return plan.fields.map(({ path }) => path);
    case "threat_match":
      return plan.items.flat().map(({ field }) => field.path);
    case "event":
      return [];
    default:
      return plan.steps.flatMap(({ keys }) => keys.map(({ field }) => field.path));
  }
}

/** The dotted names in a query that is not compiled: ES|QL. */
function namesIn({ query }: Rule): readonly string[] {
  return query?.text.match(/\b[A-Za-z_@]\w*(?:\.\w+)+/g) ?? [];
}

/** The indices that an ES|QL query reads. */
function sourcesOf({ query }: Rule): readonly string[] {
  const from = /^\s*from\s+([^|\n]+)/im.exec(query?.text ?? "")?.[1] ?? "";
  return from
    .replace(/\bmetadata\b.*/i, "")
    .split(",")
    .map((name) => name.trim());
}
