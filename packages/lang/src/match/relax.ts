import { allOf, anyOf, type Predicate } from "../ir/index.ts";
import type { FieldPath } from "../values/index.ts";

/**
 * The same condition with, before every nested leaf, what follows from it for the values of all objects
 * together: the leaves that one object meets are met by some value each. That can be looked up by value, and
 * it names the fields that an event must have.
 */
export function addConsequences(predicate: Predicate): Predicate {
  switch (predicate.kind) {
    case "all":
    case "any":
      return { kind: predicate.kind, of: predicate.of.map(addConsequences) };
    case "not":
      return { kind: "not", of: addConsequences(predicate.of) };
    case "nested":
      return allOf([relax(predicate.of, predicate.path), predicate]);
    default:
      return predicate;
  }
}

/** True for every event in which some object at `path` satisfies the predicate; and for some more. */
function relax(predicate: Predicate, path: FieldPath): Predicate {
  switch (predicate.kind) {
    case "constant":
    case "anywhere":
      return predicate;
    case "all":
      return allOf(predicate.of.map((part) => relax(part, path)));
    case "any":
      return anyOf(predicate.of.map((part) => relax(part, path)));
    case "not":
      // Another object may have what this one lacks.
      return { kind: "constant", value: true };
    case "nested":
      return relax(predicate.of, `${path}.${predicate.path}`);
    case "expression":
      return { kind: "constant", value: true };
    default: {
      const field = { ...predicate.field, path: `${path}.${predicate.field.path}` };
      return { ...predicate, field };
    }
  }
}
