import { resolveForm } from "@harrier/lang/ecs";
import { anyOf, existsOnField, type Predicate } from "@harrier/lang/ir";
import type { FieldPath } from "@harrier/lang/values";
import type { CompileClause, FilterContext } from "./context.ts";
import { isReachable, warnOfUnknown } from "./field.ts";
import { checkOptions } from "./field-clause.ts";
import { isObject, rejectValue } from "./shape.ts";

/** The field has a value: some field, where the name is a pattern or that of an object. */
export const compileExists: CompileClause = (body, path, context) => {
  if (!isObject(body)) return rejectValue(path, body, "an object", context);
  if (!checkOptions(body, ["field"], path, context)) return undefined;
  const { field: name } = body;
  const place = [...path, "field"];
  if (typeof name !== "string" || name === "") {
    return rejectValue(place, name, "the name of a field", context);
  }
  const { schema } = context;
  const names = name.includes("*") ? schema.matching(name) : [name];
  if (names.length === 0 || (names[0] === name && resolveForm(name, schema).type === undefined)) {
    warnOfUnknown(name, place, context);
  }
  if (!names.every((each) => isReachable(each, place, context))) return undefined;
  return anyOf(names.map((each) => existsAt(each, context)));
};

function existsAt(name: FieldPath, { schema, nestedPath }: FilterContext): Predicate {
  const { path: whole, type = "unknown" } = resolveForm(name, schema);
  const root = nestedPath ?? schema.nestedRootOf(whole);
  const isInside = root !== undefined && whole.startsWith(`${root}.`);
  const path = isInside ? whole.slice(root.length + 1) : whole;
  const exists = existsOnField({ path, type });
  return isInside && nestedPath === undefined ? { kind: "nested", path: root, of: exists } : exists;
}

/** The event is one of those named; `_id` is what an alert's ancestors call it. */
export const compileIds: CompileClause = (body, path, context) => {
  if (!isObject(body)) return rejectValue(path, body, "an object", context);
  if (!checkOptions(body, ["values"], path, context)) return undefined;
  const given: unknown = body.values;
  const values = Array.isArray(given) ? given : [given];
  if (!values.every((value) => typeof value === "string")) {
    return rejectValue([...path, "values"], given, "a list of texts", context);
  }
  if (values.length === 0) return { kind: "constant", value: false };
  return { kind: "equals", field: { path: "_id", type: "keyword" }, values, fold: false };
};
