import { childOf, type Fields, isFields, type ReadonlyFields, setField } from "../fields.ts";
import { readTime } from "../time.ts";
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

/** The JSON of `evtx_dump`: the event's XML, attributes under `#attributes` or `<name>_attributes`, text under `#text`. */
export const evtxDump: Shape = {
  name: "evtx_dump",
  keys: ["Event"],
  recognise: (raw) =>
    childOf(childOf(raw, "Event") ?? {}, "System") === undefined ? undefined : "certain",
  read: (raw) => {
    const event = childOf(raw, "Event") ?? {};
    const system = childOf(event, "System") ?? {};
    const provider = attributesOf(system, "Provider");
    const outcome = outcomeOf(textOf(system.Keywords));
    const level = levelOf(textOf(system.Level));
    const taskId = scalarNumber(textOf(system.Task));
    const winlog: Fields = {};
    setField(winlog, "provider_guid", inBraces(scalarText(provider.Guid)));
    setField(winlog, "record_id", textOf(system.EventRecordID));
    setField(winlog, "version", scalarNumber(textOf(system.Version)));
    setField(winlog, "opcode", opcodeOf(textOf(system.Opcode)));
    setField(winlog, "keywords", keywordsOf(outcome));
    const correlation = attributesOf(system, "Correlation");
    setField(winlog, "activity_id", scalarText(correlation.ActivityID));
    setField(winlog, "related_activity_id", scalarText(correlation.RelatedActivityID));
    const execution = attributesOf(system, "Execution");
    setField(winlog, "process.pid", scalarNumber(execution.ProcessID));
    setField(winlog, "process.thread.id", scalarNumber(execution.ThreadID));
    setField(winlog, "user.identifier", scalarText(attributesOf(system, "Security").UserID));
    const userData = readUserData(childOf(event, "UserData"));
    if (userData !== undefined) winlog.user_data = userData;
    return {
      channel: textOf(system.Channel) ?? "",
      provider: scalarText(provider.Name) ?? "",
      eventId: textOf(system.EventID) ?? "",
      computer: textOf(system.Computer),
      data: readEventData(childOf(event, "EventData")),
      time: readTime(attributesOf(system, "TimeCreated").SystemTime),
      isLocalTime: false,
      winlog,
      ...(level !== undefined && { level }),
      ...(outcome !== undefined && { outcome }),
      ...(taskId !== undefined && { taskId }),
    };
  },
};

function attributesOf(parent: ReadonlyFields, name: string): ReadonlyFields {
  const inside = childOf(childOf(parent, name) ?? {}, "#attributes");
  return inside ?? childOf(parent, `${name}_attributes`) ?? {};
}

/** The text of an element, which is an object where the element has attributes. */
function textOf(element: unknown): string | undefined {
  return scalarText(isFields(element) ? element["#text"] : element);
}

/** Named values stand under their names; unnamed ones are a list, and get the names `param1`, `param2` and so on. */
function readEventData(element: ReadonlyFields | undefined): Fields {
  if (element === undefined) return {};
  const data = cleanData(element, (key) => key !== "#attributes" && key !== "Data");
  for (const key of Object.keys(data)) {
    if (/guid$/i.test(key)) data[key] = inBraces(data[key]);
  }
  const unnamed = isFields(element.Data) ? element.Data["#text"] : element.Data;
  const values = Array.isArray(unnamed) ? unnamed : unnamed === undefined ? [] : [unnamed];
  for (const [index, value] of values.entries()) {
    const text = textOf(value)?.replaceAll("\r\n", "\n");
    if (text !== undefined) data[`param${index + 1}`] = text;
  }
  return data;
}

/** Windows renders GUIDs in braces, `evtx_dump` does not; without them ids would not meet those of other files. */
export function inBraces(value: unknown): unknown {
  return typeof value === "string" && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value)
    ? `{${value}}`
    : value;
}

/** `UserData` holds one element; its name becomes `xml_name`. */
export function readUserData(element: ReadonlyFields | undefined): Fields | undefined {
  const [name, content] =
    Object.entries(element ?? {}).find(([key]) => !key.includes("attributes")) ?? [];
  if (name === undefined || !isFields(content)) return undefined;
  const data = cleanData(content, (key) => key !== "#attributes" && !key.startsWith("@"));
  data.xml_name = name;
  return data;
}
