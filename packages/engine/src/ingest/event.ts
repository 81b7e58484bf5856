import type { EventDocument } from "@harrier/lang/match";
import type { Confidence } from "./formats/format.ts";

/** What kind of raw event something was, by its content, and how sure that is. */
export interface EventSource {
  readonly name: string;
  readonly confidence: Confidence;
}

/** An event as the engine handles it: the ECS document, and where it came from. */
export interface IngestedEvent {
  /** The ECS document that rules see. `@timestamp` is set unless the source had no time. */
  readonly document: EventDocument;
  /** The event as it was read, before it was mapped; the same object where nothing had to be mapped. */
  readonly raw: Readonly<Record<string, unknown>>;
  /** The input's name (a path, `archive.zip!member.json`, `-`). */
  readonly input: string;
  /** Its place in the input: line number, or count of the event in a list; from 1. */
  readonly position: number;
  /**
   * What index patterns are matched against: the document's own `data_stream`, else `_index` where the
   * input has it (a backing index under the name of its data stream), else the data stream that its
   * source would be stored in (ecs-mapping 1.3), else `undefined`.
   */
  readonly index: string | undefined;
  /** `_index` exactly as the input has it, where that is another name than `index`. */
  readonly storedIndex?: string;
  /**
   * Where its time was that of a wall clock: milliseconds that the clock was ahead of UTC; `null` where nothing
   * told, so that the time was taken for UTC.
   */
  readonly clockOffsetMs?: number | null;
  /** What it was before it was mapped. Absent for events that were not read from an input. */
  readonly source?: EventSource;
  /** `_id` where the input has it. Without it `eventIdentity` makes one from the content. */
  readonly id: string | undefined;
}

/**
 * What is wrong. `unreadable`: nothing of the input, or no more of it, could be read. `damaged`: a part is not
 * what was written; a checksum, a length or a reference inside the file is wrong. `refused`: left out on
 * purpose, as a member of an archive whose name leads elsewhere. `bad-value`: a value that a mapping could not
 * convert. `left-out`: events that a mapping is not for. `incomplete`: a log says of itself that it may lack
 * events. `recovered`: there are events that a log had given up. The others say it themselves.
 */
export type FindingCode =
  | "unreadable"
  | "unknown-format"
  | "bad-json"
  | "bad-csv"
  | "not-an-event"
  | "bad-value"
  | "left-out"
  | "truncated"
  | "damaged"
  | "refused"
  | "incomplete"
  | "recovered"
  | "no-timestamp"
  | "local-time";

/** Whether nothing, or nothing more, of the input could be used. */
export function isFailure({ code }: Pick<InputFinding, "code">): boolean {
  return code === "unreadable" || code === "unknown-format";
}

/** Whether the input was read whole all the same. */
export function isHarmless({ code }: Pick<InputFinding, "code">): boolean {
  return harmless.has(code);
}

const harmless: ReadonlySet<FindingCode> = new Set<FindingCode>([
  "no-timestamp",
  "local-time",
  "left-out",
  "incomplete",
  "recovered",
]);

/** Something of an input could not be used. The rest goes on; the summary counts these. */
export interface InputFinding {
  readonly input: string;
  /** Line number or count of the event, where known. */
  readonly position?: number;
  readonly code: FindingCode;
  readonly message: string;
  readonly hint?: string;
  /** The beginning of what could not be used, where there is a text to show. Hostile, as all of a log is. */
  readonly sample?: string;
}

/** As much of a text as a finding shows of it. */
export function sampleOf(text: string): string {
  return text.length > longestSample ? `${text.slice(0, longestSample)}…` : text;
}

const longestSample = 200;
