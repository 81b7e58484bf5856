import type { Rule } from "../rule.ts";
import { diffRule } from "./diff-rule.ts";
import type { FieldChange } from "./field-change.ts";

/** What became of a rule. */
export type RuleChange =
  | { readonly kind: "added"; readonly after: Rule }
  | { readonly kind: "removed"; readonly before: Rule }
  /** At least one change of a field; `isSpelling` where none of them changes what the rule means. */
  | {
      readonly kind: "changed";
      readonly before: Rule;
      readonly after: Rule;
      readonly fields: readonly FieldChange[];
      readonly isSpelling: boolean;
    };

export interface RuleSetDiff {
  /** In the order of the new rules, removed ones last. */
  readonly changes: readonly RuleChange[];
  /** Rules without any change. */
  readonly unchanged: number;
}

/**
 * What changed from some rules to others. A rule is known again by its `rule_id`, else by its name; a single rule and
 * another single one are the same rule.
 */
export function diffRuleSets(before: readonly Rule[], after: readonly Rule[]): RuleSetDiff {
  const partners = pairRules(before, after);
  const found = new Set(partners.values());
  const changes: RuleChange[] = [];
  let unchanged = 0;
  for (const rule of after) {
    const old = partners.get(rule);
    if (old === undefined) {
      changes.push({ kind: "added", after: rule });
      continue;
    }
    const fields = diffRule(old, rule);
    if (fields.length === 0) unchanged += 1;
    else {
      const isSpelling = fields.every(({ weight }) => weight !== "meaning");
      changes.push({ kind: "changed", before: old, after: rule, fields, isSpelling });
    }
  }
  for (const rule of before) if (!found.has(rule)) changes.push({ kind: "removed", before: rule });
  return { changes, unchanged };
}

/** For each new rule its old one, where there is one. */
function pairRules(before: readonly Rule[], after: readonly Rule[]): ReadonlyMap<Rule, Rule> {
  const pairs = new Map<Rule, Rule>();
  const [old, ...otherOld] = before;
  const [fresh, ...otherNew] = after;
  if (old !== undefined && fresh !== undefined && otherOld.length + otherNew.length === 0) {
    return pairs.set(fresh, old);
  }
  const byId = new Map(before.map((rule) => [rule.ruleId, rule]));
  const left = new Set(before);
  for (const rule of after) {
    const partner = byId.get(rule.ruleId);
    if (partner === undefined || !left.delete(partner)) continue;
    pairs.set(rule, partner);
  }
  // Of several rules of a name nobody knows which is meant; the first stands for the first.
  for (const rule of after) {
    if (pairs.has(rule)) continue;
    const partner = [...left].find(({ name }) => name === rule.name);
    if (partner === undefined) continue;
    left.delete(partner);
    pairs.set(rule, partner);
  }
  return pairs;
}
