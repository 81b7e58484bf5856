/** A document under construction: plain objects that nobody else holds. */
export type Fields = { [key: string]: unknown };

export type ReadonlyFields = Readonly<Record<string, unknown>>;

export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The object under a key; `undefined` where there is none. Inherited ones do not count. */
export function childOf(fields: ReadonlyFields, key: string): ReadonlyFields | undefined {
  const value = Object.hasOwn(fields, key) ? fields[key] : undefined;
  return isFields(value) ? value : undefined;
}

/** Sets any key as the object's own: `__proto__` would change what the object is. */
export function putKey(target: Fields, key: string, value: unknown): void {
  if (key === "__proto__") {
    Object.defineProperty(target, key, {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  } else target[key] = value;
}

const splitPaths = new Map<string, readonly string[]>();

/** The names in a path that our own tables wrote: few, and therefore split once. */
export function namesOf(path: string): readonly string[] {
  let names = splitPaths.get(path);
  if (names === undefined) {
    names = path.split(".");
    splitPaths.set(path, names);
  }
  return names;
}

/** Sets a nested field. `undefined` and the empty string are no values; something else in the way stays. */
export function setField(target: Fields, path: string, value: unknown): void {
  if (value === undefined || value === "") return;
  const names = namesOf(path);
  let at = target;
  for (let index = 0; index < names.length - 1; index += 1) {
    const name = names[index] ?? "";
    const child = at[name];
    if (isFields(child)) at = child;
    else if (child === undefined) {
      const made: Fields = {};
      at[name] = made;
      at = made;
    } else return;
  }
  at[names[names.length - 1] ?? ""] = value;
}

/** A nested field; `undefined` where there is none. For paths of our own tables, none of which names what objects inherit. */
export function getField(source: ReadonlyFields, path: string): unknown {
  let at: unknown = source;
  for (const name of namesOf(path)) {
    if (!isFields(at)) return undefined;
    at = at[name];
  }
  return at;
}

/** Adds a value to a list field, once. */
export function addToField(target: Fields, path: string, value: string | undefined): void {
  if (value === undefined || value === "") return;
  const list = getField(target, path);
  if (!Array.isArray(list)) setField(target, path, [value]);
  else if (!list.includes(value)) list.push(value);
}

/** A copy that shares no object with its source. Nesting is bounded by the reader. */
export function copyFields(source: ReadonlyFields): Fields {
  const copy: Fields = {};
  for (const key of Object.keys(source)) putKey(copy, key, copyValue(source[key]));
  return copy;
}

function copyValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copyValue);
  return isFields(value) ? copyFields(value) : value;
}
