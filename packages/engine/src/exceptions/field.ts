import { resolveForm, type Schema } from "@harrier/lang/ecs";
import type { Field } from "@harrier/lang/ir";
import type { FieldPath, TextAnalyzer } from "@harrier/lang/values";

/** A field as an entry uses it. */
export interface EntryField {
  /** As events hold it; inside a nested entry relative to the object. */
  readonly field: Field;
  /** The whole name, as the entry has it. */
  readonly name: FieldPath;
  /** Case does not count: the entry names the field's `.caseless` form. */
  readonly fold: boolean;
  /** How values become words, if the field is a text or the entry names its `.text` form. */
  readonly analyzer?: TextAnalyzer;
  /** Whether any schema names it. */
  readonly isKnown: boolean;
}

/** `within`: the nested object around the entry. */
export function resolveField(path: FieldPath, schema: Schema, within?: FieldPath): EntryField {
  const name = within === undefined ? path : `${within}.${path}`;
  const { path: whole, type, fold, analyzer } = resolveForm(name, schema);
  const inner = within === undefined ? whole : whole.slice(within.length + 1);
  return {
    field: { path: inner, type: type ?? "unknown" },
    name,
    fold,
    ...(type === "text" ? { analyzer } : {}),
    isKnown: type !== undefined,
  };
}
