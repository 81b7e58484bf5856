import { describeError } from "../describe-error.ts";
import { count, peek, untilAborted } from "./bytes/chunks.ts";
import type { Stored } from "./bytes/container.ts";
import { detectUtf16, toUtf8 } from "./bytes/text.ts";
import { allowUnpacked, unpack } from "./bytes/unpack.ts";
import type { IngestedEvent, InputFinding } from "./event.ts";
import type { ReportFinding } from "./finding.ts";
import { detectFormat } from "./formats/index.ts";
import type { Input } from "./input.ts";
import { type NormaliseOptions, Normaliser, zoneOf } from "./normalise/index.ts";

export interface IngestOptions extends NormaliseOptions {
  /** Takes what could not be used. Reading goes on. */
  readonly onFinding?: (finding: InputFinding) => void;
  readonly onProgress?: (progress: IngestProgress) => void;
  /** Once it fires, reading throws the signal's reason. */
  readonly signal?: AbortSignal;
}

/** How far reading has come. Both grow over all inputs. */
export interface IngestProgress {
  /** Bytes of event text, unpacked. */
  readonly bytes: number;
  /** Bytes as stored: comes to the sum of the inputs' sizes. */
  readonly storedBytes: number;
}

/** Few enough to hand on soon, enough that handing on costs little. */
const batchEvents = 256;
const detectBytes = 64 * 1024;

/**
 * Reads the events of all inputs, one input after the other, in the order in which they stand there.
 * Gives batches of at most 256. Nothing is read ahead of who takes them, but for one chunk and what
 * `Normaliser` holds back, so that memory does not grow with the input. A failing input is a finding;
 * what throws is an aborted signal, and a time zone that does not exist.
 */
export async function* readEvents(
  inputs: readonly Input[],
  options: IngestOptions = {},
): AsyncGenerator<readonly IngestedEvent[]> {
  zoneOf(options);
  const progress = { bytes: 0, storedBytes: 0 };
  for (const input of inputs) {
    const { signal } = options;
    signal?.throwIfAborted();
    const storedBefore = progress.storedBytes;
    const onRead = (bytes: number) => {
      progress.storedBytes += bytes;
    };
    const onText = (bytes: number) => {
      progress.bytes += bytes;
      options.onProgress?.({ ...progress });
    };
    const storedBytes = () => Math.max(input.sizeBytes ?? 0, progress.storedBytes - storedBefore);
    const report = (name: string, finding: Parameters<ReportFinding>[0]) =>
      options.onFinding?.({ input: name, ...finding });
    const stored: Stored = {
      name: input.name,
      chunks: count(untilAborted(input.open(), signal), onRead),
      ...(input.path !== undefined && { file: { path: input.path, onRead } }),
    };
    const allowance = allowUnpacked(storedBytes);
    for await (const file of unpack(stored, { report, signal, allowance })) {
      const about: ReportFinding = (finding) => report(file.name, finding);
      yield* readFile({ ...file, chunks: count(file.chunks, onText) }, about, options);
    }
  }
}

async function* readFile(
  file: Stored,
  report: ReportFinding,
  options: IngestOptions,
): AsyncGenerator<readonly IngestedEvent[]> {
  const { signal } = options;
  const normaliser = new Normaliser(file.name, report, options);
  try {
    for await (const raws of readRaw(file, report)) {
      signal?.throwIfAborted();
      yield* inBatches(normaliser.push(raws));
    }
  } catch (error) {
    signal?.throwIfAborted();
    const isCut = isTruncation(error);
    report({ code: isCut ? "truncated" : "unreadable", message: describeError(error) });
  }
  yield* inBatches(normaliser.finish());
}

async function* readRaw(file: Stored, report: ReportFinding) {
  const encoded = await peek(file.chunks, 4);
  const encoding = detectUtf16(encoded.head);
  const text = encoding === undefined ? encoded.chunks : toUtf8(encoded.chunks, encoding);
  const { head, chunks } = await peek(text, detectBytes);
  try {
    if (/^[\ufeff\s]*$/.test(head.toString("utf8")) && head.length < detectBytes) return;
    const detected = detectFormat(head);
    if (detected !== undefined) yield* detected.format.read(chunks, report);
    else {
      report({
        code: "unknown-format",
        message: "the content is in no format that can be read",
        hint: "events are read from JSON and NDJSON, also inside gzip, zip and tar",
      });
    }
  } finally {
    await chunks.return?.();
  }
}

function* inBatches(events: readonly IngestedEvent[]): Generator<readonly IngestedEvent[]> {
  for (let at = 0; at < events.length; at += batchEvents) yield events.slice(at, at + batchEvents);
}

function isTruncation(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "Z_BUF_ERROR";
}
