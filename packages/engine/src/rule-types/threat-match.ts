import type { Field } from "@harrier/lang/ir";
import type { ThreatMatch } from "../rules/index.ts";
import { compileOwnSearch, compileSearch } from "./condition.ts";
import { resolveFields } from "./plan-field.ts";
import type { ThreatMatchPlan } from "./rule-plan.ts";
import type { Compilation, RuleTypeDefinition } from "./rule-type.ts";

/** Events that share values with indicators (detection-semantics 3.4). */
export const threatMatch: RuleTypeDefinition = {
  type: "threat_match",
  category: "Indicator Match Rule",
  ruleTypeId: "siem.indicatorRule",
  compile: (rule, options): Compilation => {
    const { threatMatch: asked } = rule;
    const events = compileOwnSearch(rule, options);
    if (asked === undefined) return { diagnostics: events.diagnostics };
    const { query, language, filters, mapping, indicatorPath } = asked;
    const filtersPath = ["threat_filters"];
    const indicators = compileSearch({ query, language, filters, filtersPath }, rule, options);
    const named = mapping.flatMap((entries, item) =>
      entries.flatMap(({ field, value }, entry) => {
        const path = ["threat_mapping", item, "entries", entry];
        return [
          { name: field, path: [...path, "field"] },
          { name: value, path: [...path, "value"] },
        ];
      }),
    );
    const { fields, diagnostics: named3 } = resolveFields(named, rule, options);
    const diagnostics = [...events.diagnostics, ...indicators.diagnostics, ...named3];
    if (!events.condition || !indicators.condition || !fields) return { diagnostics };
    const plan: ThreatMatchPlan = {
      kind: "threat_match",
      condition: events.condition,
      indicatorCondition: indicators.condition,
      items: pairFields(mapping, fields),
      indicatorPath,
    };
    return { plan, diagnostics };
  },
};

/** `fields` are those of the entries in their order: the event's, then the indicator's. */
function pairFields(
  mapping: ThreatMatch["mapping"],
  fields: readonly Field[],
): ThreatMatchPlan["items"] {
  const next = fields.values();
  const take = (path: string): Field => next.next().value ?? { path, type: "unknown" };
  return mapping.map((entries) =>
    entries.map(({ field, value, negate }) => ({
      field: take(field),
      indicatorField: take(value),
      negate,
    })),
  );
}
