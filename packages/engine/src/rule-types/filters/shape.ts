import type { RawObject, ValuePath } from "../../rules/index.ts";
import type { FilterContext } from "./context.ts";

export function isObject(value: unknown): value is RawObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A value that is not what it should be, in words. */
function kindOf(value: unknown): string {
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "string") return "a text";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}

const longestShown = 60;

/** A text in backquotes, cut where it is long. */
export function quote(text: string): string {
  return `\`${text.length > longestShown ? `${text.slice(0, longestShown)}…` : text}\``;
}

export function rejectValue(
  path: ValuePath,
  value: unknown,
  expected: string,
  { report }: FilterContext,
): undefined {
  const name = path.findLast((key) => typeof key === "string") ?? "";
  report(path, "filter/bad-value", `${quote(name)} is ${kindOf(value)}, expected ${expected}`);
  return undefined;
}
