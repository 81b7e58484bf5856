import { type Fields, isFields, namesOf, putKey, type ReadonlyFields } from "../fields.ts";

/** What stands at a path of a raw event, whatever the event's keys are called; `undefined` where nothing does. */
export function at(raw: unknown, path: string): unknown {
  let value = raw;
  for (const name of namesOf(path)) {
    if (!isFields(value) || !Object.hasOwn(value, name)) return undefined;
    value = value[name];
  }
  return value ?? undefined;
}

/** A scalar as text; `undefined` for what is absent, empty or no scalar. */
export function textAt(raw: unknown, path: string): string | undefined {
  const value = at(raw, path);
  if (typeof value === "string") return value === "" ? undefined : value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;
}

/** The list at a path; what is no list is a list of one. */
export function listAt(raw: unknown, path: string): readonly unknown[] {
  const value = at(raw, path);
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

/** Takes a value out of a tree that nobody else holds; what is left of the objects around it stays. */
export function take(tree: Fields, path: string): unknown {
  const names = namesOf(path);
  let parent: Fields = tree;
  for (const name of names.slice(0, -1)) {
    const child = Object.hasOwn(parent, name) ? parent[name] : undefined;
    if (!isFields(child)) return undefined;
    parent = child;
  }
  const last = names.at(-1) ?? "";
  if (!Object.hasOwn(parent, last)) return undefined;
  const value = parent[last];
  delete parent[last];
  return value ?? undefined;
}

/** Moves a value inside a tree, where there is one. The new place must exist, but for its last name. */
export function move(tree: Fields, from: string, to: string): void {
  const value = take(tree, from);
  if (value === undefined) return;
  const names = namesOf(to);
  let parent: unknown = tree;
  for (const name of names.slice(0, -1)) parent = isFields(parent) ? parent[name] : undefined;
  if (isFields(parent)) putKey(parent, names.at(-1) ?? "", value);
}

/** A copy without nulls. `rename` changes the names of keys. Nesting is bounded by the reader. */
export function copyTree(value: unknown, rename?: (key: string) => string): unknown {
  if (Array.isArray(value)) return value.map((item) => copyTree(item, rename));
  return isFields(value) ? copyObject(value, rename) : value;
}

export function copyObject(source: ReadonlyFields, rename?: (key: string) => string): Fields {
  const fields: Fields = {};
  for (const key of Object.keys(source)) {
    const value = source[key];
    if (value === null || value === undefined) continue;
    putKey(fields, rename === undefined ? key : rename(key), copyTree(value, rename));
  }
  return fields;
}

/** The value of a text in JSON without its nulls; `undefined` for what is no text, or none in JSON. */
export function parseTree(text: unknown): unknown {
  if (typeof text !== "string") return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isBounded(value, deepestParsed) ? copyTree(value) : undefined;
  } catch {
    return undefined;
  }
}

/** As deep as the reader lets events be. */
const deepestParsed = 256;

function isBounded(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null) return true;
  if (levels === 0) return false;
  return Object.values(value).every((member) => isBounded(member, levels - 1));
}

/**
 * A copy without what says nothing: null, empty texts, lists and objects. `rename` changes the names of keys.
 * `undefined` where nothing is left. Nesting is bounded by the reader.
 */
export function cleanTree(value: unknown, rename?: (key: string) => string): unknown {
  if (value === null || value === undefined || value === "") return undefined;
  if (Array.isArray(value)) {
    const list = value.map((item) => cleanTree(item, rename)).filter((item) => item !== undefined);
    return list.length === 0 ? undefined : list;
  }
  if (!isFields(value)) return value;
  const fields = cleanFields(value, rename);
  return Object.keys(fields).length === 0 ? undefined : fields;
}

export function cleanFields(source: ReadonlyFields, rename?: (key: string) => string): Fields {
  const fields: Fields = {};
  for (const key of Object.keys(source)) {
    const value = cleanTree(source[key], rename);
    if (value !== undefined) putKey(fields, rename === undefined ? key : rename(key), value);
  }
  return fields;
}

/** `ipAddress` and `IPAddress` as `ip_address`. */
export function snakeCase(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1_$2")
    .replace(/[\s.-]+/g, "_")
    .toLowerCase();
}
