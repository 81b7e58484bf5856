import { isFields, type ReadonlyFields } from "../normalise/fields.ts";

/** A path to a value of an event: the keys, one by one. */
export type LeafPath = readonly string[];

/**
 * The values of an event that are no objects, with the way to each. Lists are values. Empty ones (`""`, `-`,
 * null, empty lists) say nothing and are left out. At most `most`.
 */
export function leavesOf(
  fields: ReadonlyFields,
  most: number,
): readonly { readonly path: LeafPath; readonly value: unknown }[] {
  const leaves: { readonly path: LeafPath; readonly value: unknown }[] = [];
  const visit = (at: ReadonlyFields, path: LeafPath) => {
    for (const key of Object.keys(at)) {
      if (leaves.length >= most) return;
      const value = at[key];
      if (isFields(value)) visit(value, [...path, key]);
      else if (!isEmpty(value)) leaves.push({ path: [...path, key], value });
    }
  };
  visit(fields, []);
  return leaves;
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === "" || value === "-") return true;
  return Array.isArray(value) && value.every(isEmpty);
}

/** The event with one value replaced, or taken away for `undefined`; shares everything else. */
export function withLeaf(fields: ReadonlyFields, path: LeafPath, value: unknown): ReadonlyFields {
  const [key, ...rest] = path;
  if (key === undefined) return fields;
  const entries = Object.entries(fields).flatMap(([name, member]) => {
    if (name !== key) return [[name, member] as const];
    if (rest.length > 0)
      return [[name, isFields(member) ? withLeaf(member, rest, value) : member] as const];
    return value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries(entries);
}

/** Whether the event has something at the path. */
export function hasLeaf(fields: ReadonlyFields, path: LeafPath): boolean {
  let at: unknown = fields;
  for (const key of path) {
    if (!isFields(at) || !Object.hasOwn(at, key)) return false;
    at = at[key];
  }
  return !isEmpty(at);
}
