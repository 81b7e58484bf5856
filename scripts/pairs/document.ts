/** Documents taken apart into leaves, and leaves compared as rules would see them. */
import { canonicalJson } from "../../packages/engine/src/ingest/identity.ts";
import { readTime } from "../../packages/engine/src/ingest/normalise/time.ts";

export type Json = Readonly<Record<string, unknown>>;

export function isJson(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The values of a document that are no objects, by their paths. Lists are values; empty ones and null are none. */
export function leavesOf(document: Json): ReadonlyMap<string, unknown> {
  const leaves = new Map<string, unknown>();
  const visit = (fields: Json, prefix: string) => {
    for (const [key, value] of Object.entries(fields)) {
      const path = prefix + key;
      if (isJson(value)) visit(value, `${path}.`);
      else if (value !== null && !(Array.isArray(value) && value.length === 0)) {
        leaves.set(path, value);
      }
    }
  };
  visit(document, "");
  return leaves;
}

/** One value or a list, in any order: rules ask whether any of them fits. Times are equal to the millisecond. */
export function isSameValue(a: unknown, b: unknown): boolean {
  return comparable(a) === comparable(b);
}

function comparable(value: unknown): string {
  const values = Array.isArray(value) ? value : [value];
  return canonicalJson(values.map(comparableOne).sort());
}

function comparableOne(value: unknown): string {
  const time = readTime(value);
  return time === undefined ? canonicalJson(withoutNulls(value)) : `time ${time.epochMs}`;
}

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (!isJson(value)) return value;
  const members = Object.entries(value).filter(([, member]) => member !== null);
  return Object.fromEntries(members.map(([key, member]) => [key, withoutNulls(member)]));
}
