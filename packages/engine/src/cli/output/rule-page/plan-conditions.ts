import { ecsSchema } from "@harrier/lang/ecs";
import { type Field, fieldsOf, type Predicate } from "@harrier/lang/ir";
import { type CompiledRule, eventConditions, type RulePlan } from "../../../rule-types/index.ts";
import type { PageField } from "./page.ts";
import { objectParameters } from "./text-parameters.ts";

/** The fields that the rule's file says it needs, else those that its plan reads; by name. */
export function fieldsRead({ rule, plan }: CompiledRule): readonly PageField[] {
  const said = objectParameters(rule, "required_fields").flatMap(
    ({ name, type, ecs }): PageField[] =>
      typeof name === "string"
        ? [
            {
              name,
              type: typeof type === "string" ? type : "unknown",
              ...(typeof ecs === "boolean" && { isEcs: ecs }),
            },
          ]
        : [],
  );
  if (said.length > 0) return said;
  if (plan === undefined) return [];
  const fields = [...eventConditions(plan).flatMap(fieldsOf), ...keysOf(plan)];
  const names = [...new Set(fields.map(({ path }) => path))].sort();
  return names.map((name) => {
    const type = ecsSchema.typeOf(name);
    return { name, type: type ?? "unknown", isEcs: type !== undefined };
  });
}

/** What events are joined, counted or compared by. */
function keysOf(plan: RulePlan): readonly Field[] {
  switch (plan.kind) {
    case "event":
      return [];
    case "sequence":
    case "sample":
      return plan.steps.flatMap(({ keys }) => keys.map(({ field }) => field));
    case "threshold":
      return [...plan.groupBy, ...(plan.cardinality === undefined ? [] : [plan.cardinality.field])];
    case "new_terms":
      return plan.fields;
    case "threat_match":
      return plan.items.flat().map(({ field }) => field);
    default:
      return plan satisfies never;
  }
}

/** The values that `field` must have one of; `undefined` where the condition does not say. */
export function requiredValues(
  condition: Predicate,
  field: string,
): readonly unknown[] | undefined {
  if (condition.kind === "equals" && condition.field.path === field) return condition.values;
  if (condition.kind !== "all") return undefined;
  for (const part of condition.of) {
    const values = requiredValues(part, field);
    if (values !== undefined) return values;
  }
  return undefined;
}
