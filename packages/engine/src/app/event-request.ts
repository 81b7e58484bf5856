import type { ReadingChoices } from "../ingest/index.ts";

/** Which events, and who may stop it. */
export interface EventRequest extends ReadingChoices {
  /** Files, folders and patterns, `-` for `stdin`. */
  readonly paths: readonly string[];
  readonly stdin: AsyncIterable<Uint8Array>;
  readonly signal: AbortSignal;
}
