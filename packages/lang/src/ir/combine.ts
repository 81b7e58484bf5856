import type { Predicate } from "./predicate.ts";

/*
 * Lowering makes only what its own rewrites leave over: lists of one, lists in lists, constants. All else
 * keeps the shape of the query, for explanations; `simplify` of the plan rooms does the rest before matching.
 */

/** All of the parts, without a list around one, lists in lists, or parts that are always true. */
export function allOf(parts: readonly Predicate[]): Predicate {
  return join("all", parts);
}

/** Some of the parts, likewise. */
export function anyOf(parts: readonly Predicate[]): Predicate {
  return join("any", parts);
}

/** `not of`; two cancel, for a predicate is never null. */
export function complement(of: Predicate): Predicate {
  if (of.kind === "not") return of.of;
  return of.kind === "constant" ? { kind: "constant", value: !of.value } : { kind: "not", of };
}

function join(kind: "all" | "any", parts: readonly Predicate[]): Predicate {
  const decisive = kind === "any";
  const flat = parts.flatMap((part) => (part.kind === kind ? part.of : [part]));
  if (flat.some((part) => part.kind === "constant" && part.value === decisive)) {
    return { kind: "constant", value: decisive };
  }
  const open = flat.filter((part) => part.kind !== "constant");
  const [only, ...others] = open;
  if (only === undefined) return { kind: "constant", value: !decisive };
  return others.length === 0 ? only : { kind, of: open };
}
