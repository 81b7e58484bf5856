import type { FieldReader } from "../fields.ts";
import type { RuleSuppression, RuleType } from "../rule.ts";

const mostFields = 3;
const unitsMs = { s: 1000, m: 60_000, h: 3_600_000 } as const;
/** Longer than any log; keeps sums of times exact. */
const longestDuration = 1_000_000;

/** `alert_suppression` (detection-semantics 1.2). `undefined` where it is absent or, with a finding, wrong. */
export function readAlertSuppression(
  fields: FieldReader,
  type: RuleType,
): RuleSuppression | undefined {
  const suppression = fields.object("alert_suppression");
  if (suppression === undefined) return undefined;
  const isThreshold = type === "threshold";
  const groupBy = isThreshold ? [] : readGroupBy(suppression);
  if (isThreshold) suppression.require("duration");
  const durationMs = readDuration(suppression);
  const strategy = suppression.word("missing_fields_strategy", ["suppress", "doNotSuppress"]);
  return {
    groupBy,
    ...(durationMs === undefined ? {} : { durationMs }),
    missingFieldsStrategy: strategy ?? "suppress",
  };
}

function readGroupBy(suppression: FieldReader): readonly string[] {
  suppression.require("group_by");
  const names = suppression.texts("group_by");
  const { group_by: given } = suppression.members;
  if (names.length > mostFields || (Array.isArray(given) && given.length === 0)) {
    const message = `\`alert_suppression.group_by\` has ${names.length} fields, expected 1 to ${mostFields}`;
    suppression.reject("group_by", message);
  }
  return names;
}

function readDuration(suppression: FieldReader): number | undefined {
  const duration = suppression.object("duration");
  if (duration === undefined) return undefined;
  duration.require("value");
  duration.require("unit");
  const value = duration.whole("value", { least: 1, most: longestDuration });
  const unit = duration.word("unit", ["s", "m", "h"]);
  return value === undefined || unit === undefined ? undefined : value * unitsMs[unit];
}
