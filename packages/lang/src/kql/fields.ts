import { resolveForm, type Schema } from "../ecs/index.ts";
import type { Field } from "../ir/index.ts";
import type { EpochNanos, FieldPath, TextAnalyzer } from "../values/index.ts";
import type { WordNode } from "./ast.ts";
import { textOf } from "./words.ts";

/** Where a condition stands, and what is known there. */
export interface Scope {
  readonly schema: Schema;
  readonly now: EpochNanos | undefined;
  /** The nested object in whose `{ }` the condition stands, by its whole path. */
  readonly within?: FieldPath;
}

/** A field that a condition asks, as events hold it. */
export interface Target {
  /** The path is relative to the object in whose `{ }` the condition stands. */
  readonly field: Field;
  /** Case does not count: the query names the field's `.caseless` form. */
  readonly fold: boolean;
  /** How a text field cuts its values. */
  readonly analyzer: TextAnalyzer;
  /** The nested object around the field when the query does not name it: only a pattern of names may leave it out. */
  readonly nestedIn?: FieldPath;
}

/** The name with the names of the nested objects around it. */
export function wholePath(name: string, { within }: Scope): FieldPath {
  return within === undefined ? name : `${within}.${name}`;
}

/**
 * The fields that a name stands for. One that no schema has stands for itself; a pattern stands for all fields
 * that it matches, and for none if there are none.
 */
export function targetsOf(word: WordNode, scope: Scope): readonly Target[] {
  const path = wholePath(textOf(word), scope);
  if (word.kind === "literal") return [targetAt(path, scope)];
  const targets = new Map<string, Target>();
  for (const name of scope.schema.matching(path)) {
    const target = targetAt(name, scope);
    const { field, fold, nestedIn } = target;
    if (field.type === "object" || field.type === "nested") continue;
    // A nested object inside the one around is out of reach without its own braces.
    if (scope.within !== undefined && nestedIn !== undefined) continue;
    targets.set(`${field.type} ${fold} ${field.path}`, target);
  }
  return [...targets.values()];
}

function targetAt(name: FieldPath, { schema, within }: Scope): Target {
  const { path, type = "unknown", fold, analyzer } = resolveForm(name, schema);
  const root = schema.nestedRootOf(path);
  const nestedIn = root === within || root === path ? undefined : root;
  const object = nestedIn ?? within;
  return {
    field: { path: object === undefined ? path : path.slice(object.length + 1), type },
    fold,
    analyzer,
    ...(nestedIn !== undefined && { nestedIn }),
  };
}
