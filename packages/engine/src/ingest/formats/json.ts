import { sampleOf } from "../event.ts";
import type { ReportFinding } from "../finding.ts";
import type { Format, RawEvent } from "./format.ts";
import {
  defaultJsonLimits,
  type JsonFault,
  type JsonPiece,
  JsonSplitter,
} from "./json-splitter.ts";
import { firstLine, type LineReading, type LineStart } from "./line-reading.ts";
import { eventsIn } from "./records.ts";

/** NDJSON, lists of objects, objects one after the other, Elasticsearch responses and hits: see `JsonSplitter`. */
export const json: Format = {
  name: "json",
  detect: (head) => {
    const text = head.toString("utf8");
    if (/^\ufeff?\s*(\{\s*["}]|\[\s*[{\]])/.test(text)) return "certain";
    // Some line opens an object or a list: a preamble or a broken first line does not hide the others.
    if (/^[\ufeff \t,]*\{\s*"/m.test(text)) return "likely";
    return /^[\ufeff \t,]*(\{|\[\s*(\{|$))/m.test(text) ? "possible" : undefined;
  },
  read: readJson,
  readLines: readJsonLines,
};

async function* readJson(
  chunks: AsyncIterable<Uint8Array>,
  report: ReportFinding,
): AsyncGenerator<readonly RawEvent[]> {
  const { push, finish } = readJsonLines(report, firstLine);
  for await (const chunk of chunks) {
    const events = push(chunk);
    if (events.length > 0) yield events;
  }
  yield finish();
}

function readJsonLines(report: ReportFinding, start: LineStart): LineReading {
  const splitter = new JsonSplitter(defaultJsonLimits, start);
  return {
    push: (chunk) => readPieces(splitter.push(chunk), report),
    finish: () => readPieces(splitter.finish(), report),
    passLine: () => splitter.passLine(),
    here: () => splitter.lineStart,
    isByLine: () => splitter.isByLine,
  };
}

function readPieces(pieces: readonly JsonPiece[], report: ReportFinding): RawEvent[] {
  const events: RawEvent[] = [];
  for (const piece of pieces) {
    const { position } = piece;
    if (piece.kind === "fault") {
      report({ position, ...faults[piece.fault] });
      continue;
    }
    const value = parseValue(piece.text);
    if (isObject(value)) pushEvents(events, unwrapHit(value, position));
    else if (value !== undefined) {
      report({
        code: "not-an-event",
        position,
        message: `an event is an object, this is ${kindOf(value)}`,
        sample: sampleOf(piece.text),
      });
    } else if (!isRecordHeading(piece.text)) {
      const sample = sampleOf(piece.text);
      report({ code: "bad-json", position, message: "this is not JSON", sample });
    }
  }
  return events;
}

/** Lists of events in one object come apart; they stand at one position. */
function pushEvents(events: RawEvent[], read: RawEvent): void {
  const found = eventsIn(read.value);
  if (found.length === 1 && found[0] === read.value) events.push(read);
  else for (const value of found) events.push({ ...read, value });
}

const faults: Readonly<Record<JsonFault, { code: "bad-json" | "truncated"; message: string }>> = {
  broken: { code: "bad-json", message: "a value breaks off: this is not JSON" },
  unfinished: { code: "truncated", message: "the input ends inside a value" },
  "too-long": {
    code: "bad-json",
    message: `a value longer than ${defaultJsonLimits.valueBytes / 1024 / 1024} MiB was skipped`,
  },
  "too-deep": {
    code: "bad-json",
    message: `a value with more than ${defaultJsonLimits.nesting} levels was skipped`,
  },
};

/** `undefined` where the text is not JSON. */
function parseValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** `evtx_dump` writes `Record 17` before each event. */
function isRecordHeading(text: string): boolean {
  return /^Record \d{1,20}\s*$/.test(text);
}

/** A hit of an Elasticsearch search or export: `_source` (or, without it, `fields`) is the event. */
function unwrapHit(hit: Readonly<Record<string, unknown>>, position: number): RawEvent {
  const { _index: index, _id: id, _source: source, fields } = hit;
  const isHit = typeof index === "string" || typeof id === "string";
  const value = isObject(source) ? source : isHit && isObject(fields) ? fields : undefined;
  if (value === undefined || !isHit) return { value: value ?? hit, position };
  return {
    value,
    position,
    ...(typeof id === "string" && { id }),
    ...(typeof index === "string" && { index }),
  };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function kindOf(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "a list" : `a ${typeof value}`;
}
