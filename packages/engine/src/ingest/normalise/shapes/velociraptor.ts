import { childOf, type Fields, type ReadonlyFields, setField } from "../fields.ts";
import { readTime, type WrittenTime } from "../time.ts";
import { inBraces, readUserData } from "./evtx-dump.ts";
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

/** Rows of Velociraptor's `parse_evtx` and `watch_evtx`: the event's XML, attributes as members, times in seconds since 1970. */
export const velociraptor: Shape = {
  name: "Velociraptor",
  keys: ["System"],
  recognise: (raw) => {
    const system = childOf(raw, "System") ?? {};
    const isOne = childOf(system, "Provider") !== undefined && system.EventID !== undefined;
    return isOne ? "certain" : undefined;
  },
  read: (raw) => {
    const system = childOf(raw, "System") ?? {};
    const provider = childOf(system, "Provider") ?? {};
    const outcome = outcomeOf(system.Keywords);
    const level = levelOf(system.Level);
    const taskId = scalarNumber(system.Task);
    const message = scalarText(raw.Message)?.replaceAll("\r\n", "\n");
    return {
      channel: scalarText(system.Channel) ?? "",
      provider: scalarText(provider.Name) ?? "",
      eventId: scalarText(childOf(system, "EventID")?.Value ?? system.EventID) ?? "",
      computer: scalarText(system.Computer),
      data: readData(childOf(raw, "EventData") ?? {}),
      time: timeOf(childOf(system, "TimeCreated")?.SystemTime),
      isLocalTime: false,
      winlog: readWinlog(raw, system, outcome),
      ...(level !== undefined && { level }),
      ...(outcome !== undefined && { outcome }),
      ...(taskId !== undefined && { taskId }),
      ...(message !== undefined && { message }),
    };
  },
};

function readWinlog(
  raw: ReadonlyFields,
  system: ReadonlyFields,
  outcome: "success" | "failure" | undefined,
): Fields {
  const child = (name: string) => childOf(system, name) ?? {};
  const winlog: Fields = {};
  setField(winlog, "provider_guid", inBraces(scalarText(child("Provider").Guid)));
  setField(winlog, "record_id", scalarText(system.EventRecordID));
  setField(winlog, "version", scalarNumber(system.Version));
  setField(winlog, "opcode", opcodeOf(system.Opcode));
  setField(winlog, "keywords", keywordsOf(outcome));
  setField(winlog, "activity_id", inBraces(scalarText(child("Correlation").ActivityID)));
  setField(winlog, "process.pid", scalarNumber(child("Execution").ProcessID));
  setField(winlog, "process.thread.id", scalarNumber(child("Execution").ThreadID));
  setField(winlog, "user.identifier", scalarText(child("Security").UserID));
  setField(winlog, "user_data", readUserData(childOf(raw, "UserData")));
  return winlog;
}

/** Windows renders the ids of logons in hex, and rules compare them with the text; numbers are what is left of them here. */
function readData(written: ReadonlyFields): Fields {
  const data = cleanData(written);
  for (const key of Object.keys(data)) {
    const value = written[key];
    if (key.endsWith("LogonId") && typeof value === "number" && Number.isSafeInteger(value)) {
      data[key] = `0x${value.toString(16)}`;
    } else if (/guid$/i.test(key)) data[key] = inBraces(data[key]);
  }
  return data;
}

/** Seconds since 1970, or text. */
function timeOf(written: unknown): WrittenTime | undefined {
  if (typeof written !== "number") return readTime(written);
  const epochMs = Math.round(written * 1000);
  return Math.abs(epochMs) <= 8.64e15 ? { epochMs, finer: "", zone: "utc" } : undefined;
}
