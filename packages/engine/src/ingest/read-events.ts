import type { IngestedEvent } from "./event.ts";
import type { Finding } from "./finding.ts";
import type { Input } from "./input.ts";
import { type NormaliseOptions, Normaliser, zoneOf } from "./normalise/index.ts";
import {
  describeFailure,
  type OpenFileOptions,
  openFiles,
  type ReadableFile,
} from "./open-files.ts";

export interface IngestOptions extends NormaliseOptions, OpenFileOptions {}

/** How inputs are to be read, where their content does not tell or tells it wrong. Plain data. */
export type ReadingChoices = Pick<
  IngestOptions,
  "timezone" | "format" | "maps" | "password" | "recover"
>;

/** The choices among other options. */
export function readingChoices(options: ReadingChoices): ReadingChoices {
  const { timezone, format, maps, password, recover } = options;
  return {
    ...(timezone !== undefined && { timezone }),
    ...(format !== undefined && { format }),
    ...(maps !== undefined && { maps }),
    ...(password !== undefined && { password }),
    ...(recover !== undefined && { recover }),
  };
}

/** Few enough to hand on soon, enough that handing on costs little. */
const batchEvents = 256;

/**
 * Reads the events of all inputs, one input after the other, in the order in which they stand there.
 * Gives batches of at most 256. Nothing is read ahead of who takes them, but for one chunk and what
 * `Normaliser` holds back, so that memory does not grow with the input. A failing input is a finding;
 * what throws is an aborted signal, and a time zone or a format that does not exist.
 */
export async function* readEvents(
  inputs: readonly Input[],
  options: IngestOptions = {},
): AsyncGenerator<readonly IngestedEvent[]> {
  zoneOf(options);
  for await (const file of openFiles(inputs, options)) yield* readFile(file, options);
}

async function* readFile(
  { name, format, chunks }: ReadableFile,
  options: IngestOptions,
): AsyncGenerator<readonly IngestedEvent[]> {
  const { signal, onFinding } = options;
  const report = (finding: Finding) => onFinding?.({ input: name, ...finding });
  const normaliser = new Normaliser(name, report, options);
  try {
    for await (const raws of format.read(chunks, report, options)) {
      signal?.throwIfAborted();
      yield* inBatches(normaliser.push(raws));
    }
  } catch (error) {
    signal?.throwIfAborted();
    report(describeFailure(error));
  }
  yield* inBatches(normaliser.finish());
}

function* inBatches(events: readonly IngestedEvent[]): Generator<readonly IngestedEvent[]> {
  for (let at = 0; at < events.length; at += batchEvents) yield events.slice(at, at + batchEvents);
}
