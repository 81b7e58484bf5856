import {
  childOf,
  copyFields,
  getField,
  isFields,
  type ReadonlyFields,
  setField,
} from "../fields.ts";
import { readTime } from "../time.ts";
import { guessProvider } from "../windows/provider.ts";
import type { Shape } from "./shape.ts";
import { cleanData, levelOf, outcomeOf, scalarText } from "./values.ts";

/**
 * Documents of Winlogbeat 7 and later and of Elastic Agent that have not been through an ingest
 * pipeline: the envelope is there, the ECS fields are not. A pipeline sets `event.category` on every
 * event that it knows; those that it does not know would come out the same again.
 */
export const winlog: Shape = {
  name: "Winlogbeat or Agent before its pipeline",
  keys: ["winlog"],
  fields: { has: ["winlog.event_id", "winlog.channel"], lacks: ["event.category"] },
  recognise: (raw) => {
    const envelope = childOf(raw, "winlog");
    const category = getField(raw, "event.category") ?? raw["event.category"];
    if (envelope === undefined || category !== undefined) return undefined;
    const isWhole = envelope.event_id !== undefined && envelope.channel !== undefined;
    return isWhole ? "certain" : undefined;
  },
  read: (raw) => {
    const document = copyFields(raw);
    const envelope = childOf(raw, "winlog") ?? {};
    const outcome = outcomeOf(envelope.keywords);
    const level = levelOf(envelope.level);
    const channel = scalarText(envelope.channel) ?? "";
    const eventId = scalarText(envelope.event_id) ?? "";
    const agent = childOf(raw, "agent") ?? {};
    const isWinlogbeat = agent.type === "winlogbeat";
    if (isFields(document.winlog)) {
      delete document.winlog.event_data;
      setField(document.winlog, "record_id", scalarText(envelope.record_id));
    }
    return {
      channel,
      provider: scalarText(envelope.provider_name) ?? guessProvider(channel, eventId),
      eventId,
      computer: scalarText(envelope.computer_name),
      data: cleanData(childOf(envelope, "event_data") ?? {}),
      time: timeOf(raw, envelope),
      isLocalTime: false,
      winlog: isFields(document.winlog) ? document.winlog : {},
      document,
      ...(isWinlogbeat && { winlogbeat: scalarText(agent.version) ?? "unknown" }),
      ...(level !== undefined && { level }),
      ...(getField(raw, "event.outcome") === undefined && outcome !== undefined && { outcome }),
    };
  },
};

/** Agent sends the time of reading as `@timestamp`, and the event's own beside it. */
function timeOf(raw: ReadonlyFields, envelope: ReadonlyFields) {
  return readTime(envelope.time_created) ?? readTime(raw["@timestamp"]);
}
