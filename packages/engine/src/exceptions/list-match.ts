import type { Predicate } from "@harrier/lang/ir";
import type { ValuePath } from "../rules/index.ts";
import type { EntryContext } from "./compile-entry.ts";
import type { ListEntry, ValueList } from "./exception.ts";
import type { EntryField } from "./field.ts";
import { expectedBy, matchValues } from "./field-value.ts";
import { quote } from "./finding.ts";

/**
 * Some value of the field is in the list (detection-semantics 6.5). The field's type says how values are
 * compared: `10.0.0.0/8` in a list holds addresses only for a field of addresses. `undefined`, with an error,
 * where there is no such list.
 */
export function matchList(
  { list: { id, type: wanted } }: ListEntry,
  { field, fold }: EntryField,
  path: ValuePath,
  { valueLists, now, told, report }: EntryContext,
): Predicate | undefined {
  const list = valueLists.get(id);
  if (list === undefined) {
    report(
      [...path, "list"],
      "exception/missing-value-list",
      `there is no value list ${quote(id)}`,
      {
        hint: `name its file: --value-list '${id}=FILE'`,
      },
    );
    return undefined;
  }
  const type = list.type ?? wanted ?? "keyword";
  const isAddresses = type === "ip" || type === "ip_range";
  const usedAs =
    field.type === "unknown" && isAddresses ? { ...field, type: "ip" as const } : field;
  const { predicate, misfits } = matchValues(usedAs, list.values, {
    fold: fold || type === "text",
    now,
  });
  const key = `${usedAs.type} ${id}`;
  if (misfits.length > 0 && !told.has(key)) {
    told.add(key);
    reportMisfits(list, misfits, usedAs.type);
  }
  return predicate;

  function reportMisfits(
    of: ValueList,
    places: readonly number[],
    fieldType: typeof field.type,
  ): void {
    const shown = quote(of.values[places[0] ?? 0] ?? "");
    const others = places.length > 1 ? `, and ${places.length - 1} more like it` : "";
    const message = `${quote(field.path)} never holds ${shown} of the list ${quote(id)}${others}`;
    report([...path, "list"], "exception/bad-list-value", message, {
      severity: "warning",
      hint: `expected ${expectedBy(fieldType)}`,
    });
  }
}
