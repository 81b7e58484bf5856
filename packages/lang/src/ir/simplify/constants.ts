import type { Predicate } from "../predicate.ts";
import { mapParts } from "../walk.ts";

/**
 * Conditions that are true or false for every event become `constant` and decide what holds them; an
 * `all` or `any` of one part is that part.
 */
export function foldConstants(predicate: Predicate): Predicate {
  const folded = mapParts(predicate, foldConstants);
  switch (folded.kind) {
    case "all":
    case "any":
      return foldJunction(folded.kind, folded.of);
    case "not":
      return folded.of.kind === "constant" ? { kind: "constant", value: !folded.of.value } : folded;
    case "equals":
      return folded.values.length === 0 ? { kind: "constant", value: false } : folded;
    case "wildcard":
    case "regex":
    case "anywhere":
      return folded.patterns.length === 0 ? { kind: "constant", value: false } : folded;
    case "cidr":
      return folded.blocks.length === 0 ? { kind: "constant", value: false } : folded;
    case "tokens":
      return folded.tokens.length === 0 ? { kind: "constant", value: false } : folded;
    case "nested":
      // `nested` of what is always true still asks for an object.
      return folded.of.kind === "constant" && !folded.of.value ? folded.of : folded;
    case "expression":
      return folded.of.kind === "literal"
        ? { kind: "constant", value: folded.of.value === true }
        : folded;
    default:
      return folded;
  }
}

/** Nothing in an `all` is true, nothing in an `any` is false. */
function foldJunction(kind: "all" | "any", parts: readonly Predicate[]): Predicate {
  const decisive = kind === "any";
  if (parts.some((part) => part.kind === "constant" && part.value === decisive)) {
    return { kind: "constant", value: decisive };
  }
  const of = parts.filter((part) => part.kind !== "constant");
  const [only] = of;
  if (only === undefined) return { kind: "constant", value: !decisive };
  return of.length === 1 ? only : { kind, of };
}
