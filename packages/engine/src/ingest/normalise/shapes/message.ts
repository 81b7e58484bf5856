import type { Fields } from "../fields.ts";

/** Sysmon's message has a line `Name: value` for each value; these are the ones that exporters lose. */
const sysmonNames = ["UtcTime", "ProcessId", "EventType"];

/** The English label in the message of the Security event that a lost ProcessId stands behind. */
const processLabels: ReadonlyMap<string, string> = new Map(
  Object.entries({
    4688: "Creator Process ID",
    4689: "Process ID",
    4624: "Process ID",
    4625: "Caller Process ID",
    4648: "Process ID",
    4670: "Process ID",
    4673: "Process ID",
    4674: "Process ID",
  }),
);

/**
 * Adds to EventData what an exporter left only in the rendered message. The first line with the name
 * counts: values that an attacker can write, such as command lines, come behind it.
 */
export function fillFromMessage(
  data: Fields,
  eventId: string,
  isSysmon: boolean,
  message: string | undefined,
): Fields {
  if (message === undefined) return data;
  const fill = (name: string, label: string) => {
    if (data[name] !== undefined) return;
    const value = valueBehind(message, `${label}:`);
    if (value !== undefined) data[name] = value;
  };
  if (isSysmon) {
    const hasSource = data.SourceProcessId !== undefined;
    for (const name of sysmonNames) if (!hasSource || name !== "ProcessId") fill(name, name);
  } else {
    const label = processLabels.get(eventId);
    if (label !== undefined) fill("ProcessId", label);
  }
  return data;
}

function valueBehind(message: string, label: string): string | undefined {
  for (let at = message.indexOf(label); at >= 0; at = message.indexOf(label, at + 1)) {
    const lineStart = message.lastIndexOf("\n", at) + 1;
    if (message.slice(lineStart, at).trim() !== "") continue;
    const lineEnd = message.indexOf("\n", at);
    const value = message.slice(at + label.length, lineEnd < 0 ? undefined : lineEnd).trim();
    return value === "" ? undefined : value;
  }
  return undefined;
}
