import { type Fields, type ReadonlyFields, setField } from "../fields.ts";
import { readTime } from "../time.ts";
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

/** What NXLog writes itself. Everything else at the top level is EventData (ecs-mapping 7). */
const systemKeys: ReadonlySet<string> = new Set([
  "@timestamp",
  "@version",
  "ActivityID",
  "Category",
  "Channel",
  "EventID",
  "EventReceivedTime",
  "EventTime",
  "EventTypeOrignal",
  "ExecutionProcessID",
  "Hostname",
  "Keywords",
  "Message",
  "Opcode",
  "OpcodeValue",
  "ProviderGuid",
  "RecordNumber",
  "RelatedActivityID",
  "Severity",
  "SeverityValue",
  "SourceModuleName",
  "SourceModuleType",
  "SourceName",
  "Task",
  "ThreadID",
  "UserID",
  "Version",
  "host",
  "port",
  "tags",
  "type",
]);

/** The account that wrote the event, where NXLog names it by UserID; without UserID these are names of EventData (7045, 4778). */
const writerKeys: ReadonlySet<string> = new Set(["AccountName", "AccountType", "Domain"]);

/** NXLog's own event types. Sysmon's (SetValue, CreateKey) may stand under the same key. */
const nxlogTypes: ReadonlySet<unknown> = new Set([
  "AUDIT_FAILURE",
  "AUDIT_SUCCESS",
  "CRITICAL",
  "DEBUG",
  "ERROR",
  "INFO",
  "VERBOSE",
  "WARNING",
]);

const quarterHourMs = 15 * 60_000;

/**
 * Windows events as NXLog's im_msvistalog flattens them: System and EventData side by side. Three
 * generations differ in what became of the event's own process id: `ProcessId` is there; it is only
 * in the message, and `ProcessID` is the writer's; or it is gone.
 */
export const nxlog: Shape = {
  name: "NXLog",
  keys: ["SourceModuleType", "EventReceivedTime"],
  recognise: (raw) => {
    if (raw.EventID === undefined) return undefined;
    if (raw.SourceModuleType === "im_msvistalog") return "certain";
    return raw.EventReceivedTime === undefined ? undefined : "likely";
  },
  read: (raw) => {
    const provider = scalarText(raw.SourceName) ?? "";
    const message = scalarText(raw.Message)?.replaceAll("\r\n", "\n");
    const outcome = outcomeOf(raw.Keywords);
    const task = scalarText(raw.Category);
    const level = levelOf(raw.Severity);
    const eventTime = readTime(raw.EventTime);
    const localOffsetMs = offsetOf(raw);
    const eventId = scalarText(raw.EventID) ?? "";
    return {
      channel: scalarText(raw.Channel) ?? "",
      provider,
      eventId,
      computer: scalarText(raw.Hostname),
      data: fillFromMessage(readData(raw), eventId, isSysmonName(provider), message),
      time: eventTime ?? readTime(raw["@timestamp"]),
      isLocalTime: eventTime?.zone === "none",
      winlog: readWinlog(raw, outcome),
      ...(localOffsetMs !== undefined && { localOffsetMs }),
      ...(level !== undefined && { level }),
      ...(outcome !== undefined && { outcome }),
      ...(task !== undefined && { task }),
      ...(message !== undefined && { message }),
    };
  },
};

function readData(raw: ReadonlyFields): Fields {
  const hasWriter = raw.UserID !== undefined;
  const hasExecution = raw.ExecutionProcessID !== undefined;
  return cleanData(raw, (key) => {
    if (systemKeys.has(key) || (hasWriter && writerKeys.has(key))) return false;
    if (key === "ProcessID") return hasExecution;
    return key !== "EventType" || !nxlogTypes.has(raw.EventType);
  });
}

function readWinlog(raw: ReadonlyFields, outcome: "success" | "failure" | undefined): Fields {
  const winlog: Fields = {};
  setField(winlog, "provider_guid", scalarText(raw.ProviderGuid));
  setField(winlog, "record_id", scalarText(raw.RecordNumber));
  setField(winlog, "version", scalarNumber(raw.Version));
  setField(winlog, "opcode", opcodeOf(raw.Opcode ?? raw.OpcodeValue));
  setField(winlog, "keywords", keywordsOf(outcome));
  setField(winlog, "activity_id", scalarText(raw.ActivityID));
  setField(winlog, "related_activity_id", scalarText(raw.RelatedActivityID));
  setField(winlog, "process.pid", scalarNumber(raw.ExecutionProcessID ?? raw.ProcessID));
  setField(winlog, "process.thread.id", scalarNumber(raw.ThreadID));
  if (raw.UserID !== undefined) {
    setField(winlog, "user.identifier", scalarText(raw.UserID));
    setField(winlog, "user.name", scalarText(raw.AccountName));
    setField(winlog, "user.domain", scalarText(raw.Domain));
    setField(winlog, "user.type", scalarText(raw.AccountType));
  }
  return winlog;
}

/** Logstash notes the time of receipt in UTC beside NXLog's in local time: what lies between is the zone. */
function offsetOf(raw: ReadonlyFields): number | undefined {
  const local = readTime(raw.EventReceivedTime);
  const utc = readTime(raw["@timestamp"]);
  if (local === undefined || utc === undefined || local.zone !== "none") return undefined;
  return Math.round((local.epochMs - utc.epochMs) / quarterHourMs) * quarterHourMs;
}
