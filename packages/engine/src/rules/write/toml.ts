import { isDate } from "node:util/types";
import { isObject, type RawObject } from "../classify.ts";
import { formatTomlKey, formatTomlString, formatTomlText } from "./toml-text.ts";

/** Lists longer than this have an item a line. */
const widestList = 100;

/**
 * Writes a TOML file: plain values first, then tables, in the order of the keys; texts of several lines as such. TOML has
 * no null: members and items that are null are left out.
 */
export function writeToml(file: RawObject): string {
  return blocksOf([], file).join("\n");
}

/** One member of a table: `key = value`, or the tables that it is made of, with their headers. */
export function writeTomlMember(path: readonly string[], value: unknown): string {
  const member = withoutNulls(value);
  if (isTables(member)) return tablesOf(path, member).join("\n");
  return member === undefined ? "" : lineOf(path[path.length - 1] ?? "", member);
}

/** Whether a value is written as tables with headers of their own. */
export function isTables(value: unknown): value is RawObject | readonly RawObject[] {
  if (Array.isArray(value)) return value.length > 0 && value.every(isTable);
  return isTable(value) && Object.keys(value).length > 0;
}

function isTable(value: unknown): value is RawObject {
  return isObject(value) && !isDate(value);
}

/** The lines of a table's own, without header, and a block for each table below. */
function blocksOf(path: readonly string[], table: RawObject): readonly string[] {
  const members = Object.entries(table)
    .map(([key, value]) => [key, withoutNulls(value)] as const)
    .filter(([, value]) => value !== undefined);
  const own = members.filter(([, value]) => !isTables(value));
  const lines = own.map(([key, value]) => lineOf(key, value)).join("");
  return [
    ...(lines === "" ? [] : [lines]),
    ...members.flatMap(([key, value]) => (isTables(value) ? tablesOf([...path, key], value) : [])),
  ];
}

function tablesOf(
  path: readonly string[],
  value: RawObject | readonly RawObject[],
): readonly string[] {
  const name = path.map(formatTomlKey).join(".");
  if (isList(value)) {
    return value.flatMap((table) => addHeader(`[[${name}]]\n`, blocksOf(path, table), true));
  }
  const hasOwn = Object.values(value).some((member) => !isTables(member));
  return addHeader(`[${name}]\n`, blocksOf(path, value), hasOwn);
}

function addHeader(header: string, blocks: readonly string[], hasOwn: boolean): readonly string[] {
  const [first = "", ...others] = blocks;
  if (first.startsWith("[")) return hasOwn ? [header, ...blocks] : blocks;
  return [header + first, ...others];
}

/** Lists of readonly items are no arrays to `Array.isArray`. */
function isList(value: RawObject | readonly RawObject[]): value is readonly RawObject[] {
  return Array.isArray(value);
}

function lineOf(key: string, value: unknown): string {
  const text = typeof value === "string" ? formatTomlText(value) : formatTomlValue(value);
  const isLong = Array.isArray(value) && text.length > widestList;
  return `${formatTomlKey(key)} = ${isLong ? formatLongList(value) : text}\n`;
}

function formatLongList(items: readonly unknown[]): string {
  return `[\n${items.map((item) => `    ${formatTomlValue(item)},\n`).join("")}]`;
}

/** A value on one line; what is null in it is left out by whoever calls. */
export function formatTomlValue(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(formatTomlValue).join(", ")}]`;
  if (isTable(value)) {
    const members = Object.entries(value).map(
      ([key, member]) => `${formatTomlKey(key)} = ${formatTomlValue(member)}`,
    );
    return members.length === 0 ? "{}" : `{ ${members.join(", ")} }`;
  }
  switch (typeof value) {
    case "string":
      return formatTomlString(value);
    case "number":
      return formatNumber(value);
    case "bigint":
    case "boolean":
      return value.toString();
    default:
      return isDate(value) ? value.toISOString() : formatTomlString(String(value));
  }
}

function formatNumber(value: number): string {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  if (Object.is(value, -0)) return "-0.0";
  // Whole numbers beyond 2^53 are floats to readers that keep all digits of an integer.
  const isFloat = Number.isInteger(value) && !Number.isSafeInteger(value);
  return isFloat ? value.toFixed(1) : value.toString();
}

/** `undefined` for null itself. */
function withoutNulls(value: unknown): unknown {
  if (value === null || value === undefined) return undefined;
  if (Array.isArray(value)) return value.map(withoutNulls).filter((item) => item !== undefined);
  if (!isTable(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, member]) => [key, withoutNulls(member)] as const)
      .filter(([, member]) => member !== undefined),
  );
}
