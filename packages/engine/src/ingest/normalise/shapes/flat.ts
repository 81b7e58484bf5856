import { type Fields, setField } from "../fields.ts";
import { readTime } from "../time.ts";
import { guessProvider } from "../windows/provider.ts";
import { isSysmonName } from "../windows/record.ts";
import { fillFromMessage } from "./message.ts";
import type { Shape } from "./shape.ts";
import {
  cleanData,
  keywordsOf,
  levelOf,
  opcodeOf,
  outcomeOf,
  scalarNumber,
  scalarText,
} from "./values.ts";

const systemKeys: ReadonlySet<string> = new Set([
  "@timestamp",
  "@version",
  "ActivityID",
  "Channel",
  "Computer",
  "EventID",
  "Hostname",
  "Keywords",
  "Level",
  "Message",
  "Opcode",
  "ProviderGuid",
  "ProviderName",
  "RecordNumber",
  "Source",
  "SourceName",
  "Task",
  "ThreadID",
  "TimeCreated",
  "UserID",
  "host",
  "port",
  "tags",
  "type",
]);

/** Windows events that some other exporter flattened: `Channel`, `EventID`, EventData at the top level. Times are local, also where they end in Z. */
export const flat: Shape = {
  name: "flattened Windows events",
  keys: ["EventID"],
  recognise: (raw) =>
    scalarText(raw.EventID) !== undefined && raw.Channel !== undefined ? "likely" : undefined,
  read: (raw) => {
    const channel = scalarText(raw.Channel) ?? "";
    const eventId = scalarText(raw.EventID) ?? "";
    const provider =
      scalarText(raw.SourceName ?? raw.ProviderName ?? raw.Source) ??
      guessProvider(channel, eventId);
    const message = scalarText(raw.Message)?.replaceAll("\r\n", "\n");
    const outcome = outcomeOf(raw.Keywords);
    const level = levelOf(raw.Level);
    const time = readTime(raw.TimeCreated) ?? readTime(raw["@timestamp"]);
    const taskId = scalarNumber(raw.Task);
    const winlog: Fields = {};
    setField(winlog, "provider_guid", scalarText(raw.ProviderGuid));
    setField(winlog, "record_id", scalarText(raw.RecordNumber));
    setField(winlog, "opcode", opcodeOf(raw.Opcode));
    setField(winlog, "keywords", keywordsOf(outcome));
    setField(winlog, "activity_id", scalarText(raw.ActivityID));
    setField(winlog, "process.thread.id", scalarNumber(raw.ThreadID));
    setField(winlog, "user.identifier", scalarText(raw.UserID));
    const data = cleanData(raw, (key) => !systemKeys.has(key));
    return {
      channel,
      provider,
      eventId,
      computer: scalarText(raw.Hostname ?? raw.Computer),
      data: fillFromMessage(data, eventId, isSysmonName(provider), message),
      time,
      isLocalTime: time !== undefined && time.zone !== "offset",
      winlog,
      ...(level !== undefined && { level }),
      ...(outcome !== undefined && { outcome }),
      ...(taskId !== undefined && { taskId }),
      ...(message !== undefined && { message }),
    };
  },
};
