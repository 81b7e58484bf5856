import type { ReportFinding } from "../finding.ts";
import type { Format, RawEvent } from "./format.ts";
import { readWindowsEvent } from "./windows-event-xml.ts";
import type { XmlFault } from "./xml-element.ts";
import { type XmlPiece, XmlSplitter } from "./xml-splitter.ts";

/**
 * Windows events as XML: what `wevtutil` and the Event Viewer export, with or without `Events` around
 * them and rendered texts in them, and lines that end in an event, such as those of Sysmon for Linux in
 * syslog.
 */
export const xml: Format = {
  name: "xml",
  detect: (head) => {
    const text = head.toString("utf8");
    if (/^\ufeff?\s*(<\?xml[^>]*>\s*)?<Events?[\s>]/.test(text)) return "certain";
    if (/^\ufeff?\s*<[a-z?!]/i.test(text)) return "possible";
    const start = text.search(/<Event[\s>]/);
    if (start < 0) return undefined;
    // In JSON the text of an event is a value, and not ours.
    const before = text.slice(text.lastIndexOf("\n", start) + 1, start);
    return before.includes("{") ? undefined : "likely";
  },
  read: readXml,
};

async function* readXml(
  chunks: AsyncIterable<Uint8Array>,
  report: ReportFinding,
): AsyncGenerator<readonly RawEvent[]> {
  const splitter = new XmlSplitter();
  const decoder = new TextDecoder();
  for await (const chunk of chunks) {
    const events = readPieces(splitter.push(decoder.decode(chunk, { stream: true })), report);
    if (events.length > 0) yield events;
  }
  const last = splitter.push(decoder.decode());
  yield readPieces([...last, ...splitter.finish()], report);
  const { strayLines } = splitter;
  if (strayLines > 0) {
    report({
      code: "not-an-event",
      message: `${strayLines} ${strayLines === 1 ? "line holds" : "lines hold"} no event`,
    });
  }
}

function readPieces(pieces: readonly XmlPiece[], report: ReportFinding): RawEvent[] {
  const events: RawEvent[] = [];
  for (const piece of pieces) {
    const { position } = piece;
    if (piece.kind === "fault") {
      report({ position, ...faults[piece.fault] });
      continue;
    }
    const event = readWindowsEvent(piece.element);
    if (event !== undefined) events.push({ value: { ...event }, position });
    else report({ code: "not-an-event", position, message: "an Event without System" });
  }
  return events;
}

const faults: Readonly<Record<XmlFault, { code: "damaged" | "truncated"; message: string }>> = {
  broken: { code: "damaged", message: "an event breaks off: this is not XML" },
  unfinished: { code: "truncated", message: "the input ends inside an event" },
  "too-long": { code: "damaged", message: "an event larger than any of Windows was skipped" },
  "too-deep": { code: "damaged", message: "an event with too many levels was skipped" },
};
