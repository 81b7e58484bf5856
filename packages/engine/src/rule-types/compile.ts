import type { Rule, RuleType } from "../rules/index.ts";
import { refuseHuge } from "./check-size.ts";
import { eql } from "./eql.ts";
import { esql } from "./esql.ts";
import { machineLearning } from "./machine-learning.ts";
import { newTerms } from "./new-terms.ts";
import { query } from "./query.ts";
import type { CompiledRule, CompileOptions, RuleTypeDefinition } from "./rule-type.ts";
import { savedQuery } from "./saved-query.ts";
import { threatMatch } from "./threat-match.ts";
import { threshold } from "./threshold.ts";

/** Every type of rule. */
const ruleTypeDefinitions: Readonly<Record<RuleType, RuleTypeDefinition>> = {
  query,
  saved_query: savedQuery,
  eql,
  esql,
  threshold,
  threat_match: threatMatch,
  new_terms: newTerms,
  machine_learning: machineLearning,
};

/** Compiles a rule's query by the rule's type. Never throws for a bad rule: errors are among the diagnostics. */
export function compileRule(rule: Rule, options: CompileOptions): CompiledRule {
  const type = ruleTypeDefinitions[rule.type];
  return { rule, type, ...refuseHuge(type.compile(rule, options), rule) };
}
