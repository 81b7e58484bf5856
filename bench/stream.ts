import { runChild } from "./child.ts";
import type { Source } from "./match-lines.ts";

export interface StreamRequest {
  /** A file of lines. */
  readonly events: string;
  /** A file of a rule set. */
  readonly rules: string;
  readonly source: Source;
}

export interface StreamResult {
  readonly events: number;
  /** Conditions met. */
  readonly met: number;
  /** Of `JSON.parse` alone on the same lines. */
  readonly parseMs: number;
  readonly matchMs: number;
  /** `matchMs` by `parseMs` over the second half of the file: with hot code, and all of the values new. */
  readonly settled: number;
  /** From conditions to a set. */
  readonly compileMs: number;
  /** The most that the process ever held in memory. */
  readonly rssBytes: number;
}

/** Each event once, in a fresh process. */
export function stream(request: StreamRequest): StreamResult {
  return runChild("stream-child.ts", request);
}
