import type { ReadonlyFields } from "./fields.ts";
import { formatTime, readTime, type ZoneOffset } from "./time.ts";

/** Where other tools write the time of an event, the likelier first. */
const timeKeys = [
  "_time",
  "timestamp",
  "Timestamp",
  "time",
  "eventTime",
  "TimeGenerated",
  "TimeCreated",
];

/**
 * A document that we take for ECS: the same object where it has `@timestamp`. Without it a copy with
 * the time that it has under another name, in UTC. A time without a zone is in `zone`, else it counts
 * as UTC and `isLocalTime` says so.
 */
export function withTimestamp(
  document: ReadonlyFields,
  zone: ZoneOffset | undefined,
): { readonly document: ReadonlyFields; readonly isLocalTime: boolean } {
  if (document["@timestamp"] !== undefined) return { document, isLocalTime: false };
  for (const key of timeKeys) {
    const time = Object.hasOwn(document, key) ? readTime(document[key]) : undefined;
    if (time === undefined) continue;
    const offset = time.zone === "none" ? (zone?.(time.epochMs) ?? 0) : 0;
    const text = formatTime(time.epochMs - offset, time.finer);
    return {
      document: { ...document, "@timestamp": text },
      isLocalTime: time.zone === "none" && zone === undefined,
    };
  }
  return { document, isLocalTime: false };
}
