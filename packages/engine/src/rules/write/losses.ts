import { isDate } from "node:util/types";
import { isObject, type RawObject } from "../classify.ts";
import type { LoadedRule } from "../load-file.ts";
import type { ValuePath } from "../parsed-file.ts";
import type { Rule, RuleOrigin } from "../rule.ts";
import { envelopeOf, keepsEnvelope } from "./envelope.ts";
import { isWellFormed } from "./toml-text.ts";

/** Why a part of a rule is not written as it was read. */
export const lossReasons = {
  table: "left out: only TOML and YAML have a place for it",
  transform: "filled into the guide: only TOML and YAML have a place for the table itself",
  null: "left out: TOML has no null",
  surrogate: "half a character (a surrogate) is written as U+FFFD: TOML can't hold it",
  time: "written as a text: only TOML has times",
  number: "written as null: only TOML has nan and inf",
} as const;

/** A part of a rule that is not written as it was read. */
export interface WritingLoss {
  readonly rule: Rule;
  /** Where the part is, among the rule's parameters; in its file for the tables beside the rule. */
  readonly path: ValuePath;
  readonly reason: keyof typeof lossReasons;
}

/** What a rule loses in a form. */
export function findLosses(loaded: LoadedRule, format: RuleOrigin["format"]): WritingLoss[] {
  const { rule, document } = loaded;
  const losses: WritingLoss[] = [];
  const report = (path: ValuePath, reason: WritingLoss["reason"]) =>
    losses.push({ rule, path, reason });
  const envelope = envelopeOf(document);
  if (envelope === undefined || keepsEnvelope(format)) {
    findLostValues(envelope ?? rule.parameters, format, [], report);
    return losses;
  }
  for (const key of Object.keys(envelope)) {
    if (key === "transform") report([key], "transform");
    else if (key !== "rule") report([key], "table");
  }
  findLostValues(rule.parameters, format, [], report);
  return losses;
}

function findLostValues(
  value: unknown,
  format: RuleOrigin["format"],
  path: ValuePath,
  report: (path: ValuePath, reason: WritingLoss["reason"]) => void,
): void {
  if (format === "toml") {
    if (value === null) report(path, "null");
    if (typeof value === "string" && !isWellFormed(value)) report(path, "surrogate");
  } else {
    if (isDate(value)) report(path, "time");
    if (typeof value === "number" && !Number.isFinite(value)) report(path, "number");
  }
  if (isDate(value)) return;
  for (const [key, member] of membersOf(value)) {
    if (typeof key === "string" && format === "toml" && !isWellFormed(key)) {
      report([...path, key], "surrogate");
    }
    findLostValues(member, format, [...path, key], report);
  }
}

function membersOf(value: unknown): Iterable<readonly [string | number, unknown]> {
  if (Array.isArray(value)) return value.entries();
  return isObject(value) ? Object.entries(value satisfies RawObject) : [];
}
