import { anyOf } from "./combine.ts";
import type { Field, Predicate } from "./predicate.ts";

/**
 * The field has a value. An object has one when one of its fields has, known or not, and ranges and geographic
 * points may come as objects.
 */
export function existsOnField(field: Field): Predicate {
  const { type } = field;
  if (type !== "object" && type !== "nested" && type !== "unsupported") {
    return { kind: "exists", field };
  }
  return orBelow(field, { kind: "exists", field: { ...field, type: "keyword" } }, "*");
}

/**
 * What the object's own values meet, or a leaf anywhere below it whose text matches the pattern (`parseWildcard`)
 * as a whole: an index may keep the object flattened, and then its name stands for all of its leaves.
 */
export function orBelow({ path }: Field, itself: Predicate, pattern: string): Predicate {
  const of: Predicate = { kind: "anywhere", patterns: [pattern], fold: false };
  return anyOf([itself, { kind: "nested", path, of }]);
}
