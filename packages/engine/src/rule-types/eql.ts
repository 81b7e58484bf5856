import { compileEql } from "@harrier/lang/eql";
import { allOf, type Plan, type Predicate, type Step } from "@harrier/lang/ir";
import type { Source } from "@harrier/lang/text";
import { compileFilters } from "./filters/compile-filters.ts";
import type { Compilation, RuleTypeDefinition } from "./rule-type.ts";

/** EQL: single events, sequences, samples. Kibana's filters choose the events before anything is joined. */
export const eql: RuleTypeDefinition = {
  type: "eql",
  category: "Event Correlation Rule",
  ruleTypeId: "siem.eqlRule",
  compile: (rule, options): Compilation => {
    const { schema, ...others } = options;
    const { eventCategoryOverride: categoryField, filters, spanOf } = rule;
    const nothing: Source = { name: rule.origin.file, text: "" };
    const asked = compileEql(rule.query ?? nothing, schema, {
      ...others,
      ...(categoryField === undefined ? {} : { categoryField }),
    });
    const filtered = compileFilters(filters, { ...options, path: ["filters"], spanOf });
    const diagnostics = [...asked.diagnostics, ...filtered.diagnostics];
    const { plan } = asked;
    const { predicate } = filtered;
    return plan && predicate ? { plan: filterPlan(plan, predicate), diagnostics } : { diagnostics };
  },
};

/** The plan for those events alone that meet the filter, whichever step they would take. */
function filterPlan(plan: Plan, filter: Predicate): Plan {
  if (filter.kind === "constant" && filter.value) return plan;
  const filterStep = (step: Step): Step => ({
    ...step,
    condition: allOf([step.condition, filter]),
  });
  switch (plan.kind) {
    case "event":
      return { ...plan, condition: allOf([plan.condition, filter]) };
    case "sample":
      return { ...plan, steps: plan.steps.map(filterStep) };
    case "sequence": {
      const { until } = plan;
      const steps = plan.steps.map(filterStep);
      return { ...plan, steps, ...(until === undefined ? {} : { until: filterStep(until) }) };
    }
    default:
      return plan satisfies never;
  }
}
