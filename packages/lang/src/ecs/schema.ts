import type { FieldPath, FieldType, TextAnalyzer } from "../values/index.ts";

/** What is known of fields before any event is read. */
export interface Schema {
  /** The field's type; `undefined` when nobody names it. Below a `flattened` object everything is `keyword`. */
  typeOf(path: FieldPath): FieldType | undefined;
  /**
   * The nested object that holds the field, by its whole path: the innermost, the field itself if it is one.
   * `undefined` for a field in none.
   */
  nestedRootOf(path: FieldPath): FieldPath | undefined;
  /** How the text of the field, or of its `.text` form, is cut into tokens. */
  analyzerOf(path: FieldPath): TextAnalyzer;
  /**
   * The known fields whose whole names match the pattern, in which `*` is any run of characters; objects are none.
   * Of a list kept as an object with numbers for names (`list.0.name`) the first ten elements are known.
   */
  matching(pattern: string): readonly FieldPath[];
  /** Known fields that a writer of `path` may have meant, best first, at most three. */
  similarTo(path: FieldPath): readonly FieldPath[];
}
