import { ConditionSet } from "@harrier/lang/match";
import type { Diagnostic } from "@harrier/lang/text";
import { eventConditions } from "./event-conditions.ts";
import type { CompiledRule } from "./rule-type.ts";

/**
 * What a rule costs that its author may not expect: conditions that no value of an event leads to. Thousands of other
 * conditions are told false without a look at them; such a one is evaluated for each event.
 */
export function checkCost({ rule, plan }: CompiledRule): readonly Diagnostic[] {
  if (plan === undefined) return [];
  const conditions = eventConditions(plan);
  const { alwaysEvaluated } = new ConditionSet(conditions);
  if (alwaysEvaluated.length === 0) return [];
  const { query } = rule;
  const what =
    conditions.length === 1
      ? "the condition asks"
      : `${alwaysEvaluated.length} of the ${conditions.length} conditions ask`;
  const one: Diagnostic = {
    severity: "note",
    code: "rule/always-evaluated",
    message: `${what} for nothing that has to be there, so every event is looked at`,
    span: query === undefined ? rule.spanOf(["type"]) : { source: query, ...firstLine(query.text) },
    hint: "add something that every match has: an event category, a source, a field with a value",
  };
  return [one];
}

/** Where the first line with something on it stands. */
function firstLine(text: string): { readonly start: number; readonly end: number } {
  const start = text.length - text.trimStart().length;
  const lineEnd = text.indexOf("\n", start);
  const line = text.slice(start, lineEnd < 0 ? text.length : lineEnd);
  return { start, end: start + line.trimEnd().length };
}
