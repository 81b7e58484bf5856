import type { Misfit, Predicate } from "@harrier/lang/ir";
import type { Literal } from "@harrier/lang/values";
import type { ValuePath } from "../../rules/index.ts";
import type { FilterContext } from "./context.ts";
import { rejectValue } from "./shape.ts";

/** A text, a number, true or false of JSON as conditions have it; `undefined`, with a finding, for anything else. */
export function readConstant(
  value: unknown,
  path: ValuePath,
  context: FilterContext,
): Exclude<Literal, null> | undefined {
  if (typeof value === "number") return Number.isSafeInteger(value) ? BigInt(value) : value;
  if (typeof value === "string" || typeof value === "boolean" || typeof value === "bigint") {
    return value;
  }
  return rejectValue(path, value, "a text, a number, true or false", context);
}

/** A condition, or a finding about the constant that the field can't take. */
export function reportMisfit(
  outcome: Predicate | Misfit,
  path: ValuePath,
  { report }: FilterContext,
): Predicate | undefined {
  if (outcome.kind !== "misfit") return outcome;
  const { message, hint } = outcome;
  report(path, "filter/bad-value", message, hint === undefined ? {} : { hint });
  return undefined;
}
