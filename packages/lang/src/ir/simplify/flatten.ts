import type { Predicate } from "../predicate.ts";
import { mapParts } from "../walk.ts";

/** An `all` in an `all` and an `any` in an `any` give their parts to it; one with a single part is that part. */
export function flattenJunctions(predicate: Predicate): Predicate {
  const flat = mapParts(predicate, flattenJunctions);
  if (flat.kind !== "all" && flat.kind !== "any") return flat;
  const of = flat.of.flatMap((part) => (part.kind === flat.kind ? part.of : [part]));
  const [only] = of;
  return of.length === 1 && only !== undefined ? only : { kind: flat.kind, of };
}
