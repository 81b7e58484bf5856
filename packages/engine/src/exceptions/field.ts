import type { Schema } from "@harrier/lang/ecs";
import type { Field } from "@harrier/lang/ir";
import type { FieldPath } from "@harrier/lang/values";

/** A field as an entry uses it. */
export interface EntryField {
  readonly field: Field;
  /** Case does not count: the entry names the field's `.caseless` form. */
  readonly fold: boolean;
  /** Whether any schema names it. */
  readonly isKnown: boolean;
}

const caseless = ".caseless";

/** Events hold only the field itself, not the forms that an index derives from it. */
export function resolveField(path: FieldPath, schema: Schema): EntryField {
  const fold = path.endsWith(caseless);
  const parent = fold ? path.slice(0, -caseless.length) : path;
  const type = schema.typeOf(parent);
  return { field: { path: parent, type: type ?? "unknown" }, fold, isKnown: type !== undefined };
}
