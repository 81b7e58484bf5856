import { parseWindowsEvent } from "../../formats/windows-event-xml.ts";
import { childOf, copyFields, type ReadonlyFields } from "../fields.ts";
import type { Shape } from "./shape.ts";
import { scalarText } from "./values.ts";
import { windowsXml } from "./windows-xml.ts";

/**
 * The XML of an event as `_raw` of a Splunk export, with or without its `result`, and as the message of a row of
 * Log Analytics' syslog. A `message` may hold one, too,
 * but so many ECS documents have that key that all of them would have to be asked.
 */
export const eventText: Shape = {
  name: "Windows event XML as text",
  keys: ["_raw", "result", "SyslogMessage"],
  recognise: (raw) => (textOf(raw) === undefined ? undefined : "likely"),
  read: (raw) => {
    const text = textOf(raw) ?? "";
    const event = parseWindowsEvent(text);
    if (event !== undefined) return windowsXml.read({ ...event });
    // An event that breaks off is kept as the message that it came in.
    return {
      channel: "",
      provider: "",
      eventId: "",
      computer: scalarText(raw.host),
      data: {},
      time: undefined,
      isLocalTime: false,
      winlog: {},
      message: text,
      document: copyFields(raw),
    };
  },
};

function textOf(raw: ReadonlyFields): string | undefined {
  const text = raw._raw ?? childOf(raw, "result")?._raw ?? raw.SyslogMessage;
  const isWhole =
    typeof text === "string" &&
    text.includes("<Event") &&
    text.includes("<System>") &&
    text.includes("</Event>");
  return isWhole ? text : undefined;
}
