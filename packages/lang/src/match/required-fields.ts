import { findFunction } from "../functions/index.ts";
import { type Expression, partsOf } from "../ir/index.ts";
import type { FieldPath } from "../values/index.ts";

/** Fields without which the expression cannot be true on an event. Some such fields may be left out, none is wrong. */
export function requiredFields(expression: Expression): ReadonlySet<FieldPath> {
  switch (expression.kind) {
    case "all":
      return union(expression.of.map(requiredFields));
    case "any":
      return intersection(expression.of.map(requiredFields));
    default:
      return strictFields(expression);
  }
}

/** Fields whose absence makes the expression null. */
function strictFields(expression: Expression): ReadonlySet<FieldPath> {
  switch (expression.kind) {
    case "field":
      return new Set([expression.field.path]);
    case "isNull":
      return new Set();
    case "all":
    case "any":
      return intersection(expression.of.map(strictFields));
    case "call": {
      const args = expression.args.filter((_, index) => isStrict(expression.name, index));
      return union(args.map(strictFields));
    }
    default:
      return union(partsOf(expression).map(strictFields));
  }
}

/** Positions and flags may have a meaning where they are null; what a function works on has none. */
function isStrict(name: string, index: number): boolean {
  const parameters = findFunction(name)?.parameters ?? [];
  const parameter = parameters[Math.min(index, parameters.length - 1)];
  return parameter !== undefined && parameter.optional !== true && parameter.type !== "integer";
}

function union(sets: readonly ReadonlySet<FieldPath>[]): ReadonlySet<FieldPath> {
  return new Set(sets.flatMap((set) => [...set]));
}

function intersection(sets: readonly ReadonlySet<FieldPath>[]): ReadonlySet<FieldPath> {
  const [first = new Set<FieldPath>(), ...rest] = sets;
  return new Set([...first].filter((path) => rest.every((set) => set.has(path))));
}
