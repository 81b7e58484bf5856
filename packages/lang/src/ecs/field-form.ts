import type { FieldPath, FieldType, TextAnalyzer } from "../values/index.ts";
import type { Schema } from "./schema.ts";

/** What a query's name for a field stands for. */
export interface FieldForm {
  /** The field as events hold it. */
  readonly path: FieldPath;
  /** `undefined` when no schema names it. */
  readonly type: FieldType | undefined;
  /** Case does not count. */
  readonly fold: boolean;
  /** How a text of it is cut. */
  readonly analyzer: TextAnalyzer;
}

/**
 * Events hold only the fields themselves, not the forms that an index makes of them: `.caseless` is the field
 * with its case folded, `.text` its value as tokens, `.keyword` the whole value of a text.
 */
export function resolveForm(path: FieldPath, schema: Schema): FieldForm {
  const dot = path.lastIndexOf(".");
  const parent = path.slice(0, Math.max(dot, 0));
  const type = parent === "" ? undefined : schema.typeOf(parent);
  if (type !== undefined && type !== "object" && type !== "nested") {
    const analyzer = schema.analyzerOf(parent);
    switch (path.slice(dot + 1)) {
      case "caseless":
        return { path: parent, type, fold: true, analyzer };
      case "text":
        return { path: parent, type: "text", fold: false, analyzer };
      case "keyword":
        return { path: parent, type: "keyword", fold: false, analyzer };
    }
  }
  return { path, type: schema.typeOf(path), fold: false, analyzer: schema.analyzerOf(path) };
}
