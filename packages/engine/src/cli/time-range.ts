import { type EpochNanos, parseDateConstant } from "@harrier/lang/values";
import { UsageError } from "./exit.ts";

export interface TimeOptions {
  readonly from?: string;
  readonly to?: string;
  readonly now?: string;
}

export interface TimeRange {
  readonly now: EpochNanos;
  readonly from?: EpochNanos;
  readonly to?: EpochNanos;
}

/** `--from` at its earliest, `--to` at its latest: `--to 2026-03-04` includes the whole day. */
export function timeRange({ from, to, now }: TimeOptions, clockMs: number): TimeRange {
  const clock = BigInt(clockMs) * 1_000_000n;
  const fixed = now === undefined ? clock : parseTime("--now", now, clock).earliest;
  const first = from === undefined ? undefined : parseTime("--from", from, fixed).earliest;
  const last = to === undefined ? undefined : parseTime("--to", to, fixed).latest;
  if (first !== undefined && last !== undefined && first > last) {
    throw new UsageError(`--from ${from} is after --to ${to}`);
  }
  return {
    now: fixed,
    ...(first !== undefined && { from: first }),
    ...(last !== undefined && { to: last }),
  };
}

function parseTime(option: string, text: string, now: EpochNanos) {
  const parsed = parseDateConstant(text, now);
  if (parsed !== undefined) return parsed;
  throw new UsageError(
    `${option} ${text} is no time`,
    "write 2026-03-04, 2026-03-04T09:15:00Z or date math: now-48h, now-7d/d",
  );
}
