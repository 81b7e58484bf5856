import { childOf, type Fields, putKey, type ReadonlyFields, setField } from "../fields.ts";
import { readTime } from "../time.ts";
import type { Shape } from "./shape.ts";
import {
  cleanData,
  cleanValue,
  keywordsOf,
  levelOf,
  opcodeOf,
  outcomeOf,
  scalarNumber,
  scalarText,
} from "./values.ts";

/** What the readers of EVTX and of event XML give: `WindowsEvent`. */
export const windowsXml: Shape = {
  name: "Windows event",
  keys: ["System"],
  recognise: (raw) => {
    const system = childOf(raw, "System");
    const isOne = system?.EventID !== undefined && typeof system.Provider === "string";
    return isOne ? "certain" : undefined;
  },
  read: (raw) => {
    const system = childOf(raw, "System") ?? {};
    const rendered = childOf(raw, "RenderingInfo") ?? {};
    const outcome = outcomeOf(system.Keywords);
    const level = levelOf(rendered.Level ?? system.Level);
    const task = scalarText(rendered.Task);
    const taskId = scalarNumber(system.Task);
    const message = scalarText(rendered.Message)?.replaceAll("\r\n", "\n");
    return {
      channel: scalarText(system.Channel) ?? "",
      provider: scalarText(system.Provider) ?? "",
      eventId: scalarText(system.EventID) ?? "",
      computer: scalarText(system.Computer),
      data: readEventData(raw.EventData),
      time: readTime(system.TimeCreated),
      isLocalTime: false,
      winlog: readWinlog(system, rendered, childOf(raw, "UserData"), outcome),
      ...(level !== undefined && { level }),
      ...(outcome !== undefined && { outcome }),
      ...(task !== undefined && { task }),
      ...(taskId !== undefined && { taskId }),
      ...(message !== undefined && { message }),
    };
  },
};

function readWinlog(
  system: ReadonlyFields,
  rendered: ReadonlyFields,
  userData: ReadonlyFields | undefined,
  outcome: "success" | "failure" | undefined,
): Fields {
  const winlog: Fields = {};
  setField(winlog, "provider_guid", scalarText(system.ProviderGuid));
  setField(winlog, "record_id", scalarText(system.EventRecordID));
  setField(winlog, "version", scalarNumber(system.Version));
  setField(winlog, "opcode", scalarText(rendered.Opcode) ?? opcodeOf(system.Opcode));
  const keywords = Array.isArray(rendered.Keywords) ? [...rendered.Keywords] : undefined;
  setField(winlog, "keywords", keywords ?? keywordsOf(outcome));
  setField(winlog, "activity_id", scalarText(system.ActivityID));
  setField(winlog, "related_activity_id", scalarText(system.RelatedActivityID));
  setField(winlog, "process.pid", scalarNumber(system.ProcessID));
  setField(winlog, "process.thread.id", scalarNumber(system.ThreadID));
  setField(winlog, "user.identifier", scalarText(system.UserID));
  if (userData !== undefined) {
    const data = cleanData(childOf(userData, "data") ?? {});
    if (Object.keys(data).length > 0) {
      setField(data, "xml_name", scalarText(userData.name));
      winlog.user_data = data;
    }
  }
  return winlog;
}

/**
 * EventData by name: the first of a name counts, and one without a name is `param` and its place, blanks counted
 * (ecs-mapping 1.1). As the collectors do, line breaks at the end of a value are left out.
 */
export function readEventData(items: unknown): Fields {
  const data: Fields = {};
  if (!Array.isArray(items)) return data;
  for (const [index, item] of items.entries()) {
    if (!Array.isArray(item)) continue;
    const [name, value] = item;
    const key = typeof name === "string" && name !== "" ? name : `param${index + 1}`;
    if (Object.hasOwn(data, key)) continue;
    const text = cleanValue(typeof value === "string" ? withoutLastBreaks(value) : value);
    if (text !== undefined) putKey(data, key, text);
  }
  return data;
}

function withoutLastBreaks(text: string): string {
  let end = text.length;
  while (text[end - 1] === "\n") end -= text[end - 2] === "\r" ? 2 : 1;
  return text.slice(0, end);
}
