import type { Predicate } from "../predicate.ts";
import { foldConstants } from "./constants.ts";
import { removeDoubleNot } from "./double-not.ts";
import { flattenJunctions } from "./flatten.ts";
import { mergeLists } from "./merge-lists.ts";

/** In this order: each leaves what the next one looks for. */
const passes: readonly ((predicate: Predicate) => Predicate)[] = [
  foldConstants,
  removeDoubleNot,
  flattenJunctions,
  mergeLists,
];

/** A predicate with the same meaning on every event, and less of it. Already simple ones come back equal. */
export function simplify(predicate: Predicate): Predicate {
  return passes.reduce((current, pass) => pass(current), predicate);
}
