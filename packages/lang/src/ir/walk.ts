import type { Plan } from "./plan.ts";
import type { Expression, Field, LeafPredicate, Predicate } from "./predicate.ts";

/** The conditions of a plan in the order of its steps, that of `until` last. */
export function conditionsOf(plan: Plan): readonly Predicate[] {
  switch (plan.kind) {
    case "event":
      return [plan.condition];
    case "sequence": {
      const steps = plan.until === undefined ? plan.steps : [...plan.steps, plan.until];
      return steps.map((step) => step.condition);
    }
    case "sample":
      return plan.steps.map((step) => step.condition);
    default:
      return plan satisfies never;
  }
}

/** Calls `visit` for every leaf, from left to right. What a nested leaf asks of its objects is not visited. */
export function walkPredicate(predicate: Predicate, visit: (leaf: LeafPredicate) => void): void {
  switch (predicate.kind) {
    case "constant":
      return;
    case "all":
    case "any":
      for (const part of predicate.of) walkPredicate(part, visit);
      return;
    case "not":
      walkPredicate(predicate.of, visit);
      return;
    default:
      visit(predicate);
  }
}

/**
 * The fields a condition reads, each path and type once, in order of appearance; those of nested objects by
 * their whole paths. A leaf that looks anywhere names none.
 */
export function fieldsOf(predicate: Predicate): readonly Field[] {
  const fields = new Map<string, Field>();
  const add = (field: Field): void => {
    const key = `${field.type} ${field.path}`;
    if (!fields.has(key)) fields.set(key, field);
  };
  walkPredicate(predicate, (leaf) => {
    switch (leaf.kind) {
      case "expression":
        walkFields(leaf.of, add);
        break;
      case "nested":
        for (const { path, type } of fieldsOf(leaf.of)) add({ path: `${leaf.path}.${path}`, type });
        break;
      case "anywhere":
        break;
      default:
        add(leaf.field);
    }
  });
  return [...fields.values()];
}

/** Calls `visit` for every use of a field in an expression, from left to right. */
export function walkFields(expression: Expression, visit: (field: Field) => void): void {
  if (expression.kind === "field") visit(expression.field);
  for (const part of partsOf(expression)) walkFields(part, visit);
}

/** The expressions right below this one, from left to right. */
export function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case "literal":
    case "field":
      return [];
    case "call":
      return expression.args;
    case "arithmetic":
    case "comparison":
      return [expression.left, expression.right];
    case "all":
    case "any":
      return expression.of;
    case "negate":
    case "in":
    case "wildcard":
    case "regex":
    case "isNull":
    case "not":
      return [expression.of];
    default:
      return expression satisfies never;
  }
}

/** The same node with `rewrite` applied to the predicates right below it. */
export function mapParts(predicate: Predicate, rewrite: (part: Predicate) => Predicate): Predicate {
  switch (predicate.kind) {
    case "all":
    case "any":
      return { kind: predicate.kind, of: predicate.of.map(rewrite) };
    case "not":
      return { kind: "not", of: rewrite(predicate.of) };
    case "nested":
      return { ...predicate, of: rewrite(predicate.of) };
    default:
      return predicate;
  }
}
