import { parseEventData } from "../../formats/windows-event-xml.ts";
import { childOf, type Fields, type ReadonlyFields, setField } from "../fields.ts";
import { readTime } from "../time.ts";
import type { Shape } from "./shape.ts";
import { cleanData, keywordsOf, levelOf, outcomeOf, scalarText } from "./values.ts";
import { readEventData } from "./windows-xml.ts";

const tables: ReadonlySet<unknown> = new Set(["Event", "SecurityEvent", "WindowsEvent"]);

/** Columns of the three tables that are no EventData. */
const systemKeys: ReadonlySet<string> = new Set([
  "Activity",
  "AzureDeploymentID",
  "Channel",
  "Computer",
  "EventData",
  "EventData_dynamic",
  "EventID",
  "EventLevel",
  "EventLevelName",
  "EventLog",
  "EventOriginId",
  "EventSourceName",
  "InstanceId",
  "Keywords",
  "Level",
  "MG",
  "ManagementGroupName",
  "Message",
  "Opcode",
  "ParameterXml",
  "Provider",
  "RawEventData",
  "RenderedDescription",
  "Source",
  "SourceComputerId",
  "SourceSystem",
  "SystemTimeGenerated",
  "Task",
  "TenantId",
  "TimeCollected",
  "TimeGenerated",
  "Type",
  "_ResourceId",
]);

/** Azure Log Analytics (Sentinel): EventData is JSON text, XML, or columns of the table. */
export const logAnalytics: Shape = {
  name: "Azure Log Analytics",
  keys: ["TimeGenerated"],
  recognise: (raw) => {
    if (raw.EventID === undefined) return undefined;
    if (tables.has(raw.Type)) return "certain";
    return raw.Computer === undefined ? undefined : "likely";
  },
  read: (raw) => {
    const outcome = outcomeOf(raw.Keywords);
    const level = levelOf(raw.EventLevelName ?? raw.EventLevel ?? raw.Level);
    const message = scalarText(raw.RenderedDescription);
    const winlog: Fields = {};
    setField(winlog, "keywords", keywordsOf(outcome));
    return {
      channel: scalarText(raw.Channel ?? raw.EventLog) ?? "",
      provider: scalarText(raw.Provider ?? raw.EventSourceName ?? raw.Source) ?? "",
      eventId: scalarText(raw.EventID) ?? "",
      computer: scalarText(raw.Computer),
      data: readData(raw),
      time: readTime(raw.TimeGenerated),
      isLocalTime: false,
      winlog,
      ...(level !== undefined && { level }),
      ...(outcome !== undefined && { outcome }),
      ...(message !== undefined && { message }),
    };
  },
};

function readData(raw: ReadonlyFields): Fields {
  const columns = cleanData(raw, (key) => !systemKeys.has(key));
  const written = raw.EventData;
  const named =
    typeof written !== "string"
      ? childOf(raw, "EventData")
      : written.trimStart().startsWith("<")
        ? readEventData(parseEventData(written))
        : readJson(written);
  return { ...columns, ...cleanData(named ?? {}) };
}

function readJson(text: string): ReadonlyFields | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return childOf({ value }, "value");
  } catch {
    return undefined;
  }
}
