import type { Schema } from "../ecs/index.ts";
import { allOf, anyOf, complement, type Misfit, type Predicate } from "../ir/index.ts";
import type { ConditionNode, KqlQuery, MatchNode, NestedNode, ValueNode, WordNode } from "./ast.ts";
import { type Scope, type Target, targetsOf, wholePath } from "./fields.ts";
import type { LowerOptions } from "./options.ts";
import { compareWord, matchWord, patternTextOf } from "./values.ts";
import { isLoneStar, textOf } from "./words.ts";

const always: Predicate = { kind: "constant", value: true };

/** The condition that a checked query puts on an event. */
export function lowerKql(query: KqlQuery, schema: Schema, options: LowerOptions = {}): Predicate {
  if (query.condition === null) return always;
  return lowerCondition(query.condition, { schema, now: options.now });
}

function lowerCondition(node: ConditionNode, scope: Scope): Predicate {
  switch (node.kind) {
    case "and":
      return allOf(node.operands.map((operand) => lowerCondition(operand, scope)));
    case "or":
      return anyOf(node.operands.map((operand) => lowerCondition(operand, scope)));
    case "not":
      return complement(lowerCondition(node.of, scope));
    case "match":
      return lowerMatch(node, scope);
    case "range":
      return onTargets(node.field, targetsOf(node.field, scope), (target) =>
        compareWord(target, node.op, node.bound, scope.now),
      );
    case "nested":
      return lowerNested(node, scope);
    case "term":
      return lowerAnywhere(node.value);
    default:
      return node satisfies never;
  }
}

/** A list of values is a list of conditions on the same field: `and` does not ask for one value that is both. */
function lowerValue(node: ValueNode, lowerWord: (word: WordNode) => Predicate): Predicate {
  switch (node.kind) {
    case "and":
      return allOf(node.operands.map((operand) => lowerValue(operand, lowerWord)));
    case "or":
      return anyOf(node.operands.map((operand) => lowerValue(operand, lowerWord)));
    case "not":
      return complement(lowerValue(node.of, lowerWord));
    default:
      return lowerWord(node);
  }
}

function lowerMatch({ field, value }: MatchNode, scope: Scope): Predicate {
  if (isLoneStar(field)) {
    return lowerValue(value, (word) => (isLoneStar(word) ? always : lowerAnywhere(word)));
  }
  const targets = targetsOf(field, scope);
  return lowerValue(value, (word) =>
    onTargets(field, targets, (target) => matchWord(target, word, scope.now)),
  );
}

/** Some value of any field is what the word says, whole and as text. */
function lowerAnywhere(word: WordNode): Predicate {
  return { kind: "anywhere", patterns: [patternTextOf(word)], fold: false };
}

function lowerNested(node: NestedNode, scope: Scope): Predicate {
  const name = textOf(node.field);
  const of = lowerCondition(node.of, { ...scope, within: wholePath(name, scope) });
  return { kind: "nested", path: name, of };
}

/** The condition on each field that the name stands for, any of which may meet it. */
function onTargets(
  name: WordNode,
  targets: readonly Target[],
  lowerOn: (target: Target) => Predicate | Misfit,
): Predicate {
  const parts: Predicate[] = [];
  for (const target of targets) {
    const of = lowerOn(target);
    if (of.kind === "misfit") {
      // Of the fields that a pattern matches, those that cannot take the value do not have it.
      if (name.kind === "pattern") continue;
      throw new Error(`not checked: ${of.message}`);
    }
    const { nestedIn } = target;
    parts.push(nestedIn === undefined ? of : { kind: "nested", path: nestedIn, of });
  }
  return anyOf(parts);
}
