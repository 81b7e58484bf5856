import type { ValuePath } from "../rules/index.ts";
import type { EntryContext } from "./compile-entry.ts";
import type { EntryField } from "./field.ts";
import { quote } from "./finding.ts";

/** Whether the field is in no nested object but that of its entry; reports where it is. */
export function isReachable(
  { name }: EntryField,
  path: ValuePath,
  { report, schema, within }: EntryContext,
): boolean {
  const root = schema.nestedRootOf(name);
  if (root === undefined || root === name || root === within) return true;
  const message = `${quote(name)} is inside of the nested object ${quote(root)}`;
  const hint = `write an entry of type \`nested\` for \`${root}\``;
  report([...path, "field"], "exception/unusable-field", message, { hint });
  return false;
}

/** Whether an entry can compare values of the field; reports where none can. */
export function isComparable(
  { field: { type }, name }: EntryField,
  path: ValuePath,
  { report }: EntryContext,
): boolean {
  if (type !== "object" && type !== "nested" && type !== "unsupported") return true;
  const message =
    type === "unsupported"
      ? `${quote(name)} is of a type that no entry can compare`
      : `${quote(name)} is an object, which has no value of its own`;
  report([...path, "field"], "exception/unusable-field", message);
  return false;
}

/** Once for each field. */
export function warnOfUnknown(
  { isKnown, name }: EntryField,
  path: ValuePath,
  { schema, told, report }: EntryContext,
): void {
  if (isKnown || told.has(name)) return;
  told.add(name);
  const [similar] = schema.similarTo(name);
  report([...path, "field"], "exception/unknown-field", `there is no field ${quote(name)}`, {
    severity: "warning",
    ...(similar === undefined ? {} : { hint: `did you mean \`${similar}\`?` }),
  });
}

/** Windows itself writes shares as `\\*\ADMIN$`: that star is meant. */
export function warnOfStar(
  { field: { type } }: EntryField,
  texts: readonly string[],
  placeOf: (index: number) => ValuePath,
  { report }: EntryContext,
): void {
  if (type !== "keyword" && type !== "version" && type !== "unknown") return;
  for (const [index, text] of texts.entries()) {
    if (!text.includes("*") || text.startsWith("\\\\*\\")) continue;
    report(placeOf(index), "exception/literal-wildcard", "the entry takes `*` literally", {
      severity: "warning",
      hint: "an entry of type `wildcard` (matches) has patterns",
    });
  }
}
