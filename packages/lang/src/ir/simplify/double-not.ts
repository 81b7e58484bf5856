import type { Predicate } from "../predicate.ts";
import { mapParts } from "../walk.ts";

/** `not not x` is `x`: a condition is never null. */
export function removeDoubleNot(predicate: Predicate): Predicate {
  if (predicate.kind === "not" && predicate.of.kind === "not") {
    return removeDoubleNot(predicate.of.of);
  }
  return mapParts(predicate, removeDoubleNot);
}
