import type { Schema } from "../ecs/index.ts";
import {
  allOf,
  anyOf,
  complement,
  existsOnField,
  type Misfit,
  type Predicate,
} from "../ir/index.ts";
import type { ClauseNode, FieldNode, ItemNode, LuceneQuery, MatchNode, ValueNode } from "./ast.ts";
import { occurrencesOf } from "./clauses.ts";
import { existsName, isAnyField, isPattern, type Scope, type Target, targetsOf } from "./fields.ts";
import type { LowerOptions } from "./options.ts";
import { existsNameOf, isStars, matchValue, patternsAnywhere } from "./values.ts";

const always: Predicate = { kind: "constant", value: true };
const never: Predicate = { kind: "constant", value: false };

/** The condition that a checked query puts on an event. */
export function lowerLucene(
  { clauses }: LuceneQuery,
  schema: Schema,
  options: LowerOptions = {},
): Predicate {
  if (clauses.length === 0) return always;
  return lowerClauses(clauses, null, { schema, now: options.now });
}

/** `around` is the field of the group that the clauses stand in. */
function lowerClauses(
  clauses: readonly ClauseNode[],
  around: FieldNode | null,
  scope: Scope,
): Predicate {
  const required: Predicate[] = [];
  const optional: Predicate[] = [];
  const prohibited: Predicate[] = [];
  const occurrences = occurrencesOf(clauses);
  for (const [index, { of }] of clauses.entries()) {
    const part = lowerItem(of, around, scope);
    if (part === undefined) continue;
    const occurrence = occurrences[index];
    if (occurrence === "required") required.push(part);
    else if (occurrence === "prohibited") prohibited.push(complement(part));
    else optional.push(part);
  }
  if (required.length + optional.length + prohibited.length === 0) return never;
  const isEither = required.length === 0 && optional.length > 0;
  return allOf([...required, ...(isEither ? [anyOf(optional)] : []), ...prohibited]);
}

function lowerItem(item: ItemNode, around: FieldNode | null, scope: Scope): Predicate | undefined {
  const field = item.field ?? around;
  return item.kind === "group"
    ? lowerClauses(item.clauses, field, scope)
    : lowerMatch(item, field, scope);
}

function lowerMatch(
  { value }: MatchNode,
  field: FieldNode | null,
  scope: Scope,
): Predicate | undefined {
  if (field?.name === existsName) return lowerExists(value, scope);
  if (isAnyField(field)) return lowerAnywhere(value);
  return onTargets(field, scope, (target) => matchValue(target, value, scope.now));
}

function lowerExists(value: ValueNode, scope: Scope): Predicate {
  const name = existsNameOf(value) ?? "";
  // The forms of a field are there when it is.
  const fields = new Map(targetsOf(name, scope).map(({ field }) => [field.path, field]));
  return anyOf([...fields.values()].map(existsOnField));
}

function lowerAnywhere(value: ValueNode): Predicate {
  if (value.kind === "pattern" && isStars(value.pattern)) return always;
  const patterns = patternsAnywhere(value);
  if (patterns === undefined) throw new Error(`not checked: ${value.kind} without a field`);
  return { kind: "anywhere", patterns, fold: false };
}

/** The condition on each field that the name stands for, any of which may meet it. */
function onTargets(
  { name }: FieldNode,
  scope: Scope,
  lowerOn: (target: Target) => Predicate | Misfit | undefined,
): Predicate | undefined {
  const parts: Predicate[] = [];
  for (const target of targetsOf(name, scope)) {
    const part = lowerOn(target);
    if (part?.kind === "misfit") {
      // Of the fields that a pattern matches, those that cannot take the value do not have it.
      if (isPattern(name)) continue;
      throw new Error(`not checked: ${part.message}`);
    }
    if (part !== undefined) parts.push(part);
    else if (!isPattern(name)) return undefined;
  }
  return anyOf(parts);
}
