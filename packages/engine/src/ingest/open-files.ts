import { describeError } from "../describe-error.ts";
import { count, peek, untilAborted } from "./bytes/chunks.ts";
import type { Stored } from "./bytes/container.ts";
import { codeOfFailure } from "./bytes/damage.ts";
import { detectUtf16, toUtf8 } from "./bytes/text.ts";
import { allowUnpacked, unpack } from "./bytes/unpack.ts";
import type { InputFinding } from "./event.ts";
import type { Finding } from "./finding.ts";
import {
  type Confidence,
  detectFormat,
  type Format,
  type FormatOptions,
  formatNamed,
  formatNames,
} from "./formats/index.ts";
import type { Input } from "./input.ts";
import type { EventMap } from "./maps/event-map.ts";
import { formatOfMap, mapFor } from "./maps/map-format.ts";

export interface OpenFileOptions extends FormatOptions {
  /** The format of all inputs, by its name. Without it each input tells by its content. */
  readonly format?: string;
  /** How inputs are read that somebody has described; the first map that is for an input's name counts. */
  readonly maps?: readonly EventMap[];
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
  /** How sure the format is; `undefined` where the options named it, or a map of theirs. */
  readonly confidence: Confidence | undefined;
}

/** How far reading has come. Both grow over all inputs. */
export interface IngestProgress {
  /** Bytes of event text, unpacked. */
  readonly bytes: number;
  /** Bytes as stored: comes to the sum of the inputs' sizes. */
  readonly storedBytes: number;
}

/** A file to read events from. */
export interface ReadableFile {
  /** As in `IngestedEvent.input`. */
  readonly name: string;
  readonly format: Format;
  /** The map that `format` was made of, if it was. */
  readonly map?: EventMap;
  /** Unpacked, text as UTF-8. May fail at any place: `describeFailure` makes a finding of that. */
  readonly chunks: AsyncIterable<Uint8Array>;
}

const detectBytes = 64 * 1024;

/**
 * The files that the inputs are or hold, one after the other: each must be read or left before the next is
 * asked for. What is in no format that we know is a finding. Throws an aborted signal's reason, and where
 * there is no format of the given name.
 */
export async function* openFiles(
  inputs: readonly Input[],
  options: OpenFileOptions,
): AsyncGenerator<ReadableFile> {
  const asked = formatOf(options);
  const progress = { bytes: 0, storedBytes: 0 };
  const report = (name: string, finding: Finding) =>
    options.onFinding?.({ input: name, ...finding });
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
    const stored: Stored = {
      name: input.name,
      chunks: count(untilAborted(input.open(), signal), onRead),
      ...(input.path !== undefined && { file: { path: input.path, onRead } }),
    };
    const allowance = allowUnpacked(storedBytes);
    for await (const file of unpack(stored, { report, signal, password, allowance })) {
      yield* openFile({ ...file, chunks: count(file.chunks, onText) }, asked, options);
    }
  }
}

/** What a failure of the chunks says of the file. */
export function describeFailure(error: unknown): Finding {
  return { code: codeOfFailure(error), message: describeError(error) };
}

async function* openFile(
  file: Stored,
  asked: Format | undefined,
  { signal, onFile, onFinding, maps = [] }: OpenFileOptions,
): AsyncGenerator<ReadableFile> {
  const { name } = file;
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
    const map = mapFor(maps, name);
    const named = map === undefined ? asked : formatOfMap(map, formatNamed);
    const { format, confidence } =
      named === undefined ? detectFormat(head) : { format: named, confidence: undefined };
    onFile?.({ input: name, format: format?.name, confidence });
    if (format !== undefined) yield { name, format, chunks, ...(map !== undefined && { map }) };
    else {
      onFinding?.({
        input: name,
        code: "unknown-format",
        message: "the content is in no format that can be read",
        hint: `known are ${formatNames.join(", ")}, also inside gzip, zstd, zip and tar; \`--input-format\` names one, \`--map\` describes another`,
      });
    }
  } catch (error) {
    signal?.throwIfAborted();
    onFinding?.({ input: name, ...describeFailure(error) });
  } finally {
    await chunks.return?.();
  }
}

/** The format that the options name. Throws where there is none of the name. */
function formatOf({ format }: OpenFileOptions): Format | undefined {
  if (format === undefined) return undefined;
  const found = formatNamed(format);
  if (found === undefined) throw new RangeError(`there is no format ${format}`);
  return found;
}
