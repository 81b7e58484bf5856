import type { Explanation } from "@harrier/lang/match";
import type { RuleExplanation } from "../../detect/index.ts";
import { clauseText } from "./clause-text.ts";

/** An explanation for programs. */
export function explanationJson({
  rule,
  steps,
  exceptions,
  matches,
}: RuleExplanation): Record<string, unknown> {
  return {
    rule_id: rule.rule.ruleId,
    name: rule.rule.name,
    steps: steps.map(({ role, events }) => ({
      role,
      events: events.map(({ event, condition, keys, missingKeys }) => ({
        input: event.input,
        position: event.position,
        verdict: condition.verdict,
        condition: clauseJson(condition),
        keys,
        missing_keys: missingKeys,
      })),
    })),
    exceptions: exceptions.map((items) =>
      items.map(({ item, outcome, explanation }) => ({
        item_id: item.itemId,
        name: item.name,
        file: item.source.name,
        outcome,
        condition: clauseJson(explanation),
      })),
    ),
    matches: matches.map((match) => match.map((place) => place ?? null)),
  };
}

function clauseJson(explanation: Explanation): Record<string, unknown> {
  const { predicate, verdict, of, fields, deciding } = explanation;
  return {
    clause: clauseText(predicate, Number.POSITIVE_INFINITY),
    verdict,
    ...(of.length > 0 && { of: of.map(clauseJson) }),
    ...(fields.length > 0 && {
      fields: fields.map(({ path, values }) => ({ field: path, values })),
      deciding,
    }),
  };
}
