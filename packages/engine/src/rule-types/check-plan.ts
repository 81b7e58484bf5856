import { type Predicate, printPredicate, simplify } from "@harrier/lang/ir";
import type { Diagnostic } from "@harrier/lang/text";
import { durationText, windowMsOf } from "../rules/index.ts";
import { eventConditions } from "./event-conditions.ts";
import type { CompiledRule } from "./rule-type.ts";

/** What a rule that compiles can never find, or not always. */
export function checkPlan(compiled: CompiledRule): readonly Diagnostic[] {
  return [...checkNeverTrue(compiled), ...checkSequenceWindow(compiled)];
}

/** Conditions that no event can meet: one that is plainly false, or that asks for a thing and its contrary. */
function checkNeverTrue({ rule, plan }: CompiledRule): readonly Diagnostic[] {
  if (plan === undefined) return [];
  const conditions = eventConditions(plan);
  const dead = conditions.filter((condition) => isNeverTrue(simplify(condition)));
  if (dead.length === 0) return [];
  const what =
    conditions.length === 1
      ? "the condition"
      : `${dead.length} of the ${conditions.length} conditions`;
  const span = rule.query === undefined ? rule.spanOf(["type"]) : wholeOf(rule.query);
  const message = `no event can meet ${what}`;
  return [{ severity: "warning", code: "rule/never-true", message, span }];
}

function isNeverTrue(predicate: Predicate): boolean {
  switch (predicate.kind) {
    case "constant":
      return !predicate.value;
    case "any":
      return predicate.of.every(isNeverTrue);
    case "all": {
      if (predicate.of.some(isNeverTrue)) return true;
      // Values come in lists, so two different ones are no contradiction; a clause and its `not` are.
      const asked = new Set(predicate.of.map(printPredicate));
      return predicate.of.some((each) => each.kind === "not" && asked.has(printPredicate(each.of)));
    }
    default:
      return false;
  }
}

/**
 * In production a run sees the events of its window only. A sequence that lasts as long as `maxspan` lets it is whole in
 * some window if the window is at least that much longer than the interval.
 */
function checkSequenceWindow({ rule, plan }: CompiledRule): readonly Diagnostic[] {
  if (plan?.kind !== "sequence" || plan.maxspanMs === undefined) return [];
  const windowMs = windowMsOf(rule);
  const { intervalMs } = rule;
  if (windowMs === undefined || windowMs >= intervalMs + plan.maxspanMs) return [];
  const needed = durationText(intervalMs + plan.maxspanMs);
  const message = `a sequence of up to ${durationText(plan.maxspanMs)} can begin before every window that holds its end: each run reads ${durationText(windowMs)}`;
  const hint = `let \`from\` go back by ${needed}, the interval and \`maxspan\` together`;
  return [
    { severity: "note", code: "rule/short-window", message, span: rule.spanOf(["from"]), hint },
  ];
}

function wholeOf(source: { readonly text: string; readonly name: string }): Diagnostic["span"] {
  const start = source.text.length - source.text.trimStart().length;
  return { source, start, end: start + Math.min(1, source.text.length - start) };
}
