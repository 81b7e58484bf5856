import { type Expression, type Predicate, partsOf, walkPredicate } from "@harrier/lang/ir";
import { sizeOfRegex } from "@harrier/lang/values";
import type { Rule } from "../rules/index.ts";
import { eventConditions } from "./event-conditions.ts";
import type { Compilation } from "./rule-type.ts";

/**
 * Characters of all regular expressions of a rule, once their repetitions are written out. Each by itself is bounded, too;
 * the largest of the public rules has some hundred. At this size the automata take about 100 MB.
 */
const mostRegexSize = 400_000;

/** Takes the plan away from a rule whose regular expressions would fill the memory. */
export function refuseHuge(compilation: Compilation, rule: Rule): Compilation {
  const { plan, diagnostics, ...others } = compilation;
  if (plan === undefined) return compilation;
  let size = 0;
  for (const condition of eventConditions(plan)) size += regexSizeOf(condition);
  if (size <= mostRegexSize) return compilation;
  const { query } = rule;
  const message = `the regular expressions of the rule come to ${size.toLocaleString("en")} characters once their repetitions are written out`;
  return {
    ...others,
    diagnostics: [
      ...diagnostics,
      {
        severity: "error",
        code: "rule/too-large",
        message,
        span:
          query === undefined
            ? rule.spanOf(["type"])
            : { source: query, start: 0, end: query.text.length },
        hint: `at most ${mostRegexSize.toLocaleString("en")} are taken: shorten \`{n,m}\`, or make several rules of it`,
      },
    ],
  };
}

function regexSizeOf(condition: Predicate): number {
  let size = 0;
  const add = (patterns: readonly string[]): void => {
    for (const pattern of patterns) size += sizeOfRegex(pattern);
  };
  const visit = (expression: Expression): void => {
    if (expression.kind === "regex") add(expression.patterns);
    partsOf(expression).forEach(visit);
  };
  walkPredicate(condition, (leaf) => {
    if (leaf.kind === "regex") add(leaf.patterns);
    else if (leaf.kind === "expression") visit(leaf.of);
    else if (leaf.kind === "nested") size += regexSizeOf(leaf.of);
  });
  return size;
}
