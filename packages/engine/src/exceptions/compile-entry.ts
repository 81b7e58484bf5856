import type { Schema } from "@harrier/lang/ecs";
import { allOf, complement, existsOnField, type Predicate } from "@harrier/lang/ir";
import type { EpochNanos, FieldPath } from "@harrier/lang/values";
import type { ValuePath } from "../rules/index.ts";
import { isComparable, isReachable, warnOfStar, warnOfUnknown } from "./check-field.ts";
import type { ExceptionEntry, ListEntry, NestedEntry, PlainEntry, ValueList } from "./exception.ts";
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
  /** The nested object around the entry. */
  readonly within?: FieldPath;
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
  if (entry.type === "nested") return compileNested(entry, path, context);
  const field = resolveField(entry.field, context.schema, context.within);
  warnOfUnknown(field, path, context);
  const included = compileIncluded(entry, field, path, context);
  if (included === undefined) return undefined;
  return entry.operator === "excluded" ? complement(included) : included;
}

/** One object satisfies all entries by itself; `excluded` is asked of that object. */
function compileNested(
  { field, entries }: NestedEntry,
  path: ValuePath,
  context: EntryContext,
): Predicate | undefined {
  const parts = entries.map((entry, index) =>
    compileEntry(entry, [...path, "entries", index], { ...context, within: field }),
  );
  const sound = parts.filter((part) => part !== undefined);
  if (sound.length < parts.length) return undefined;
  return { kind: "nested", path: field, of: allOf(sound) };
}

function compileIncluded(
  entry: PlainEntry | ListEntry,
  field: EntryField,
  path: ValuePath,
  context: EntryContext,
): Predicate | undefined {
  if (!isReachable(field, path, context)) return undefined;
  if (entry.type === "exists") return existsOnField(field.field);
  if (!isComparable(field, path, context)) return undefined;
  switch (entry.type) {
    case "match":
      return compileMatch(field, [entry.value], () => [...path, "value"], context);
    case "match_any":
      return compileMatch(field, entry.values, (index) => [...path, "value", index], context);
    case "wildcard":
      return compileWildcard(field, entry.value, [...path, "value"], context);
    case "list":
      return matchList(entry, field, path, context);
    default:
      return entry satisfies never;
  }
}

function compileMatch(
  entryField: EntryField,
  texts: readonly string[],
  placeOf: (index: number) => ValuePath,
  context: EntryContext,
): Predicate | undefined {
  warnOfStar(entryField, texts, placeOf, context);
  const { predicate, misfits } = matchValues(entryField, texts, context.now);
  for (const { index, message, hint } of misfits) {
    const told = `${quote(entryField.name)}: ${message}`;
    const more = hint === undefined ? {} : { hint };
    context.report(placeOf(index), "exception/bad-value", told, more);
  }
  return misfits.length === 0 ? predicate : undefined;
}

function compileWildcard(
  entryField: EntryField,
  pattern: string,
  place: ValuePath,
  { report }: EntryContext,
): Predicate | undefined {
  const lost = findLostBackslash(pattern);
  if (lost !== undefined) {
    report(place, "exception/lost-backslash", `in a wildcard value ${lost}`, {
      severity: "warning",
      hint: "write every backslash of a path twice: `C:\\\\Users\\\\*\\\\a.exe`",
    });
  }
  const predicate = matchPattern(entryField, pattern);
  if (predicate.kind !== "misfit") return predicate;
  report(place, "exception/bad-value", `${quote(entryField.name)}: ${predicate.message}`);
  return undefined;
}
