import type { EventDocument } from "@harrier/lang/match";
import type { EpochNanos, FieldPath } from "@harrier/lang/values";
import { timeOf } from "../alerts/index.ts";
import type { Rule } from "../rules/index.ts";

/** Fields that tell an event's time: the first of them that has one. */
export type Clock = readonly FieldPath[];

/**
 * The clock by which a rule's runs see events (detection-semantics 2.3): an event that has the
 * override field is judged by that alone. Which run sees an event is all that the override decides.
 */
export function seenClock(rule: Rule): Clock {
  const { timestampOverride } = rule;
  if (timestampOverride === undefined) return ["@timestamp"];
  return hasFallback(rule) ? [timestampOverride, "@timestamp"] : [timestampOverride];
}

/** The field that orders the events of a rule's sequences. */
export function orderField({ timestampField = "@timestamp" }: Rule): FieldPath {
  return timestampField;
}

export function orderClock(rule: Rule): Clock {
  return [orderField(rule)];
}

/** Whether an event without any time counts as happening now. Without a fallback no run ever sees it. */
export function hasFallback(rule: Rule): boolean {
  return rule.timestampOverride === undefined || !rule.timestampOverrideFallbackDisabled;
}

export function readClock(clock: Clock, document: EventDocument): EpochNanos | undefined {
  for (const field of clock) {
    const time = timeOf(document, field);
    if (time !== undefined) return time;
  }
  return undefined;
}

/** The same text for the same clock. */
export function clockName(clock: Clock): string {
  return clock.join(" ");
}
