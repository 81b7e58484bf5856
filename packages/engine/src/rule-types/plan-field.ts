import { resolveForm, type Schema } from "@harrier/lang/ecs";
import type { Field } from "@harrier/lang/ir";
import type { Diagnostic } from "@harrier/lang/text";
import type { FieldPath } from "@harrier/lang/values";
import type { Rule, ValuePath } from "../rules/index.ts";
import type { CompileOptions } from "./rule-type.ts";

/** A field that a parameter of a rule names, to be counted or compared by. */
export interface NamedField {
  readonly name: FieldPath;
  /** Where the name is among the rule's parameters. */
  readonly path: ValuePath;
}

export interface PlanFields {
  /** In the order of the names; `undefined` if there is an error among the diagnostics. */
  readonly fields: readonly Field[] | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** The fields with their types. One that nobody knows is a warning, or an error where that is asked for. */
export function resolveFields(
  named: readonly NamedField[],
  { spanOf }: Rule,
  { schema, strictFields }: CompileOptions,
): PlanFields {
  const diagnostics: Diagnostic[] = [];
  const fields = named.map(({ name, path }): Field => {
    const { path: held, type } = resolveForm(name, schema);
    const finding = judgeField(name, type, schema, strictFields);
    if (finding !== undefined) diagnostics.push({ ...finding, span: spanOf(path) });
    // Values are taken whole, whichever form of the field is named.
    return { path: held, type: type === "text" ? "keyword" : (type ?? "unknown") };
  });
  const isSound = diagnostics.every(({ severity }) => severity !== "error");
  return { fields: isSound ? fields : undefined, diagnostics };
}

function judgeField(
  name: FieldPath,
  type: Field["type"] | undefined,
  schema: Schema,
  strictFields: boolean,
): Omit<Diagnostic, "span"> | undefined {
  if (type === undefined) {
    const [similar] = schema.similarTo(name);
    return {
      severity: strictFields ? "error" : "warning",
      code: "rule/unknown-field",
      message: `there is no field \`${name}\``,
      ...(similar === undefined ? {} : { hint: `did you mean \`${similar}\`?` }),
    };
  }
  if (type !== "object" && type !== "nested" && type !== "unsupported") return undefined;
  const reason =
    type === "unsupported"
      ? "is of a type whose values can't be compared"
      : "is an object, which has no value of its own";
  return { severity: "error", code: "rule/unusable-field", message: `\`${name}\` ${reason}` };
}
