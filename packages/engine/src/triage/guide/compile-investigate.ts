import { resolveForm, type Schema } from "@harrier/lang/ecs";
import {
  allOf,
  anyOf,
  compareOnField,
  complement,
  equalsOnField,
  existsOnField,
  type Misfit,
  type Predicate,
  tokensOnField,
} from "@harrier/lang/ir";
import type { FieldPath } from "@harrier/lang/values";
import type { InvestigateButton, Provider, TemplateValue } from "./guide.ts";
import { isTemplate } from "./template.ts";

/** The values of a field of the alert as texts; empty where it has none. */
export type AlertValues = (field: FieldPath) => readonly string[];

/** A query that is ready to be asked, or why it can't be. */
export type BoundQuery =
  | {
      readonly kind: "query";
      readonly predicate: Predicate;
      readonly missing: readonly FieldPath[];
    }
  /** Every group needs a field that the alert does not have. */
  | { readonly kind: "not-applicable"; readonly missing: readonly FieldPath[] }
  /** A condition that its field can't have: words for a number, a field's type without a value. */
  | { readonly kind: "refused"; readonly reason: string };

/**
 * The condition that an investigate query puts on events, for one alert. Values go into the condition, never into a
 * text. A field of the alert with several values stands for any of them; a group that needs a field that the alert does
 * not have is left out, and `missing` names it (detection-semantics 8.3: Kibana searches for the template's text).
 */
export function bindInvestigate(
  { groups }: InvestigateButton,
  valuesOf: AlertValues,
  schema: Schema,
): BoundQuery {
  const missing = new Set<FieldPath>();
  const parts: Predicate[] = [];
  for (const group of groups) {
    const absent = group.flatMap(fieldsOf).filter((field) => valuesOf(field).length === 0);
    if (absent.length > 0) {
      for (const field of absent) missing.add(field);
      continue;
    }
    const conditions: Predicate[] = [];
    for (const provider of group) {
      const of = bindProvider(provider, valuesOf, schema);
      if (of.kind === "misfit")
        return { kind: "refused", reason: `${provider.field}: ${of.message}` };
      conditions.push(provider.isExcluded ? complement(of) : of);
    }
    parts.push(allOf(conditions));
  }
  if (parts.length === 0) return { kind: "not-applicable", missing: [...missing] };
  return { kind: "query", predicate: anyOf(parts), missing: [...missing] };
}

/** The fields of the alert that a query needs, each once. */
export function templateFields({ groups }: InvestigateButton): readonly FieldPath[] {
  return [...new Set(groups.flat().flatMap(fieldsOf))];
}

function fieldsOf({ test }: Provider): readonly FieldPath[] {
  switch (test.kind) {
    case "values":
      return test.values.flatMap(fieldsIn);
    case "range":
      return [test.gte, test.lt].flatMap((bound) => (bound === undefined ? [] : fieldsIn(bound)));
    case "exists":
      return [];
    default:
      return test satisfies never;
  }
}

function fieldsIn(value: TemplateValue): readonly FieldPath[] {
  if (!isTemplate(value)) return [];
  return value.flatMap((part) => (typeof part === "string" ? [] : [part.field]));
}

function bindProvider(
  { field: name, test }: Provider,
  valuesOf: AlertValues,
  schema: Schema,
): Predicate | Misfit {
  const { path, type = "unknown", fold, analyzer } = resolveForm(name, schema);
  const field = { path, type };
  switch (test.kind) {
    case "exists":
      return existsOnField(field);
    case "values": {
      const values = test.values.flatMap((value) => fillIn(value, valuesOf));
      // A phrase: in a text its words one after another, elsewhere the whole value.
      if (type === "text") {
        return anyOf(values.map((each) => tokensOnField(field, analyzer, String(each), "phrase")));
      }
      return equalsOnField(field, values, fold, undefined);
    }
    case "range": {
      const bounds = [
        ["gte", ">=", test.gte],
        ["lt", "<", test.lt],
      ] as const;
      const parts: Predicate[] = [];
      for (const [, op, bound] of bounds) {
        if (bound === undefined) continue;
        const [value] = fillIn(bound, valuesOf);
        const part = compareOnField(field, op, value ?? "", undefined);
        if (part.kind === "misfit") return part;
        parts.push(part);
      }
      return allOf(parts);
    }
    default:
      return test satisfies never;
  }
}

/** What the template stands for: a field alone each of its values, in a longer text the first, as Kibana does. */
function fillIn(
  value: TemplateValue,
  valuesOf: AlertValues,
): readonly (string | number | boolean)[] {
  if (!isTemplate(value)) return [value];
  const [before, part, after, ...rest] = value;
  if (before === "" && after === "" && rest.length === 0 && typeof part === "object") {
    return valuesOf(part.field);
  }
  const texts = value.map((each) =>
    typeof each === "string" ? each : (valuesOf(each.field)[0] ?? ""),
  );
  return [texts.join("")];
}
