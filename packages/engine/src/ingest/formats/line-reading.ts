import type { RawEvent } from "./format.ts";

/**
 * Where reading begins: a line at which nothing is open. What is known of the lines before: `fresh`: nothing yet;
 * `open`: some value began and ended on one line; `lines`: one value a line, whatever comes.
 */
export interface LineStart {
  /** From 1. */
  readonly line: number;
  /** Events in lists before, which count as their positions. */
  readonly elements: number;
  readonly state: "fresh" | "open" | "lines";
}

export const firstLine: LineStart = { line: 1, elements: 0, state: "fresh" };

/** The reading of a text whose events stand on lines, from some line on. */
export interface LineReading {
  /** Takes the next bytes and gives the events that they complete. */
  readonly push: (chunk: Uint8Array) => readonly RawEvent[];
  /** The input has ended: gives what is left. */
  readonly finish: () => readonly RawEvent[];
  /** Takes note of a line that somebody else has read: an object. Only where `here` is defined. */
  readonly passLine: () => void;
  /** Where another reading could go on; `undefined` in the middle of something, and where events take many lines. */
  readonly here: () => LineStart | undefined;
  /** Whether all events so far stood on lines of their own, whole, so that they would be the same whatever came before. */
  readonly isByLine: () => boolean;
}
