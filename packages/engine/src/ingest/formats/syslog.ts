import type { ReportFinding } from "../finding.ts";
import { readLines } from "../maps/lines.ts";
import { isSyslogLine, startsSyslogEvent } from "../normalise/linux/syslog-line.ts";
import type { Format, RawEvent } from "./format.ts";

/** Log files of syslog daemons: lines with a time, a host and a program, as RFC 3164 and RFC 5424 have them, and the lines that belong to them. */
export const syslog: Format = {
  name: "syslog",
  detect: (head) => {
    const lines = head
      .toString("utf8")
      .split("\n", 50)
      .filter((line) => line.trim() !== "");
    const [first] = lines;
    // Sysmon for Linux writes events in XML there.
    if (first === undefined || first.includes("<Event>")) return undefined;
    if (isSyslogLine(first)) return "likely";
    return lines.slice(1).some(isSyslogLine) ? "possible" : undefined;
  },
  read: readSyslog,
};

/** Of one event, with the lines that follow it. */
const longestEvent = 1024 * 1024;

async function* readSyslog(
  chunks: AsyncIterable<Uint8Array>,
  report: ReportFinding,
): AsyncGenerator<readonly RawEvent[]> {
  let open: { text: string; readonly position: number } | undefined;
  let stray = { count: 0, first: 0 };
  const close = (): readonly RawEvent[] => {
    if (open === undefined) return [];
    return [{ value: { syslog_line: open.text }, position: open.position }];
  };
  for await (const lines of readLines(chunks)) {
    const events: RawEvent[] = [];
    for (const { text, number } of lines) {
      if (text !== undefined && startsSyslogEvent(text)) {
        events.push(...close());
        open = { text, position: number };
      } else if (text !== undefined && open !== undefined && open.text.length < longestEvent) {
        open.text += `\n${text}`;
      } else {
        stray = { count: stray.count + 1, first: stray.first || number };
      }
    }
    if (events.length > 0) yield events;
  }
  yield close();
  if (stray.count > 0) {
    report({
      code: "not-an-event",
      position: stray.first,
      message: `${stray.count} ${stray.count === 1 ? "line belongs" : "lines belong"} to no event`,
    });
  }
}
