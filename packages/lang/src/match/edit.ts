import type { FieldPath } from "../values/index.ts";
import { type EventDocument, isObject } from "./document.ts";

/** The event with one field changed, wherever its names had their dots. The event given stays as it is. */
export function withField(document: EventDocument, path: FieldPath, value: unknown): EventDocument {
  return put(withoutField(document, path), path.split("."), value);
}

/** The event without a field: nested, under a key with dots, or both. Objects inside lists are left alone. */
export function withoutField(document: EventDocument, path: FieldPath): EventDocument {
  let result = document;
  for (let dot = path.indexOf("."); ; dot = path.indexOf(".", dot + 1)) {
    const key = dot === -1 ? path : path.slice(0, dot);
    if (Object.hasOwn(result, key)) result = withoutBelow(result, key, path.slice(key.length + 1));
    if (dot === -1) return result;
  }
}

function withoutBelow(document: EventDocument, key: string, rest: FieldPath): EventDocument {
  const { [key]: below, ...others } = document;
  if (rest === "") return others;
  return isObject(below) ? { ...others, [key]: withoutField(below, rest) } : document;
}

function put(document: EventDocument, names: readonly string[], value: unknown): EventDocument {
  const [first = "", ...rest] = names;
  if (rest.length === 0) return { ...document, [first]: value };
  const below = Object.hasOwn(document, first) ? document[first] : undefined;
  return { ...document, [first]: put(isObject(below) ? below : {}, rest, value) };
}
