import { childOf, type Fields, setField } from "../fields.ts";
import { readTime } from "../time.ts";
import type { Shape } from "./shape.ts";
import { cleanData, levelOf, opcodeOf, outcomeOf, scalarNumber, scalarText } from "./values.ts";

/** Winlogbeat 6: what is `winlog.*` since version 7 stands at the top level under other names. */
export const winlogbeat6: Shape = {
  name: "Winlogbeat 6",
  keys: ["log_name"],
  recognise: (raw) => {
    const isOne =
      typeof raw.log_name === "string" && raw.event_id !== undefined && raw.winlog === undefined;
    return isOne ? "certain" : undefined;
  },
  read: (raw) => {
    const outcome = outcomeOf(raw.keywords);
    const level = levelOf(raw.level);
    const task = scalarText(raw.task);
    const message = scalarText(raw.message);
    const user = childOf(raw, "user") ?? {};
    const userData = childOf(raw, "user_data");
    const winlog: Fields = {};
    setField(winlog, "provider_guid", scalarText(raw.provider_guid));
    setField(winlog, "record_id", scalarText(raw.record_number));
    setField(winlog, "version", scalarNumber(raw.version));
    setField(winlog, "opcode", opcodeOf(raw.opcode));
    setField(winlog, "keywords", Array.isArray(raw.keywords) ? raw.keywords : undefined);
    setField(winlog, "activity_id", scalarText(raw.activity_id));
    setField(winlog, "related_activity_id", scalarText(raw.related_activity_id));
    setField(winlog, "process.pid", scalarNumber(raw.process_id));
    setField(winlog, "process.thread.id", scalarNumber(raw.thread_id));
    for (const key of ["identifier", "name", "domain", "type"]) {
      setField(winlog, `user.${key}`, scalarText(user[key]));
    }
    if (userData !== undefined) winlog.user_data = cleanData(userData);
    return {
      channel: scalarText(raw.log_name) ?? "",
      provider: scalarText(raw.source_name) ?? "",
      eventId: scalarText(raw.event_id) ?? "",
      computer: scalarText(raw.computer_name),
      data: cleanData(childOf(raw, "event_data") ?? {}),
      time: readTime(raw["@timestamp"]),
      isLocalTime: false,
      winlog,
      winlogbeat: scalarText(childOf(raw, "beat")?.version) ?? "6",
      ...(level !== undefined && { level }),
      ...(outcome !== undefined && { outcome }),
      ...(task !== undefined && { task }),
      ...(message !== undefined && { message }),
    };
  },
};
