import type { EventSource } from "../event.ts";
import { childOf, type ReadonlyFields } from "./fields.ts";
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

const isMarked: EventSource = { name: "ECS", confidence: "certain" };
const looksLike: EventSource = { name: "ECS", confidence: "likely" };
const unknown: EventSource = { name: "unknown", confidence: "possible" };

/** Documents of Elastic's own collectors, by `agent.type`. */
const collectors: ReadonlyMap<unknown, EventSource> = new Map(
  [
    ["endpoint", "Elastic Defend"],
    ["winlogbeat", "Winlogbeat"],
    ["filebeat", "Elastic Agent or Filebeat"],
    ["auditbeat", "Auditbeat"],
    ["packetbeat", "Packetbeat"],
  ].map(([type, name = ""]) => [type, { name, confidence: "certain" }]),
);

/** What a document is that no source knows as its own: ECS, by whom if it says so, or nothing we know. */
export function nameEcs(document: ReadonlyFields): EventSource {
  const type = childOf(document, "agent")?.type ?? document["agent.type"];
  const collector = type === undefined ? undefined : collectors.get(type);
  if (collector !== undefined) return collector;
  const ecs = childOf(document, "ecs")?.version ?? document["ecs.version"];
  if (ecs !== undefined) return isMarked;
  const hasTime = document["@timestamp"] !== undefined;
  const hasEvent = childOf(document, "event") !== undefined || "event.category" in document;
  return hasTime && hasEvent ? looksLike : unknown;
}
