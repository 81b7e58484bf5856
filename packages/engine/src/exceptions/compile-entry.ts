import type { Schema } from "@harrier/lang/ecs";
import type { Predicate } from "@harrier/lang/ir";
import type { EpochNanos, FieldPath } from "@harrier/lang/values";
import type { ValuePath } from "../rules/index.ts";
import type { ExceptionEntry, ListEntry, PlainEntry, ValueList } from "./exception.ts";
import { type EntryField, resolveField } from "./field.ts";
import { type FieldValues, matchValues } from "./field-value.ts";
import { quote, type ReportAt } from "./finding.ts";
import { matchList } from "./list-match.ts";
import { findLostBackslash, matchPattern } from "./wildcard.ts";

export interface EntryContext {
  readonly schema: Schema;
  /** By id. */
  readonly valueLists: ReadonlyMap<string, ValueList>;
  /** What `now` means in date math. */
  readonly now: EpochNanos;
  readonly report: ReportAt;
  /** Value lists made ready, by list and field: thousands of items may name one. */
  readonly listed: Map<string, FieldValues>;
  /** Fields and lists that a finding was made about: one is enough for thousands of items. */
  readonly told: Set<string>;
}

/** The entry as a condition; `undefined`, with an error, where it can't be one. */
export function compileEntry(
  entry: ExceptionEntry,
  path: ValuePath,
  context: EntryContext,
): Predicate | undefined {
  if (entry.type === "nested") {
    context.report(
      [...path, "type"],
      "exception/unusable-field",
      "nested entries are not supported yet",
    );
    return undefined;
  }
  const included = compileIncluded(entry, path, context);
  if (included === undefined) return undefined;
  return entry.operator === "excluded" ? { kind: "not", of: included } : included;
}

function compileIncluded(
  entry: PlainEntry | ListEntry,
  path: ValuePath,
  context: EntryContext,
): Predicate | undefined {
  const field = resolveField(entry.field, context.schema);
  warnOfUnknown(entry.field, field, path, context);
  switch (entry.type) {
    case "exists":
      return { kind: "exists", field: field.field };
    case "match":
      return compileMatch(field, [entry.value], () => [...path, "value"], context);
    case "match_any":
      return compileMatch(field, entry.values, (index) => [...path, "value", index], context);
    case "wildcard":
      return compileWildcard(field, entry.value, path, context);
    case "list":
      return refuseField(field.field.type, entry.field, [...path, "field"], context)
        ? undefined
        : matchList(entry, field, path, context);
    default:
      return entry satisfies never;
  }
}

function compileMatch(
  { field, fold }: EntryField,
  texts: readonly string[],
  placeOf: (index: number) => ValuePath,
  context: EntryContext,
): Predicate | undefined {
  if (refuseField(field.type, field.path, placeOf(0), context)) return undefined;
  warnOfStar(field.type, texts, placeOf, context);
  const { predicate, misfits } = matchValues(field, texts, { fold, now: context.now });
  for (const { index, message, hint } of misfits) {
    const more = hint === undefined ? {} : { hint };
    context.report(placeOf(index), "exception/bad-value", `${quote(field.path)}: ${message}`, more);
  }
  return misfits.length === 0 ? predicate : undefined;
}

function compileWildcard(
  { field, fold }: EntryField,
  pattern: string,
  path: ValuePath,
  context: EntryContext,
): Predicate | undefined {
  const place = [...path, "value"];
  if (refuseField(field.type, field.path, place, context)) return undefined;
  if (!isTextual(field.type)) {
    const message = `${quote(field.path)} holds ${field.type} values, which have no patterns`;
    context.report(place, "exception/unusable-field", message);
    return undefined;
  }
  const lost = findLostBackslash(pattern);
  if (lost !== undefined) {
    context.report(place, "exception/lost-backslash", `in a wildcard value ${lost}`, {
      severity: "warning",
      hint: "write every backslash of a path twice: `C:\\\\Users\\\\*\\\\a.exe`",
    });
  }
  return matchPattern(field, pattern, fold);
}

function isTextual(type: EntryField["field"]["type"]): boolean {
  return type === "keyword" || type === "version" || type === "unknown";
}

/** Reports a field that no condition can use. */
function refuseField(
  type: EntryField["field"]["type"],
  name: FieldPath,
  place: ValuePath,
  { report }: EntryContext,
): boolean {
  const isUsable =
    type !== "object" && type !== "nested" && type !== "unsupported" && type !== "text";
  if (!isUsable) {
    const message =
      type === "object" || type === "nested"
        ? `${quote(name)} is an object, which has no value of its own`
        : `${quote(name)} is of a type that no entry can compare`;
    report(place, "exception/unusable-field", message);
  }
  return !isUsable;
}

function warnOfUnknown(
  name: FieldPath,
  { field, isKnown }: EntryField,
  path: ValuePath,
  { schema, told, report }: EntryContext,
): void {
  if (isKnown || told.has(name)) return;
  told.add(name);
  const [similar] = schema.similarTo(field.path);
  report([...path, "field"], "exception/unknown-field", `there is no field ${quote(name)}`, {
    severity: "warning",
    ...(similar === undefined ? {} : { hint: `did you mean \`${similar}\`?` }),
  });
}

/** Windows itself writes shares as `\\*\ADMIN$`: that star is meant. */
function warnOfStar(
  type: EntryField["field"]["type"],
  texts: readonly string[],
  placeOf: (index: number) => ValuePath,
  { report }: EntryContext,
): void {
  if (!isTextual(type)) return;
  for (const [index, text] of texts.entries()) {
    if (!text.includes("*") || text.startsWith("\\\\*\\")) continue;
    report(placeOf(index), "exception/literal-wildcard", "the entry takes `*` literally", {
      severity: "warning",
      hint: "an entry of type `wildcard` (matches) has patterns",
    });
  }
}
