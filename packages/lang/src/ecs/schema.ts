import type { FieldPath, FieldType } from "../values/index.ts";

/** What is known of fields before any event is read. */
export interface Schema {
  /** The field's type; `undefined` when nobody names it. Below a `flattened` object everything is `keyword`; below `nested`, `nested`. */
  typeOf(path: FieldPath): FieldType | undefined;
  /** Known fields that a writer of `path` may have meant, best first, at most three. */
  similarTo(path: FieldPath): readonly FieldPath[];
}
