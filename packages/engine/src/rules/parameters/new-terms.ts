import { parseDateConstant } from "@harrier/lang/values";
import { isDateMath } from "../durations.ts";
import type { FieldReader } from "../fields.ts";
import type { NewTerms } from "../rule.ts";

const mostFields = 3;

/** `new_terms_fields` and `history_window_start` (detection-semantics 1.2). `undefined`, with a finding, where one is wrong. */
export function readNewTerms(fields: FieldReader, from: string): NewTerms | undefined {
  fields.require("new_terms_fields");
  const names = fields.texts("new_terms_fields");
  if (names.length > mostFields) {
    fields.reject("new_terms_fields", `\`new_terms_fields\` has more than ${mostFields} fields`);
  } else if (names.length === 0 && Array.isArray(fields.members.new_terms_fields)) {
    fields.reject("new_terms_fields", "`new_terms_fields` has no field");
  }
  const historyWindowStart = fields.text("history_window_start", "required");
  if (historyWindowStart === undefined) return undefined;
  if (!isDateMath(historyWindowStart)) {
    fields.reject("history_window_start", "`history_window_start` is no date math");
  } else if (!isEarlier(historyWindowStart, from)) {
    const message = `\`history_window_start\` is not earlier than \`from\`, \`${from}\``;
    fields.reject("history_window_start", message, "without a history every value is new");
  }
  return { fields: names, historyWindowStart };
}

/** Any day will do: what is told apart are distances from it. A fixed date has none. */
const someDay = 1_767_225_600_000_000_000n;

function isEarlier(start: string, from: string): boolean {
  if (!start.startsWith("now") || !from.startsWith("now")) return true;
  const historyStart = parseDateConstant(start, someDay);
  const windowStart = parseDateConstant(from, someDay);
  if (historyStart === undefined || windowStart === undefined) return true;
  return historyStart.earliest < windowStart.earliest;
}
