import { isObject } from "../classify.ts";
import { plainOf } from "../write/plain.ts";

/** A value as JSON with its keys in order: equal values have equal texts. Empty for what is not there. */
export function valueText(value: unknown): string {
  return value === undefined ? "" : JSON.stringify(sortKeys(plainOf(value)));
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sortKeys(value[key])]),
  );
}
