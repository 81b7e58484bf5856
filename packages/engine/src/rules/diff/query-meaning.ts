import { ecsSchema } from "@harrier/lang/ecs";
import { compileEql } from "@harrier/lang/eql";
import {
  conditionsOf,
  type Plan,
  type Predicate,
  printPlan,
  printPredicate,
  simplify,
} from "@harrier/lang/ir";
import { compileKql } from "@harrier/lang/kql";
import { compileLucene } from "@harrier/lang/lucene";
import type { Rule } from "../rule.ts";

/**
 * What a query asks, in one spelling: queries with the same text here ask the same of every event. The order of conditions
 * and values, brackets, blanks and comments do not count. `undefined` where that can't be told: a query with errors, a
 * language that is not compiled.
 */
export function meaningOf(query: string, language: Rule["language"]): string | undefined {
  const source = { name: "query", text: query };
  // Any time will do, if it is the same for both: `now` must be read somehow.
  const options = { now: 0n };
  switch (language) {
    case "eql": {
      const { plan } = compileEql(source, ecsSchema, options);
      return plan && printMeaning(plan);
    }
    case "lucene": {
      const { predicate } = compileLucene(source, ecsSchema, options);
      return predicate && printCondition(simplify(predicate));
    }
    case "kuery": {
      const { predicate } = compileKql(source, ecsSchema, options);
      return predicate && printCondition(simplify(predicate));
    }
    default:
      return undefined;
  }
}

function printMeaning(plan: Plan): string {
  const conditions = conditionsOf(plan).map((condition) => printCondition(simplify(condition)));
  return [printPlan(withoutConditions(plan)), ...conditions].join("\n");
}

/** What is left of a plan beside the conditions: keys, times, pipes. */
function withoutConditions(plan: Plan): Plan {
  const condition: Predicate = { kind: "constant", value: true };
  switch (plan.kind) {
    case "event":
      return { ...plan, condition };
    case "sample":
      return { ...plan, steps: plan.steps.map((step) => ({ ...step, condition })) };
    case "sequence": {
      const { until } = plan;
      const steps = plan.steps.map((step) => ({ ...step, condition }));
      return { ...plan, steps, ...(until === undefined ? {} : { until: { ...until, condition } }) };
    }
    default:
      return plan satisfies never;
  }
}

function printCondition(predicate: Predicate): string {
  switch (predicate.kind) {
    case "all":
      return `(all ${sorted(predicate.of.map(printCondition))})`;
    case "any":
      return printAny(predicate.of.flatMap(alternativesOf));
    case "not":
      return `(not ${printCondition(predicate.of)})`;
    case "constant":
      return String(predicate.value);
    default:
      return printAny(alternativesOf(predicate));
  }
}

/** A list of values is as good as a condition for each. */
function alternativesOf(predicate: Predicate): readonly string[] {
  switch (predicate.kind) {
    case "equals":
      return predicate.values.map((value) => printPredicate({ ...predicate, values: [value] }));
    case "wildcard":
    case "regex":
      return predicate.patterns.map((pattern) =>
        printPredicate({ ...predicate, patterns: [pattern] }),
      );
    case "cidr":
      return predicate.blocks.map((block) => printPredicate({ ...predicate, blocks: [block] }));
    case "all":
    case "any":
    case "not":
    case "constant":
      return [printCondition(predicate)];
    default:
      return [printPredicate(predicate)];
  }
}

function printAny(alternatives: readonly string[]): string {
  const [only = "", ...others] = new Set(alternatives);
  return others.length === 0 ? only : `(any ${sorted(alternatives)})`;
}

function sorted(texts: readonly string[]): string {
  return [...new Set(texts)].sort().join(" ");
}
