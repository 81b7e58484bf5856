import { isDate } from "node:util/types";
import type { RawObject } from "../rules/index.ts";
import { isObject } from "./shape.ts";

/**
 * An item of our own exceptions file in the API's shape. What may be left out there is filled in: `operator` is
 * `included`, the type follows from the value, a list is named by its id alone. What is wrong stays wrong.
 */
export function toApiItem({ comment, entries, ...item }: RawObject): RawObject {
  return {
    ...item,
    ...(item.expire_time === undefined ? {} : { expire_time: timeText(item.expire_time) }),
    ...(comment === undefined ? {} : { comments: commentsOf(comment) }),
    entries: Array.isArray(entries) ? entries.map(toApiEntry) : entries,
  };
}

function toApiEntry(entry: unknown): unknown {
  if (!isObject(entry)) return entry;
  if (entry.type === "nested" || Array.isArray(entry.entries)) {
    const { entries } = entry;
    return {
      ...entry,
      type: entry.type ?? "nested",
      entries: Array.isArray(entries) ? entries.map(toApiEntry) : entries,
    };
  }
  const { type = impliedType(entry), list } = entry;
  return {
    ...entry,
    ...(type === undefined ? {} : { type }),
    operator: entry.operator ?? "included",
    ...(typeof list === "string" ? { list: { id: list } } : {}),
  };
}

function impliedType({ value, list }: RawObject): string | undefined {
  if (list !== undefined) return "list";
  if (value === undefined) return undefined;
  return Array.isArray(value) ? "match_any" : "match";
}

/** TOML has times of its own; the API writes them as text. */
function timeText(value: unknown): unknown {
  return isDate(value) ? value.toISOString() : value;
}

function commentsOf(comment: unknown): readonly unknown[] {
  const comments: readonly unknown[] = Array.isArray(comment) ? comment : [comment];
  return comments.map((text) => (typeof text === "string" ? { comment: text } : text));
}
