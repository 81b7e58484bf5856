import type { ParsedValue, ValuePath } from "./parsed-file.ts";
import { ruleTypes } from "./rule.ts";

export type RawObject = Readonly<Record<string, unknown>>;

/** A rule as its file has it, before anything is checked. */
export interface RuleDocument {
  /** The API's object, or the `[rule]` table, which differs in places. */
  readonly rule: RawObject;
  readonly metadata?: RawObject;
  readonly transform?: RawObject;
  readonly parsed: ParsedValue;
  /** Where `rule` is in the parsed value. */
  readonly path: ValuePath;
  /** The position in a list, from 1. */
  readonly position?: number;
}

/** An object that is no rule, before anything in it is checked. */
export interface ObjectDocument {
  readonly value: RawObject;
  /** Where it is in the parsed value. */
  readonly path: ValuePath;
  /** The API's spelling, or the short one of our own exceptions files. */
  readonly form: "api" | "short";
  /** The `[metadata]` table of an exceptions file of the rule repository. */
  readonly metadata?: RawObject;
}

/** Everything that one value of a file holds. */
export interface ClassifiedValue {
  readonly rules: readonly RuleDocument[];
  readonly exceptionLists: readonly ObjectDocument[];
  readonly exceptionItems: readonly ObjectDocument[];
  readonly connectors: readonly RawObject[];
  /** The last line of an export, which counts the others. */
  readonly exportDetails?: RawObject;
  /** Objects that are none of these, by their paths. */
  readonly unknown: readonly ValuePath[];
}

interface Found {
  readonly rules: RuleDocument[];
  readonly exceptionLists: ObjectDocument[];
  readonly exceptionItems: ObjectDocument[];
  readonly connectors: RawObject[];
  exportDetails?: RawObject;
  readonly unknown: ValuePath[];
}

/** Tells rules, exceptions, connectors and the details of an export apart by their shape (detection-semantics 1.5). */
export function classifyValue(parsed: ParsedValue): ClassifiedValue {
  const found: Found = {
    rules: [],
    exceptionLists: [],
    exceptionItems: [],
    connectors: [],
    unknown: [],
  };
  const { value } = parsed;
  const data = isObject(value) && Array.isArray(value.data) ? value.data : undefined;
  if (Array.isArray(value)) classifyList(value, [], parsed, found);
  else if (data !== undefined) classifyList(data, ["data"], parsed, found);
  else classifyObject(value, [], parsed, found);
  return found;
}

export function isObject(value: unknown): value is RawObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function classifyList(
  values: readonly unknown[],
  path: ValuePath,
  parsed: ParsedValue,
  found: Found,
): void {
  for (const [index, value] of values.entries()) {
    classifyObject(value, [...path, index], parsed, found, index + 1);
  }
}

/** What the last line of an export of rules, or of exception lists, counts. */
const exportCounts = ["exported_count", "exported_rules_count", "exported_exception_list_count"];

function classifyObject(
  value: unknown,
  path: ValuePath,
  parsed: ParsedValue,
  found: Found,
  position?: number,
): void {
  const place = { parsed, ...(position === undefined ? {} : { position }) };
  if (!isObject(value)) {
    found.unknown.push(path);
  } else if (isObject(value.rule)) {
    found.rules.push({
      rule: value.rule,
      ...(isObject(value.metadata) ? { metadata: value.metadata } : {}),
      ...(isObject(value.transform) ? { transform: value.transform } : {}),
      path: [...path, "rule"],
      ...place,
    });
  } else if (isRepositoryExceptions(value)) {
    classifyRepositoryExceptions(value, path, found);
  } else if (isShortExceptions(value)) {
    classifyShortExceptions(value, path, found);
  } else if (exportCounts.some((key) => key in value)) {
    found.exportDetails = value;
  } else if ("item_id" in value || ("list_id" in value && "entries" in value)) {
    found.exceptionItems.push({ value, path, form: "api" });
  } else if ("list_id" in value) {
    found.exceptionLists.push({ value, path, form: "api" });
  } else if (value.type === "action" && isObject(value.attributes)) {
    found.connectors.push(value);
  } else if (looksLikeRule(value)) {
    found.rules.push({ rule: value, path, ...place });
  } else {
    found.unknown.push(path);
  }
}

/** The file that the rule repository keeps for exceptions of its own rules. */
function isRepositoryExceptions(
  value: RawObject,
): value is RawObject & { readonly exceptions: readonly unknown[] } {
  const { exceptions } = value;
  return (
    Array.isArray(exceptions) &&
    exceptions.some((entry) => isObject(entry) && isObject(entry.container))
  );
}

function classifyRepositoryExceptions(
  file: RawObject & { readonly exceptions: readonly unknown[] },
  path: ValuePath,
  found: Found,
): void {
  const shared = {
    form: "api",
    ...(isObject(file.metadata) ? { metadata: file.metadata } : {}),
  } as const;
  for (const [index, entry] of file.exceptions.entries()) {
    const place = [...path, "exceptions", index];
    if (!isObject(entry)) {
      found.unknown.push(place);
      continue;
    }
    const { container, items } = entry;
    if (isObject(container)) {
      found.exceptionLists.push({ value: container, path: [...place, "container"], ...shared });
    }
    if (!Array.isArray(items)) continue;
    pushObjects(items, [...place, "items"], shared, found.exceptionItems, found);
  }
}

/** Our own exceptions file: a list of tables `exception`, perhaps one of `exception_list`. */
function isShortExceptions({ exception, exception_list: lists }: RawObject): boolean {
  return [exception, lists].some((list) => Array.isArray(list) && list.some(isObject));
}

function classifyShortExceptions(file: RawObject, path: ValuePath, found: Found): void {
  const shared = { form: "short" } as const;
  const push = (key: string, into: ObjectDocument[]) => {
    const list = file[key];
    if (Array.isArray(list)) pushObjects(list, [...path, key], shared, into, found);
  };
  push("exception_list", found.exceptionLists);
  push("exception", found.exceptionItems);
}

function pushObjects(
  values: readonly unknown[],
  path: ValuePath,
  shared: Pick<ObjectDocument, "form" | "metadata">,
  into: ObjectDocument[],
  { unknown }: Found,
): void {
  for (const [index, value] of values.entries()) {
    const place = [...path, index];
    if (isObject(value)) into.push({ value, path: place, ...shared });
    else unknown.push(place);
  }
}

/** Enough of a rule that leaving it out in silence would be wrong. */
function looksLikeRule(value: RawObject): boolean {
  if ("rule_id" in value) return true;
  const hasType = ruleTypes.some((type) => type === value.type);
  const marks = ["name", "type", "query", "severity", "risk_score"].filter((key) => key in value);
  return (hasType && marks.length > 1) || marks.length > 2;
}
