import type { Predicate } from "../predicate.ts";
import { mapParts } from "../walk.ts";

/** An `all` in an `all` and an `any` in an `any` give their parts to it. */
export function flattenJunctions(predicate: Predicate): Predicate {
  const flat = mapParts(predicate, flattenJunctions);
  if (flat.kind !== "all" && flat.kind !== "any") return flat;
  return {
    kind: flat.kind,
    of: flat.of.flatMap((part) => (part.kind === flat.kind ? part.of : [part])),
  };
}
