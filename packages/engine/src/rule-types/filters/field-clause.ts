import type { RawObject, ValuePath } from "../../rules/index.ts";
import type { FilterContext } from "./context.ts";
import { isObject, quote, rejectValue } from "./shape.ts";

/** What a clause says of one field: `{"process.name": …}`. */
export interface FieldClause {
  readonly name: string;
  /** What stands behind the name. */
  readonly what: unknown;
  readonly path: ValuePath;
}

/** Options that change how a search is scored, cached or carried out, and never what it finds. */
const harmless: ReadonlySet<string> = new Set([
  "boost",
  "_name",
  "rewrite",
  "max_expansions",
  "max_determinized_states",
  "cutoff_frequency",
  "prefix_length",
  "fuzzy_transpositions",
  "auto_generate_synonyms_phrase_query",
]);

/** The one field of a clause; `undefined`, with a finding, where there is none or more than one. */
export function readFieldClause(
  body: unknown,
  path: ValuePath,
  context: FilterContext,
): FieldClause | undefined {
  if (!isObject(body))
    return rejectValue(path, body, "an object with the name of a field", context);
  const names = Object.keys(body).filter((key) => !harmless.has(key));
  const [name, ...others] = names;
  if (name === undefined || others.length > 0) {
    const message = name === undefined ? "names no field" : "names more than one field";
    context.report(path, "filter/bad-value", `the clause ${message}`);
    return undefined;
  }
  return { name, what: body[name], path: [...path, name] };
}

/** The value of a clause, and its options. */
export interface Operand {
  readonly value: unknown;
  readonly path: ValuePath;
  readonly options: RawObject;
}

/**
 * The value behind a field's name: as it stands, or below one of the keys of an object. `known` are
 * the other keys that the clause understands; a further one would change its meaning, and is an error.
 */
export function readOperand(
  { what, path }: FieldClause,
  keys: readonly string[],
  known: readonly string[],
  context: FilterContext,
): Operand | undefined {
  if (!isObject(what)) return { value: what, path, options: {} };
  const key = keys.find((each) => Object.hasOwn(what, each));
  if (key === undefined)
    return rejectValue(path, what, `a value, or ${quote(keys[0] ?? "")}`, context);
  const isSound = checkOptions(what, [key, ...known], path, context);
  return isSound ? { value: what[key], path: [...path, key], options: what } : undefined;
}

/** Whether all keys of the object are known, or harmless. */
export function checkOptions(
  options: RawObject,
  known: readonly string[],
  path: ValuePath,
  { report }: FilterContext,
): boolean {
  const unknown = Object.keys(options).filter((key) => !known.includes(key) && !harmless.has(key));
  for (const key of unknown) {
    report([...path, key], "filter/unsupported", `the option ${quote(key)} is not supported`);
  }
  return unknown.length === 0;
}

/** An option that is true or false; false where it is absent. `undefined`, with a finding, for anything else. */
export function readFlag(
  { options, path }: Operand,
  key: string,
  context: FilterContext,
): boolean | undefined {
  const value = Object.hasOwn(options, key) ? options[key] : undefined;
  if (value === undefined || value === null) return false;
  if (typeof value === "boolean") return value;
  return rejectValue([...path.slice(0, -1), key], value, "true or false", context);
}
