import { formatInstant } from "@harrier/lang/values";
import type { CompiledItem, ExceptionEntry } from "../../../exceptions/index.ts";
import type { PageException } from "./page.ts";

/** An exception in words. */
export function describeException({ item }: CompiledItem): PageException {
  const { name, itemId, entries, osTypes, expireTime } = item;
  return {
    name: name === "" ? itemId : name,
    conditions: entries.map(entryText),
    limits: [
      ...(osTypes.length === 0 ? [] : [`on ${osTypes.join(", ")}`]),
      ...(expireTime === undefined ? [] : [`until ${formatInstant(expireTime)}`]),
    ],
  };
}

function entryText(entry: ExceptionEntry): string {
  if (entry.type === "nested") {
    return `${entry.field} has an object with ${entry.entries.map(entryText).join(" and ")}`;
  }
  const { field, operator } = entry;
  const isIncluded = operator === "included";
  switch (entry.type) {
    case "match":
      return `${field} ${isIncluded ? "is" : "is not"} ${entry.value}`;
    case "match_any":
      return `${field} ${isIncluded ? "is one of" : "is none of"} ${entry.values.join(", ")}`;
    case "wildcard":
      return `${field} ${isIncluded ? "matches" : "does not match"} ${entry.value}`;
    case "exists":
      return `${field} ${isIncluded ? "exists" : "does not exist"}`;
    case "list":
      return `${field} ${isIncluded ? "is" : "is not"} in the list ${entry.list.id}`;
    default:
      return entry satisfies never;
  }
}
