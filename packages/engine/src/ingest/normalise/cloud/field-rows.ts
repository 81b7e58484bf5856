import { isIP } from "node:net";
import { addToField, type Fields, setField } from "../fields.ts";
import { formatTime, readTime } from "../time.ts";
import { at, cleanTree } from "./tree.ts";

/**
 * How a value changes on its way; `undefined`, and the value stays away, where it cannot. Without one it is
 * copied without its empty parts.
 */
export type Conversion = "text" | "lower" | "number" | "boolean" | "ip" | "date" | "list";

/**
 * A line of a mapping table: where a value stands in the raw event (of several places the first that holds
 * one), where it goes, and how it changes. `related.*` collects; other fields are set, the last row counts.
 */
export type FieldRow = readonly [
  from: string | readonly string[],
  to: string | readonly string[],
  as?: Conversion,
];

/** Fills a document by a table. */
export function applyRows(document: Fields, raw: unknown, rows: readonly FieldRow[]): void {
  for (const [from, to, as] of rows) {
    const value = typeof from === "string" ? valueAt(raw, from, as) : firstAt(raw, from, as);
    if (value === undefined) continue;
    if (typeof to === "string") put(document, to, value);
    else for (const path of to) put(document, path, value);
  }
}

function firstAt(raw: unknown, paths: readonly string[], as: Conversion | undefined): unknown {
  for (const path of paths) {
    const value = valueAt(raw, path, as);
    if (value !== undefined) return value;
  }
  return undefined;
}

function valueAt(raw: unknown, path: string, as: Conversion | undefined): unknown {
  const value = at(raw, path);
  return value === undefined ? undefined : convert(value, as);
}

function put(document: Fields, path: string, value: unknown): void {
  if (!path.startsWith("related.")) setField(document, path, value);
  else for (const one of Array.isArray(value) ? value : [value]) relate(document, path, one);
}

/** Collects a value under `related.*`. */
export function relate(document: Fields, path: string, value: unknown): void {
  if (typeof value === "string") addToField(document, path, value);
}

export function convert(value: unknown, as: Conversion | undefined): unknown {
  switch (as) {
    case undefined:
      return cleanTree(value);
    case "text":
      return scalar(value);
    case "lower":
      return scalar(value)?.toLowerCase();
    case "number": {
      const text = scalar(value)?.trim();
      const number = text === undefined || text === "" ? Number.NaN : Number(text);
      return Number.isFinite(number) ? number : undefined;
    }
    case "boolean": {
      const text = scalar(value)?.toLowerCase();
      return text === "true" ? true : text === "false" ? false : undefined;
    }
    case "ip": {
      const text = scalar(value);
      return text !== undefined && isIP(text) > 0 ? text : undefined;
    }
    case "date":
      return dateOf(value);
    case "list": {
      const cleaned = cleanTree(value);
      return cleaned === undefined || Array.isArray(cleaned) ? cleaned : [cleaned];
    }
    default:
      return as satisfies never;
  }
}

function scalar(value: unknown): string | undefined {
  if (typeof value === "string") return value === "" ? undefined : value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;
}

/** ISO 8601 in UTC; a time without a zone counts as UTC, as cloud services mean it. */
function dateOf(value: unknown): string | undefined {
  const time = readTime(value);
  return time === undefined ? undefined : formatTime(time.epochMs, time.finer);
}
