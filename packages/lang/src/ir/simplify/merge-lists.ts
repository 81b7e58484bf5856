import type { Predicate } from "../predicate.ts";
import { mapParts } from "../walk.ts";

/**
 * Under an `any`, leaves that look for different values of one field in one way become one leaf with
 * all the values, in the place of the first. Under an `all` they may not: different values of the
 * field may satisfy them.
 */
export function mergeLists(predicate: Predicate): Predicate {
  const merged = mapParts(predicate, mergeLists);
  if (merged.kind !== "any") return merged;
  const parts: Predicate[] = [];
  const places = new Map<string, number>();
  for (const part of merged.of) {
    const key = listKey(part);
    const place = key === undefined ? undefined : places.get(key);
    const first = place === undefined ? undefined : parts[place];
    if (place !== undefined && first !== undefined) {
      parts[place] = joinLists(first, part);
      continue;
    }
    if (key !== undefined) places.set(key, parts.length);
    parts.push(part);
  }
  const [only] = parts;
  return parts.length === 1 && only !== undefined ? only : { kind: "any", of: parts };
}

/** Equal for leaves that can be one; `undefined` for what holds no list. */
function listKey(predicate: Predicate): string | undefined {
  switch (predicate.kind) {
    case "equals":
    case "wildcard": {
      const { kind, field, fold } = predicate;
      return JSON.stringify([kind, field.path, field.type, fold]);
    }
    case "cidr":
      return JSON.stringify([predicate.kind, predicate.field.path, predicate.field.type]);
    default:
      return undefined;
  }
}

function joinLists(first: Predicate, second: Predicate): Predicate {
  if (first.kind === "equals" && second.kind === "equals") {
    return { ...first, values: union(first.values, second.values) };
  }
  if (first.kind === "wildcard" && second.kind === "wildcard") {
    return { ...first, patterns: union(first.patterns, second.patterns) };
  }
  if (first.kind === "cidr" && second.kind === "cidr") {
    return { ...first, blocks: union(first.blocks, second.blocks) };
  }
  return first;
}

function union<T>(first: readonly T[], second: readonly T[]): readonly T[] {
  return [...new Set([...first, ...second])];
}
