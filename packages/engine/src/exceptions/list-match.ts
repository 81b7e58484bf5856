import type { Misfit, Predicate } from "@harrier/lang/ir";
import { blocksOfRange, type EpochNanos } from "@harrier/lang/values";
import type { ValuePath } from "../rules/index.ts";
import type { EntryContext } from "./compile-entry.ts";
import type { ListEntry, ValueList, ValueListType } from "./exception.ts";
import type { EntryField } from "./field.ts";
import { type FieldValues, matchValues } from "./field-value.ts";
import { quote } from "./finding.ts";

/**
 * Some value of the field is in the list (detection-semantics 6.5). The field's type says how values are
 * compared: `10.0.0.0/8` in a list holds addresses only for a field of addresses. `undefined`, with an error,
 * where there is no such list, or nothing in it for this field: an entry that is `excluded` would hold always.
 */
export function matchList(
  { list: { id, type } }: ListEntry,
  entryField: EntryField,
  path: ValuePath,
  context: EntryContext,
): Predicate | undefined {
  const { report, told } = context;
  const place = [...path, "list"];
  const list = context.valueLists.get(id);
  if (list === undefined) {
    const message = `there is no value list ${quote(id)}`;
    const hint = `name its file: --value-list '${id}=FILE'`;
    report(place, "exception/missing-value-list", message, { hint });
    return undefined;
  }
  const asType = list.type ?? type ?? "keyword";
  const field = fieldFor(entryField, asType);
  const { name, fold } = field;
  const key = [id, asType, name, field.field.type, fold].join("\n");
  const values = context.listed.get(key) ?? matchListed(list, asType, field, context.now);
  context.listed.set(key, values);

  const { misfits } = values;
  const isUseless = misfits.length === list.values.length;
  if (misfits.length > 0 && (isUseless || !told.has(key))) {
    told.add(key);
    const others = misfits.length > 1 ? `, and ${misfits.length - 1} more like it` : "";
    const message = `${quote(name)} and the list ${quote(id)}: ${misfits[0]?.message}${others}`;
    report(place, "exception/bad-list-value", message, {
      severity: isUseless ? "error" : "warning",
    });
  } else if (isUseless) {
    report(place, "exception/bad-list-value", `the list ${quote(id)} is empty`);
  }
  return isUseless ? undefined : values.predicate;
}

/** A list of addresses says what a field holds that no schema names; texts are compared in any case. */
function fieldFor(entryField: EntryField, type: ValueListType): EntryField {
  const { field } = entryField;
  const isOfAddresses = type === "ip" || type === "ip_range";
  return {
    ...entryField,
    field: field.type === "unknown" && isOfAddresses ? { ...field, type: "ip" } : field,
    fold: entryField.fold || type === "text",
  };
}

function matchListed(
  { values }: ValueList,
  type: ValueListType,
  entryField: EntryField,
  now: EpochNanos,
): FieldValues {
  if (type !== "ip_range" || entryField.field.type !== "ip") {
    return matchValues(entryField, values, now);
  }
  const misfits: Misfit[] = [];
  const texts = values.flatMap((value, index) => {
    const [first = "", last] = value.split("-").map((part) => part.trim());
    const blocks = last === undefined ? [value] : blocksOfRange(first, last);
    const [misfit] = matchValues(entryField, blocks ?? [value], now).misfits;
    if (misfit !== undefined) misfits.push({ ...misfit, index });
    return misfit === undefined ? (blocks ?? []) : [];
  });
  return { predicate: matchValues(entryField, texts, now).predicate, misfits };
}
