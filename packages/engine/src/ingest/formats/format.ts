import type { EventSource } from "../event.ts";
import type { ReportFinding } from "../finding.ts";
import type { MappedEvent } from "../maps/map-event.ts";
import type { LineReading, LineStart } from "./line-reading.ts";

/** One event as it stands in the input. */
export interface RawEvent {
  /** The event's own object, any wrapping taken off. */
  readonly value: Readonly<Record<string, unknown>>;
  /** Line number, or count of the event in a list; from 1. */
  readonly position: number;
  /** The document, where a map of the user's own has made one already. */
  readonly mapped?: MappedEvent & { readonly source: EventSource };
  /** `_id` and `_index` of an event that was exported from Elasticsearch. */
  readonly id?: string;
  readonly index?: string;
}

/**
 * How sure we are of what an input is. `certain`: a signature, or what nothing else looks like. `likely`: it
 * reads like it. `possible`: it could be, where nothing fits better.
 */
export type Confidence = "certain" | "likely" | "possible";

/** What a reader of a format may be asked for. */
export interface FormatOptions {
  /** Also events that a log has given up, where they are still whole. */
  readonly recover?: boolean;
}

/** A way to write events down. A member of the table in `index.ts`. */
export interface Format {
  /** In lower case: what `--input-format` takes. */
  readonly name: string;
  /** Whether the input looks like it, by its first bytes (up to 64 KiB; less means that this is all); `undefined`: no. */
  readonly detect: (head: Buffer) => Confidence | undefined;
  /** Gives the events chunk by chunk as they come. What is no event goes to `report`. */
  readonly read: (
    chunks: AsyncIterable<Uint8Array>,
    report: ReportFinding,
    options?: FormatOptions,
  ) => AsyncIterable<readonly RawEvent[]>;
  /** The same where events may stand on lines, so that the lines can be dealt out. Absent for other formats. */
  readonly readLines?: (report: ReportFinding, start: LineStart) => LineReading;
}
