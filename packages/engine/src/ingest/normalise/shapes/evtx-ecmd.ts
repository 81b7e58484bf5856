import {
  childOf,
  type Fields,
  isFields,
  putKey,
  type ReadonlyFields,
  setField,
} from "../fields.ts";
import { readTime } from "../time.ts";
import { inBraces, readUserData } from "./evtx-dump.ts";
import type { Shape } from "./shape.ts";
import { cleanData, cleanValue, keywordsOf, levelOf, scalarNumber, scalarText } from "./values.ts";

/**
 * Rows of EvtxECmd, CSV and JSON: parts of System as columns, and the rest of the event as JSON in
 * `Payload`. Times are in UTC, also where they name no zone. The columns that its maps fill
 * (`PayloadData1`, `UserName`, `RemoteHost`) repeat values of the payload.
 */
export const evtxEcmd: Shape = {
  name: "EvtxECmd",
  keys: ["Payload"],
  recognise: (raw) => {
    const isOne =
      raw.EventId !== undefined &&
      raw.Channel !== undefined &&
      (raw.EventRecordId ?? raw.RecordNumber) !== undefined;
    return isOne ? "certain" : undefined;
  },
  read: (raw) => {
    const payload = readPayload(raw.Payload);
    const outcome = outcomeOfNames(scalarText(raw.Keywords));
    const level = levelOf(raw.Level === "LogAlways" ? "0" : raw.Level);
    const winlog: Fields = {};
    setField(winlog, "record_id", scalarText(raw.EventRecordId));
    setField(winlog, "keywords", keywordsOf(outcome));
    setField(winlog, "process.pid", scalarNumber(raw.ProcessId));
    setField(winlog, "process.thread.id", scalarNumber(raw.ThreadId));
    setField(winlog, "user.identifier", scalarText(raw.UserId));
    setField(winlog, "user_data", readUserData(childOf(payload, "UserData")));
    return {
      channel: scalarText(raw.Channel) ?? "",
      provider: scalarText(raw.Provider) ?? "",
      eventId: scalarText(raw.EventId) ?? "",
      computer: scalarText(raw.Computer),
      data: readEventData(childOf(payload, "EventData") ?? {}),
      time: readTime(raw.TimeCreated),
      isLocalTime: false,
      winlog,
      ...(level !== undefined && { level }),
      ...(outcome !== undefined && { outcome }),
    };
  },
};

function readPayload(written: unknown): ReadonlyFields {
  if (isFields(written)) return written;
  try {
    const value: unknown = JSON.parse(typeof written === "string" ? written : "");
    return isFields(value) ? value : {};
  } catch {
    return {};
  }
}

/** `Data` is a list, or one alone; named ones are `{"@Name": …, "#text": …}`. */
function readEventData(element: ReadonlyFields): Fields {
  const data = cleanData(element, (key) => !key.startsWith("@") && key !== "Data");
  const items: readonly unknown[] = Array.isArray(element.Data) ? element.Data : [element.Data];
  for (const [index, item] of items.entries()) {
    const name = isFields(item) ? scalarText(item["@Name"]) : undefined;
    const value = cleanValue(isFields(item) ? item["#text"] : item);
    const key = name ?? `param${index + 1}`;
    if (value === undefined || Object.hasOwn(data, key)) continue;
    putKey(data, key, /guid$/i.test(key) ? inBraces(value) : value);
  }
  return data;
}

function outcomeOfNames(keywords: string | undefined): "success" | "failure" | undefined {
  const names = keywords?.toLowerCase() ?? "";
  if (names.includes("audit failure")) return "failure";
  return names.includes("audit success") ? "success" : undefined;
}
