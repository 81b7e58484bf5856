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

/** Everything that one value of a file holds. */
export interface ClassifiedValue {
  readonly rules: readonly RuleDocument[];
  readonly exceptionLists: readonly RawObject[];
  readonly exceptionItems: readonly RawObject[];
  readonly connectors: readonly RawObject[];
  /** The last line of an export, which counts the others. */
  readonly exportDetails?: RawObject;
  /** Objects that are none of these, by their paths. */
  readonly unknown: readonly ValuePath[];
}

interface Found {
  readonly rules: RuleDocument[];
  readonly exceptionLists: RawObject[];
  readonly exceptionItems: RawObject[];
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
  } else if (isExceptionsFile(value)) {
    for (const entry of value.exceptions) {
      if (!isObject(entry)) continue;
      if (isObject(entry.container)) found.exceptionLists.push(entry.container);
      if (Array.isArray(entry.items)) found.exceptionItems.push(...entry.items.filter(isObject));
    }
  } else if ("exported_count" in value || "exported_rules_count" in value) {
    found.exportDetails = value;
  } else if ("item_id" in value || ("list_id" in value && "entries" in value)) {
    found.exceptionItems.push(value);
  } else if ("list_id" in value) {
    found.exceptionLists.push(value);
  } else if (value.type === "action" && isObject(value.attributes)) {
    found.connectors.push(value);
  } else if (looksLikeRule(value)) {
    found.rules.push({ rule: value, path, ...place });
  } else {
    found.unknown.push(path);
  }
}

/** The file that the rule repository keeps for exceptions of its own rules. */
function isExceptionsFile(
  value: RawObject,
): value is RawObject & { readonly exceptions: readonly unknown[] } {
  const { exceptions } = value;
  return (
    Array.isArray(exceptions) &&
    exceptions.some((entry) => isObject(entry) && isObject(entry.container))
  );
}

/** Enough of a rule that leaving it out in silence would be wrong. */
function looksLikeRule(value: RawObject): boolean {
  if ("rule_id" in value) return true;
  const hasType = ruleTypes.some((type) => type === value.type);
  const marks = ["name", "type", "query", "severity", "risk_score"].filter((key) => key in value);
  return (hasType && marks.length > 1) || marks.length > 2;
}
