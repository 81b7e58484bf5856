import type { Explanation } from "@harrier/lang/match";
import type { CountExplanation, RuleExplanation } from "../../detect/index.ts";
import { clauseText } from "./clause-text.ts";

/** An explanation for programs. */
export function explanationJson({
  rule,
  steps,
  exceptions,
  states,
  matches,
  counts,
}: RuleExplanation): Record<string, unknown> {
  return {
    rule_id: rule.rule.ruleId,
    name: rule.rule.name,
    steps: steps.map(({ role, events }) => ({
      role,
      events: events.map(({ event, condition, keys, missingKeys, flip }) => ({
        input: event.input,
        position: event.position,
        verdict: condition.verdict,
        condition: clauseJson(condition),
        keys,
        missing_keys: missingKeys,
        ...(flip !== undefined && {
          nearest_change: flip.map(({ field, value }) => ({ field, value: value ?? null })),
        }),
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
    ...(states && {
      states: [...states].map(([event, own]) => ({
        event,
        keys: own.map(({ key, awaited, completed }) => ({ key, awaited, completed })),
      })),
    }),
    ...(counts && { counts: countJson(counts) }),
  };
}

function countJson(counts: CountExplanation): Record<string, unknown> {
  switch (counts.kind) {
    case "threshold": {
      const { groupBy, count, cardinality } = counts.plan;
      return {
        fields: groupBy.map(({ path }) => path),
        needed: count,
        ...(cardinality && {
          cardinality: { field: cardinality.field.path, needed: cardinality.count },
        }),
        groups: counts.groups.map(({ key, events, distinct, isEnough }) => ({
          values: key,
          events,
          count: events.length,
          ...(distinct !== undefined && { distinct }),
          enough: isEnough,
        })),
      };
    }
    case "new_terms": {
      const { fields, historyWindowStart } = counts.plan;
      return {
        fields: fields.map(({ path }) => path),
        history_window_start: historyWindowStart,
        terms: counts.terms.map(({ key, events }) => ({ values: key, events })),
      };
    }
    case "threat_match":
      return {
        compared: counts.events.map(({ place, items }) => ({
          event: place,
          items: items.map((item) =>
            item.map(({ field, values, indicatorField, negate }) => ({
              field,
              values,
              indicator_field: indicatorField,
              negate,
            })),
          ),
        })),
      };
    default:
      return counts satisfies never;
  }
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
