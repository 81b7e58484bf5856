import type { EpochNanos } from "@harrier/lang/values";

const nanosPerMilli = 1_000_000n;
/** The last moment that a date can show; an event may well claim it. */
const lastMoment: EpochNanos = 8_640_000_000_000_000n * nanosPerMilli;

/**
 * When the rule's run that finds an event of this time starts: the first multiple of its interval
 * since the epoch at or after the event. It is the creation time of the alert, so that the same
 * input makes the same alerts. A hunt has one window over everything for now: look-back, overrides
 * of the timestamp and caps for each run are not replayed.
 */
export function tickAfter(time: EpochNanos, intervalMs: number): EpochNanos {
  const interval = BigInt(Math.max(1, Math.round(intervalMs))) * nanosPerMilli;
  const past = ((time % interval) + interval) % interval;
  const tick = past === 0n ? time : time - past + interval;
  return tick > lastMoment ? time : tick;
}
