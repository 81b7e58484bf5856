import { isObject } from "./lookup.ts";

type JsonObject = Readonly<Record<string, unknown>>;

/** What all documents have in common (detection-semantics 3.5), compared one after another from the first. */
export function intersectDocuments(documents: readonly JsonObject[]): JsonObject {
  const [first, ...rest] = documents;
  return first === undefined ? {} : rest.reduce(intersectObjects, first);
}

/**
 * Keys that both have: objects by their own keys, equal scalars, and of lists the values that stand in
 * both. A list stays a list, though it may end up empty; an object without keys left is dropped.
 */
function intersectObjects(left: JsonObject, right: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(left).flatMap(([key, value]) => {
      if (!Object.hasOwn(right, key)) return [];
      const common = intersectValues(value, right[key]);
      return common === undefined ? [] : [[key, common]];
    }),
  );
}

function intersectValues(left: unknown, right: unknown): unknown {
  if (Array.isArray(left) || Array.isArray(right))
    return intersectLists(asList(left), asList(right));
  if (isObject(left) && isObject(right)) {
    const common = intersectObjects(left, right);
    return Object.keys(common).length === 0 ? undefined : common;
  }
  return left === right ? left : undefined;
}

function intersectLists(left: readonly unknown[], right: readonly unknown[]): readonly unknown[] {
  const wanted = new Set(right.map(identify));
  // Each value once: a set has no repeats.
  return [...new Map(left.map((value) => [identify(value), value]))]
    .filter(([identity]) => wanted.has(identity))
    .map(([, value]) => value);
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

/** A scalar is itself; objects in lists are the same when they are written the same. */
function identify(value: unknown): unknown {
  return typeof value === "object" && value !== null ? `object:${JSON.stringify(value)}` : value;
}
