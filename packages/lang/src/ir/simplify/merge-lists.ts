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
  const groups = new Map<string, Predicate[]>();
  merged.of.forEach((part, index) => {
    const key = listKey(part) ?? String(index);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [part]);
    else group.push(part);
  });
  const parts = [...groups.values()].flatMap(joinGroup);
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
    case "tokens": {
      const { kind, field, analyzer, mode } = predicate;
      const isList = mode !== "phrase";
      return isList ? JSON.stringify([kind, field.path, field.type, analyzer, mode]) : undefined;
    }
    case "anywhere":
      return JSON.stringify([predicate.kind, predicate.fold]);
    default:
      return undefined;
  }
}

/** The parts of a group as one: they are of one kind, or there is only one. */
function joinGroup(group: readonly Predicate[]): readonly Predicate[] {
  const [first] = group;
  if (group.length < 2 || first === undefined) return group;
  switch (first.kind) {
    case "equals":
      return [
        { ...first, values: unite(group, (part) => (part.kind === "equals" ? part.values : [])) },
      ];
    case "wildcard":
      return [
        {
          ...first,
          patterns: unite(group, (part) => (part.kind === "wildcard" ? part.patterns : [])),
        },
      ];
    case "tokens":
      return [
        { ...first, tokens: unite(group, (part) => (part.kind === "tokens" ? part.tokens : [])) },
      ];
    case "anywhere":
      return [
        {
          ...first,
          patterns: unite(group, (part) => (part.kind === "anywhere" ? part.patterns : [])),
        },
      ];
    case "cidr":
      return [
        { ...first, blocks: unite(group, (part) => (part.kind === "cidr" ? part.blocks : [])) },
      ];
    default:
      return group;
  }
}

function unite<T>(
  group: readonly Predicate[],
  listOf: (part: Predicate) => readonly T[],
): readonly T[] {
  return [...new Set(group.flatMap(listOf))];
}
