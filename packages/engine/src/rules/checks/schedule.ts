import { parseDateConstant } from "@harrier/lang/values";
import type { Rule } from "../rule.ts";
import { finding, type RuleCheck } from "./check.ts";

const nanosPerMilli = 1_000_000n;

/**
 * Runs whose windows leave time between them, and those that only just meet: an event that is stored late is then in
 * no window, unless the rule goes by the time of storing (detection-semantics 2.1 and 2.8).
 */
export const checkSchedule: RuleCheck = (rule) => {
  const windowMs = windowMsOf(rule);
  if (windowMs === undefined) return [];
  const { intervalMs, timestampOverride } = rule;
  if (windowMs < intervalMs) {
    const gap = durationText(intervalMs - windowMs);
    const message = `each run leaves ${gap} that no run reads: it starts every ${durationText(intervalMs)} and reads ${durationText(windowMs)}`;
    const hint = `let \`from\` go back further than the interval`;
    return [finding(rule, ["from"], "warning", "rule/skipped-window", message, hint)];
  }
  if (windowMs === intervalMs && timestampOverride === undefined) {
    const message = "windows of the runs only just meet: an event that is stored late is in none";
    const hint = `let \`from\` go back further, or set \`timestamp_override\` to the time of storing`;
    return [finding(rule, ["from"], "note", "rule/no-overlap", message, hint)];
  }
  return [];
};

/** What a run reads, where it is always the same: not with months, years, rounding or dates. */
export function windowMsOf({ from, to }: Pick<Rule, "from" | "to">): number | undefined {
  const start = shiftOf(from);
  const end = shiftOf(to);
  if (start === undefined || end === undefined) return undefined;
  return Number((end - start) / nanosPerMilli);
}

function shiftOf(text: string): bigint | undefined {
  if (!/^now(?:[+-]\d*[wdhHms])*$/.test(text)) return undefined;
  return parseDateConstant(text, 0n)?.earliest;
}

/** `90000` as `90s`: the longest unit that shows it whole. */
export function durationText(ms: number): string {
  const units = [
    ["d", 86_400_000],
    ["h", 3_600_000],
    ["m", 60_000],
    ["s", 1000],
  ] as const;
  const [letter, size] = units.find(([, each]) => ms % each === 0) ?? ["ms", 1];
  return `${ms / size}${letter}`;
}
