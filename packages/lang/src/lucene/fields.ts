import { resolveForm, type Schema } from "../ecs/index.ts";
import type { Field } from "../ir/index.ts";
import type { EpochNanos, TextAnalyzer } from "../values/index.ts";
import type { FieldNode } from "./ast.ts";

/** What lowering knows. */
export interface Scope {
  readonly schema: Schema;
  readonly now: EpochNanos | undefined;
}

/** A field that a clause asks, as events hold it. */
export interface Target {
  readonly field: Field;
  /** Case does not count: the query names the field's `.caseless` form. */
  readonly fold: boolean;
  readonly analyzer: TextAnalyzer;
}

/** In the place of a field's name: whether the field that is the value has a value itself. */
export const existsName = "_exists_";

export function isPattern(name: string): boolean {
  return name.includes("*");
}

/** The fields that a name stands for: one, or all that a pattern matches but for those inside of nested objects. */
export function targetsOf(name: string, { schema }: Scope): readonly Target[] {
  if (!isPattern(name)) return [targetAt(name, schema)];
  const targets = new Map<string, Target>();
  for (const path of schema.matching(name)) {
    if (schema.nestedRootOf(path) !== undefined) continue;
    const target = targetAt(path, schema);
    targets.set(`${target.field.type} ${target.fold} ${target.field.path}`, target);
  }
  return [...targets.values()];
}

/** Whether the clause asks any field: it names none, nor does a group around it, or it names `*`. */
export function isAnyField(field: FieldNode | null): field is null {
  return field === null || /^\*+$/.test(field.name);
}

function targetAt(name: string, schema: Schema): Target {
  const { path, type = "unknown", fold, analyzer } = resolveForm(name, schema);
  return { field: { path, type }, fold, analyzer };
}
