import type { Field, Predicate } from "@harrier/lang/ir";
import { type EpochNanos, type FieldPath, parseDateConstant } from "@harrier/lang/values";
import type { Rule } from "../rules/index.ts";

/** When a rule's runs start and which events they see: what decides whether an item had expired. */
export interface RunClock {
  readonly intervalMs: number;
  /** Date math: the end of a run's window. */
  readonly to: string;
  /** Fields that tell an event's time, the first that has one. */
  readonly timeFields: readonly FieldPath[];
  /** Events without any time count as happening now. */
  readonly hasFallback: boolean;
}

export function runClockOf(rule: Rule): RunClock {
  const { intervalMs, to, timestampOverride, timestampOverrideFallbackDisabled } = rule;
  const hasFallback = timestampOverride === undefined || !timestampOverrideFallbackDisabled;
  const timeFields = [
    ...(timestampOverride === undefined ? [] : [timestampOverride]),
    ...(hasFallback ? ["@timestamp"] : []),
  ];
  return { intervalMs, to, timeFields, hasFallback };
}

/** Before and after every moment that a date can show. */
const beforeAll: EpochNanos = -8_640_000_000_000_000n * 1_000_000n;

/**
 * Whether the first run that sees an event started before the item expired, as a condition on the event: the
 * runs start at the multiples of the interval, so there is a last one, and its window has an end. Samples of
 * the same log give the same alerts, whenever they are hunted.
 */
export function isInForce(expireTime: EpochNanos, clock: RunClock, now: EpochNanos): Predicate {
  const interval = BigInt(Math.max(1, Math.round(clock.intervalMs))) * 1_000_000n;
  const lastRun = floorTo(expireTime, interval);
  const end = parseDateConstant(clock.to, lastRun)?.earliest ?? lastRun;
  const nextRun = floorTo(now + interval - 1n, interval);
  const withoutTime: Predicate = {
    kind: "constant",
    value: clock.hasFallback && nextRun <= expireTime,
  };
  return clock.timeFields.reduceRight<Predicate>((otherwise, path) => {
    const field: Field = { path, type: "date_nanos" };
    const isSeen: Predicate = { kind: "range", field, below: { value: end, inclusive: true } };
    const isDated: Predicate = {
      kind: "range",
      field,
      above: { value: beforeAll, inclusive: true },
    };
    return {
      kind: "any",
      of: [isSeen, { kind: "all", of: [{ kind: "not", of: isDated }, otherwise] }],
    };
  }, withoutTime);
}

function floorTo(time: EpochNanos, step: bigint): EpochNanos {
  const rest = time % step;
  return time - (rest < 0n ? rest + step : rest);
}
