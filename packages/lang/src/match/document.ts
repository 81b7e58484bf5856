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

/** Whether some object at the path satisfies the test; of a list of objects each is one. */
export function someObject(
  document: EventDocument,
  path: FieldPath,
  test: (object: EventDocument) => boolean,
): boolean {
  return someObjectBelow(document, path, 0, 0, test);
}

/** Whether some value of any field satisfies the test. */
export function someValueAnywhere(
  document: EventDocument,
  test: (value: FieldValue) => boolean,
): boolean {
  return someBelowAny(document, 0, test);
}

export function isFieldValue(value: unknown): value is FieldValue {
  const type = typeof value;
  return type === "string" || type === "number" || type === "boolean" || type === "bigint";
}

export function isObject(value: unknown): value is EventDocument {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function someObjectBelow(
  node: unknown,
  path: FieldPath,
  from: number,
  level: number,
  test: (object: EventDocument) => boolean,
): boolean {
  if (level === deepestLevel || isFieldValue(node)) return false;
  if (Array.isArray(node)) {
    return node.some((item) => someObjectBelow(item, path, from, level + 1, test));
  }
  if (!isObject(node)) return false;
  if (from > path.length) return test(node);
  return someKey(node, path, from, (below, next) =>
    someObjectBelow(below, path, next, level + 1, test),
  );
}

function someBelowAny(node: unknown, level: number, test: (value: FieldValue) => boolean): boolean {
  if (isFieldValue(node)) return test(node);
  if (level === deepestLevel) return false;
  if (Array.isArray(node)) return node.some((item) => someBelowAny(item, level + 1, test));
  if (!isObject(node)) return false;
  return Object.keys(node).some((key) => someBelowAny(node[key], level + 1, test));
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
  return someKey(node, path, from, (below, next) => someBelow(below, path, next, level + 1, test));
}

/** Goes down every key that the rest of the path may start with: one name, or several with dots between. */
function someKey(
  node: EventDocument,
  path: FieldPath,
  from: number,
  descend: (below: unknown, next: number) => boolean,
): boolean {
  let dot = from - 1;
  do {
    dot = path.indexOf(".", dot + 1);
    const end = dot === -1 ? path.length : dot;
    const key = path.slice(from, end);
    if (Object.hasOwn(node, key) && descend(node[key], end + 1)) return true;
  } while (dot !== -1);
  return false;
}
