import type { Schema } from "@harrier/lang/ecs";
import { type AlertContext, buildRuleFields } from "../alerts/index.ts";
import type { CompiledRule, RulePlan } from "../rule-types/index.ts";
import type { Rule } from "../rules/index.ts";
import { compileIndexPatterns } from "./index-patterns.ts";

/** A rule that can run, with what a hunt needs of it. */
export interface RunningRule {
  readonly rule: Rule;
  readonly plan: RulePlan;
  /** Its place among the rules of the hunt. */
  readonly place: number;
  readonly context: AlertContext;
  /** Whether the rule's index patterns name the index. True where there are no patterns; an event without an index is in none. */
  readonly lists: (index: string | undefined) => boolean;
}

/** The rules that have a plan, in their order. */
export function prepareRules(
  rules: readonly CompiledRule[],
  schema: Schema,
): readonly RunningRule[] {
  const lists = shareIndexMatchers();
  return rules.flatMap(({ rule, type, plan }, place) => {
    if (plan === undefined) return [];
    const context = { rule, ruleFields: buildRuleFields(rule, type), schema };
    return [{ rule, plan, place, context, lists: lists(rule.index) }];
  });
}

/** Answers kept for each list of patterns; a log may name any number of indices. */
const mostAnswers = 1_000;

/** Hundreds of rules have the same patterns, and thousands of events the same index. */
function shareIndexMatchers(): (patterns: readonly string[]) => RunningRule["lists"] {
  const made = new Map<string, RunningRule["lists"]>();
  return (patterns) => {
    const key = patterns.join(",");
    let matcher = made.get(key);
    if (matcher === undefined) {
      matcher = patterns.length === 0 ? () => true : rememberAnswers(patterns);
      made.set(key, matcher);
    }
    return matcher;
  };
}

function rememberAnswers(patterns: readonly string[]): RunningRule["lists"] {
  const matches = compileIndexPatterns(patterns);
  const answers = new Map<string, boolean>();
  return (index) => {
    if (index === undefined) return false;
    let answer = answers.get(index);
    if (answer === undefined) {
      if (answers.size === mostAnswers) answers.clear();
      answer = matches(index);
      answers.set(index, answer);
    }
    return answer;
  };
}
