import { isDate } from "node:util/types";
import { isObject } from "../classify.ts";

/** A value as JSON knows it: times as texts, numbers that are none as null. */
export function plainOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plainOf);
  if (isDate(value)) return value.toISOString();
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, plainOf(member)]));
}
