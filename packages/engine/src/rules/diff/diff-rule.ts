import { isObject, type RawObject } from "../classify.ts";
import type { Rule } from "../rule.ts";
import { plainOf } from "../write/plain.ts";
import type { FieldChange, FieldDifference, Weight } from "./field-change.ts";
import { diffLists } from "./lines.ts";
import { diffQueries } from "./query-diff.ts";
import { threatTexts } from "./threat-texts.ts";
import { valueText } from "./value-text.ts";

/** What is meant where a field is not there (detection-semantics 1.1 and 1.2). */
const defaults: RawObject = {
  interval: "5m",
  from: "now-6m",
  to: "now",
  max_signals: 100,
  timestamp_override_fallback_disabled: false,
  "alert_suppression.missing_fields_strategy": "suppress",
  concurrent_searches: 1,
  items_per_search: 9000,
  threat_indicator_path: "threat.indicator",
};

/** What the keeper of a rule writes down for itself, or works out from the rest (detection-semantics 1.1, 1.4). */
const bookkeeping: ReadonlySet<string> = new Set([
  ...["id", "version", "revision", "immutable", "rule_source", "meta", "output_index", "namespace"],
  ...["created_at", "created_by", "updated_at", "updated_by", "execution_summary", "outcome"],
  ...["required_fields", "related_integrations", "transform"],
]);

/** Fields that one form of file says and the others leave open. */
const maybeSilent: ReadonlySet<string> = new Set(["enabled", "version", "language"]);

/** What people look for first. */
const firstFields = [
  ...["rule_id", "name", "type", "language", "query", "filters", "threat_query", "threshold"],
  ...["new_terms_fields", "severity", "risk_score", "interval", "from", "to", "exceptions_list"],
];

const longestLine = 60;

/** What changed from one version of a rule to another, field by field; forms of files and defaults do not count. */
export function diffRule(before: Rule, after: Rule): readonly FieldChange[] {
  const context = { before, after };
  const changes = diffObjects(before.parameters, after.parameters, "", context);
  const rank = ({ field }: FieldChange) => {
    const index = firstFields.indexOf(field.split(".", 1)[0] ?? "");
    return index < 0 ? firstFields.length : index;
  };
  const tables = (["metadata", "transform"] as const).flatMap((table) => {
    const [old, fresh] = [before[table], after[table]];
    // Of two forms only one has them.
    if (old === undefined || fresh === undefined) return [];
    return table === "metadata"
      ? diffObjects(old, fresh, "metadata.", context)
      : diffField(table, old, fresh, context);
  });
  return [...changes].sort((left, right) => rank(left) - rank(right)).concat(tables);
}

interface Context {
  readonly before: Rule;
  readonly after: Rule;
}

function diffObjects(
  before: RawObject,
  after: RawObject,
  prefix: string,
  context: Context,
): readonly FieldChange[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return keys.flatMap((key) =>
    diffField(`${prefix}${key}`, ownValue(before, key), ownValue(after, key), context),
  );
}

function ownValue(object: RawObject, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

function diffField(
  field: string,
  oldValue: unknown,
  newValue: unknown,
  context: Context,
): readonly FieldChange[] {
  const [before, after] = [meantBy(field, oldValue), meantBy(field, newValue)];
  if (valueText(before) === valueText(after)) return [];
  const isSilent = before === undefined || after === undefined;
  if (isSilent && maybeSilent.has(field)) return [];
  const weight = weightOf(field);
  if (isObject(before) && isObject(after) && weight === "meaning") {
    return diffObjects(before, after, `${field}.`, context);
  }
  const change = (difference: FieldDifference, as: Weight = weight): readonly FieldChange[] => [
    { field, weight: as, ...difference },
  ];
  if (isQuery(field) && typeof before === "string" && typeof after === "string") {
    const { isSpelling, clauses } = diffQueries(before, after, languageOf(field, context));
    if (isSpelling) return change({ kind: "clauses", clauses: [] }, "spelling");
    if (clauses !== undefined && clauses.length > 0) return change({ kind: "clauses", clauses });
  }
  if (isListLike(before) && isListLike(after)) {
    const items = diffItems(itemTexts(field, before), itemTexts(field, after));
    const isOrder = items.added.length === 0 && items.removed.length === 0;
    return change({ kind: "items", ...items }, isOrder && !isOrdered(field) ? "spelling" : weight);
  }
  if (isText(before) && isText(after) && isLong(before, after)) {
    const stretches = diffLists(linesOf(before ?? ""), linesOf(after ?? ""));
    const isBlank = (before ?? "").trim() === (after ?? "").trim();
    return change({ kind: "lines", stretches }, isBlank ? "spelling" : weight);
  }
  return change({ kind: "value", before, after });
}

/** A value without what says nothing; `undefined` where it is what is meant without it. */
function meantBy(field: string, value: unknown): unknown {
  const plain = plainOf(value);
  const isEmpty =
    plain === null ||
    plain === "" ||
    (Array.isArray(plain) && plain.length === 0) ||
    (isObject(plain) && Object.keys(plain).length === 0);
  return isEmpty || (Object.hasOwn(defaults, field) && defaults[field] === plain)
    ? undefined
    : plain;
}

function weightOf(field: string): Weight {
  const [first = "", second = ""] = field.split(".");
  if (first === "metadata") return second === "maturity" ? "meaning" : "bookkeeping";
  return bookkeeping.has(first) ? "bookkeeping" : "meaning";
}

function isQuery(field: string): boolean {
  return field === "query" || field === "threat_query";
}

function languageOf(field: string, { before, after }: Context): Rule["language"] {
  if (field === "threat_query") return after.threatMatch?.language;
  return before.language === after.language ? after.language : undefined;
}

/** Lists whose order says something. */
function isOrdered(field: string): boolean {
  return field === "transform" || field.startsWith("metadata.");
}

function isListLike(value: unknown): value is readonly unknown[] | undefined {
  return value === undefined || Array.isArray(value);
}

function isText(value: unknown): value is string | undefined {
  return value === undefined || typeof value === "string";
}

function isLong(...texts: readonly (string | undefined)[]): boolean {
  return texts.some((text = "") => text.length > longestLine || text.trim().includes("\n"));
}

/** The end of the last line is no line of its own. */
function linesOf(text: string): readonly string[] {
  return text === "" ? [] : text.replace(/\n$/, "").split("\n");
}

function diffItems(
  before: readonly string[],
  after: readonly string[],
): { readonly added: readonly string[]; readonly removed: readonly string[] } {
  const [old, fresh] = [new Set(before), new Set(after)];
  return {
    added: after.filter((item) => !old.has(item)),
    removed: before.filter((item) => !fresh.has(item)),
  };
}

function itemTexts(field: string, items: readonly unknown[] | undefined): readonly string[] {
  if (items === undefined) return [];
  if (field === "threat") return threatTexts(items);
  return items.map((item) => (typeof item === "string" ? item : valueText(item)));
}
