import { resolveForm } from "@harrier/lang/ecs";
import type { Field, Predicate } from "@harrier/lang/ir";
import type { FieldPath, FieldType, TextAnalyzer } from "@harrier/lang/values";
import type { ValuePath } from "../../rules/index.ts";
import type { FilterContext } from "./context.ts";
import { quote } from "./shape.ts";

/** A field as a clause uses it. */
export interface ClauseField {
  /** The path is relative to the nested object that the clause is inside of. */
  readonly field: Field;
  /** Case does not count: the clause names the field's `.caseless` form. */
  readonly fold: boolean;
  /** How a text field cuts its values. */
  readonly analyzer: TextAnalyzer;
  /** Puts a condition on the field where the field is: inside its nested object. */
  readonly place: (predicate: Predicate) => Predicate;
}

const unusable: ReadonlySet<FieldType> = new Set(["object", "nested", "unsupported"]);

/** The field of a clause; `undefined`, with a finding, where no clause can compare it. Unknown ones are warnings. */
export function resolveField(
  name: FieldPath,
  path: ValuePath,
  context: FilterContext,
): ClauseField | undefined {
  const { schema, report, nestedPath } = context;
  const form = resolveForm(name, schema);
  const type = form.type ?? "unknown";
  if (form.type === undefined) warnOfUnknown(name, path, context);
  if (unusable.has(type)) {
    const reason =
      type === "unsupported"
        ? "of a type that no filter can compare"
        : "an object, which has no value of its own";
    report(path, "filter/unusable-field", `${quote(name)} is ${reason}`);
    return undefined;
  }
  const root = schema.nestedRootOf(form.path);
  if (!isReachable(form.path, path, context)) return undefined;
  const holder = nestedPath ?? root;
  const relative = holder === undefined ? form.path : form.path.slice(holder.length + 1);
  return {
    field: { path: relative, type },
    fold: form.fold,
    analyzer: form.analyzer,
    // Kibana wraps a filter on a nested field by itself.
    place: (of) =>
      nestedPath === undefined && root !== undefined ? { kind: "nested", path: root, of } : of,
  };
}

/** Whether a clause inside of a nested object names a field of that object; reports one that does not. */
export function isReachable(
  name: FieldPath,
  path: ValuePath,
  { schema, nestedPath, report }: FilterContext,
): boolean {
  if (nestedPath === undefined) return true;
  const root = schema.nestedRootOf(name);
  if (name.startsWith(`${nestedPath}.`) && (root === undefined || root === nestedPath)) return true;
  const message = `${quote(name)} is not among the fields of the nested object ${quote(nestedPath)}`;
  report(path, "filter/unusable-field", message);
  return false;
}

export function warnOfUnknown(name: FieldPath, path: ValuePath, context: FilterContext): void {
  const [similar] = context.schema.similarTo(name);
  context.report(path, "filter/unknown-field", `there is no field ${quote(name)}`, {
    severity: context.strictFields ? "error" : "warning",
    ...(similar === undefined ? {} : { hint: `did you mean \`${similar}\`?` }),
  });
}
