import { compileOwnSearch } from "./condition.ts";
import { type NamedField, resolveFields } from "./plan-field.ts";
import type { Compilation, RuleTypeDefinition } from "./rule-type.ts";

/** Groups of events with the same values that are large enough (detection-semantics 3.2). */
export const threshold: RuleTypeDefinition = {
  type: "threshold",
  category: "Threshold Rule",
  ruleTypeId: "siem.thresholdRule",
  compile: (rule, options): Compilation => {
    const { threshold: asked } = rule;
    const { condition, diagnostics: found } = compileOwnSearch(rule, options);
    const { fields: names = [], cardinality, value: count = 1 } = asked ?? {};
    const groups = names.map((name, index): NamedField => {
      return { name, path: ["threshold", "field", index] };
    });
    const counted: readonly NamedField[] =
      cardinality === undefined
        ? []
        : [{ name: cardinality.field, path: ["threshold", "cardinality", 0, "field"] }];
    const resolved = resolveFields([...groups, ...counted], rule, options);
    const diagnostics = [...found, ...resolved.diagnostics];
    const { fields } = resolved;
    if (asked === undefined || condition === undefined || fields === undefined) {
      return { diagnostics };
    }
    const groupBy = fields.slice(0, groups.length);
    const field = fields[groups.length];
    const plan = { kind: "threshold", condition, groupBy, count } as const;
    if (cardinality === undefined || field === undefined) return { plan, diagnostics };
    return { plan: { ...plan, cardinality: { field, count: cardinality.value } }, diagnostics };
  },
};
