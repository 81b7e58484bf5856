import type { FieldPath } from "../values/index.ts";

/** An event as a plain object: nested objects, dotted keys, or both. Anything may be an array. */
export type EventDocument = Readonly<Record<string, unknown>>;

/** One value of a field, as the document has it. */
export type FieldValue = string | number | boolean | bigint;

/** Objects and arrays inside each other deeper than this hold nothing for us. Elasticsearch refuses such events. */
export const deepestLevel = 1000;

/**
 * All values of a field, in document order: `process.name` is found below the keys `process` and
 * `name`, below `process.name`, or both. Arrays and arrays of objects are flattened. An absent
 * field, null, `[]`, `[null]` and an object give nothing.
 */
export function fieldValues(document: EventDocument, path: FieldPath): readonly FieldValue[] {
  const values: FieldValue[] = [];
  someValue(document, path, (value) => {
    values.push(value);
    return false;
  });
  return values;
}

/** Whether some value of the field satisfies the test; stops at the first that does. */
export function someValue(
  document: EventDocument,
  path: FieldPath,
  test: (value: FieldValue) => boolean,
): boolean {
  return someBelow(document, path, 0, 0, test);
}

export function isFieldValue(value: unknown): value is FieldValue {
  const type = typeof value;
  return type === "string" || type === "number" || type === "boolean" || type === "bigint";
}

export function isObject(value: unknown): value is EventDocument {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** `from` is where the rest of the path starts; past the end when the path is used up. */
function someBelow(
  node: unknown,
  path: FieldPath,
  from: number,
  level: number,
  test: (value: FieldValue) => boolean,
): boolean {
  if (isFieldValue(node)) return from > path.length && test(node);
  if (level === deepestLevel) return false;
  if (Array.isArray(node)) {
    return node.some((item) => someBelow(item, path, from, level + 1, test));
  }
  if (!isObject(node) || from > path.length) return false;
  let dot = from - 1;
  do {
    dot = path.indexOf(".", dot + 1);
    const end = dot === -1 ? path.length : dot;
    const key = path.slice(from, end);
    if (Object.hasOwn(node, key) && someBelow(node[key], path, end + 1, level + 1, test)) {
      return true;
    }
  } while (dot !== -1);
  return false;
}
