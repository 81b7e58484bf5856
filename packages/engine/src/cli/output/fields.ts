import { type EventDocument, fieldValues } from "@harrier/lang/match";
import type { CsvValue } from "./csv.ts";
import { jsonText } from "./json-text.ts";

/**
 * What a document has at a path, for people and programs: an alert's own field as it is (objects too),
 * else the values of the field however deep they lie. One value stands alone, several are a list, none is null.
 */
export function readField(document: EventDocument, path: string): unknown {
  if (Object.hasOwn(document, path)) return document[path] ?? null;
  const values = fieldValues(document, path);
  return values.length > 1 ? values : (values[0] ?? null);
}

/** A field as text; several values with commas, nothing as an empty text. */
export function fieldText(document: EventDocument, path: string): string {
  return textOf(readField(document, path), ", ");
}

/** A field as a cell of CSV; several values are lines of the cell. */
export function fieldCell(document: EventDocument, path: string): CsvValue {
  const value = readField(document, path);
  if (value === null) return undefined;
  return typeof value === "object" ? textOf(value, "\n") : (value as CsvValue);
}

function textOf(value: unknown, separator: string): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return value.map((each) => textOf(each, separator)).join(separator);
  return jsonText(value);
}
