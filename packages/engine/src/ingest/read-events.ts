import { describeError } from "../describe-error.ts";
import { count, peek, untilAborted } from "./bytes/chunks.ts";
import type { Stored } from "./bytes/container.ts";
import { codeOfFailure } from "./bytes/damage.ts";
import { detectUtf16, toUtf8 } from "./bytes/text.ts";
import { allowUnpacked, unpack } from "./bytes/unpack.ts";
import type { IngestedEvent, InputFinding } from "./event.ts";
import type { ReportFinding } from "./finding.ts";
import {
  type Confidence,
  detectFormat,
  type Format,
  formatNamed,
  formatNames,
} from "./formats/index.ts";
import type { Input } from "./input.ts";
import { type NormaliseOptions, Normaliser, zoneOf } from "./normalise/index.ts";

export interface IngestOptions extends NormaliseOptions {
  /** The format of all inputs, by its name. Without it each input tells by its content. */
  readonly format?: string;
  /** For members of zip archives that are encrypted. */
  readonly password?: string;
  /** Told of each file, and each member of an archive, that holds anything, before its events come. */
  readonly onFile?: (file: OpenedFile) => void;
  /** Takes what could not be used. Reading goes on. */
  readonly onFinding?: (finding: InputFinding) => void;
  readonly onProgress?: (progress: IngestProgress) => void;
  /** Once it fires, reading throws the signal's reason. */
  readonly signal?: AbortSignal;
}

/** A file or a member of an archive, unpacked. */
export interface OpenedFile {
  /** As in `IngestedEvent.input`. */
  readonly input: string;
  /** `undefined` where it is in none that we know; then there is a finding, too. */
  readonly format: string | undefined;
  /** How sure the format is; `undefined` where the options named it. */
  readonly confidence: Confidence | undefined;
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
 * what throws is an aborted signal, and a time zone or a format that does not exist.
 */
export async function* readEvents(
  inputs: readonly Input[],
  options: IngestOptions = {},
): AsyncGenerator<readonly IngestedEvent[]> {
  zoneOf(options);
  formatOf(options);
  const progress = { bytes: 0, storedBytes: 0 };
  for (const input of inputs) {
    const { signal, password } = options;
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
    for await (const file of unpack(stored, { report, signal, password, allowance })) {
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
    for await (const raws of readRaw(file, report, options)) {
      signal?.throwIfAborted();
      yield* inBatches(normaliser.push(raws));
    }
  } catch (error) {
    signal?.throwIfAborted();
    report({ code: codeOfFailure(error), message: describeError(error) });
  }
  yield* inBatches(normaliser.finish());
}

async function* readRaw(file: Stored, report: ReportFinding, options: IngestOptions) {
  const encoded = await peek(file.chunks, 4);
  const encoding = detectUtf16(encoded.head);
  const text = encoding === undefined ? encoded.chunks : toUtf8(encoded.chunks, encoding);
  const { head, chunks } = await peek(text, detectBytes);
  try {
    if (/^[\ufeff\s]*$/.test(head.toString("utf8")) && head.length < detectBytes) {
      // There is nothing in it, or it failed before anything came: then it fails here.
      for await (const _ of chunks);
      return;
    }
    const asked = formatOf(options);
    const { format, confidence } = asked ? { format: asked } : detectFormat(head);
    options.onFile?.({ input: file.name, format: format?.name, confidence });
    if (format !== undefined) yield* format.read(chunks, report);
    else {
      report({
        code: "unknown-format",
        message: "the content is in no format that can be read",
        hint: `known are ${formatNames.join(", ")}, also inside gzip, zstd, zip and tar; \`--input-format\` names one, \`--map\` describes another`,
      });
    }
  } finally {
    await chunks.return?.();
  }
}

function* inBatches(events: readonly IngestedEvent[]): Generator<readonly IngestedEvent[]> {
  for (let at = 0; at < events.length; at += batchEvents) yield events.slice(at, at + batchEvents);
}

/** The format that the options name. Throws where there is none of the name. */
function formatOf({ format }: IngestOptions): Format | undefined {
  if (format === undefined) return undefined;
  const found = formatNamed(format);
  if (found === undefined) throw new RangeError(`there is no format ${format}`);
  return found;
}
