import type { FieldPath } from "@harrier/lang/values";
import type { Rule } from "../rules/index.ts";

/** How a rule suppresses (detection-semantics 1.2 and 5). */
export interface SuppressionSettings {
  /** Empty for threshold rules: they suppress by what they group by. */
  readonly groupBy: readonly FieldPath[];
  /** How long an alert stands for those of later runs. Absent: each run makes its own. */
  readonly durationNanos?: bigint;
  /** What lacks a field stands for itself (`doNotSuppress`). Otherwise a missing field is a value of its own. */
  readonly keepsIncomplete: boolean;
}

const unitsNanos = { s: 1_000_000_000n, m: 60_000_000_000n, h: 3_600_000_000_000n } as const;

/** Undefined where a rule does not suppress, or gives nothing to suppress by. */
export function suppressionOf({ type, parameters }: Rule): SuppressionSettings | undefined {
  const { alert_suppression: given } = parameters;
  if (!isObject(given)) return undefined;
  const names: readonly unknown[] = Array.isArray(given.group_by) ? given.group_by : [];
  const groupBy = names.filter((name) => typeof name === "string");
  const durationNanos = durationOf(given.duration);
  const isUseful = type === "threshold" ? durationNanos !== undefined : groupBy.length > 0;
  if (!isUseful) return undefined;
  return {
    groupBy,
    ...(durationNanos === undefined ? {} : { durationNanos }),
    keepsIncomplete: given.missing_fields_strategy === "doNotSuppress",
  };
}

function durationOf(given: unknown): bigint | undefined {
  if (!isObject(given)) return undefined;
  const { value, unit } = given;
  if (typeof value !== "number" || !Number.isSafeInteger(value) || value < 1) return undefined;
  return unit === "s" || unit === "m" || unit === "h"
    ? BigInt(value) * unitsNanos[unit]
    : undefined;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
