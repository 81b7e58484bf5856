import type { InputFinding } from "../event.ts";
import type { Input } from "../input.ts";
import { type NormaliseOptions, zoneOf } from "../normalise/index.ts";
import {
  describeFailure,
  type OpenFileOptions,
  openFiles,
  type ReadableFile,
} from "../open-files.ts";
import type { Ending, FileFacts } from "./file-reading.ts";

export interface CutOptions
  extends NormaliseOptions,
    Omit<OpenFileOptions, "onFinding" | "onProgress"> {
  /** What a block holds, about. A longer line makes a longer block. Default: 1 MiB. */
  readonly blockBytes?: number;
  /** Buffers that nobody needs any more. Blocks are cut into them first. */
  readonly spare?: ArrayBuffer[];
}

/** A file whose blocks come, and how to say that no more of them are wanted. */
export interface CutFile {
  readonly facts: FileFacts;
  /** Events may stand on lines, so that blocks end where lines do and may be read apart. */
  readonly isByLines: boolean;
  readonly leave: () => void;
}

/** What comes of the inputs, in their order. */
export type CutItem = (
  | { readonly kind: "finding"; readonly finding: InputFinding }
  /** A piece of a file, in a buffer of its own that nobody else holds. The last one may be empty. */
  | {
      readonly kind: "block";
      readonly file: CutFile;
      readonly bytes: Uint8Array<ArrayBuffer>;
      readonly ending: Ending;
    }
  | { readonly kind: "end" }
) & {
  /** Bytes of text read since the item before, unpacked. */
  readonly readBytes: number;
};

const defaultBlockBytes = 1024 * 1024;
/** What a file gets before it shows that it is larger. */
const firstBytes = 16 * 1024;
/** A line that is longer is cut: no event is. */
const longestLine = 8 * 1024 * 1024;
/** How long a source may let us wait before what is there goes on. */
const patienceMs = 100;
const newline = 0x0a;

/**
 * Cuts what the inputs hold into blocks, to be read by others. Goes no further than it is asked. Throws an
 * aborted signal's reason, and where a time zone or a format does not exist.
 */
export async function* cutBlocks(
  inputs: readonly Input[],
  options: CutOptions,
): AsyncGenerator<CutItem> {
  // Whoever reads the blocks would find out too late that there is no such zone.
  zoneOf(options);
  const findings: InputFinding[] = [];
  let read = 0;
  let told = 0;
  const takeBytes = (): number => {
    const bytes = read - told;
    told = read;
    return bytes;
  };
  function* tellFindings(): Generator<CutItem> {
    for (const finding of findings.splice(0)) {
      yield { kind: "finding", finding, readBytes: takeBytes() };
    }
  }
  const files = openFiles(inputs, {
    ...options,
    onFinding: (finding) => findings.push(finding),
    onProgress: ({ bytes }) => {
      read = bytes;
    },
  });
  for await (const file of files) {
    yield* tellFindings();
    let isLeft = false;
    const leave = () => {
      isLeft = true;
    };
    const { name, format, map } = file;
    const isByLines = format.readLines !== undefined;
    const facts: FileFacts = {
      name,
      format: format.name,
      ...(map !== undefined && { map }),
      ...(options.recover !== undefined && { recover: options.recover }),
    };
    const cut: CutFile = { facts, isByLines, leave };
    const blocks = cutFile(file, isByLines, options);
    for await (const { bytes, ending } of blocks) {
      if (isLeft) break;
      yield { kind: "block", file: cut, bytes, ending, readBytes: takeBytes() };
      if (isLeft) break;
    }
    // What was read of a file beyond what was wanted does not count: how much that is depends on who waited for whom.
    if (isLeft) told = read;
  }
  yield* tellFindings();
  yield { kind: "end", readBytes: takeBytes() };
}

interface Piece {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly ending: Ending;
}

async function* cutFile(
  { chunks }: ReadableFile,
  isByLines: boolean,
  { blockBytes = defaultBlockBytes, spare = [], signal }: CutOptions,
): AsyncGenerator<Piece> {
  const source = chunks[Symbol.asyncIterator]();
  const open = (least: number): Uint8Array<ArrayBuffer> => {
    const buffer = spare.pop();
    const isEnough = buffer !== undefined && buffer.byteLength >= Math.max(blockBytes, least);
    return isEnough ? new Uint8Array(buffer) : new Uint8Array(Math.max(blockBytes, least));
  };
  // Most inputs of a folder, and all of a test, are small.
  let block = new Uint8Array(Math.min(blockBytes, firstBytes));
  let used = 0;
  const endOfWhole = () => (isByLines ? block.subarray(0, used).lastIndexOf(newline) + 1 : used);
  /** Takes the first bytes away, in their buffer; the rest begins a new block. */
  const take = (end: number): Piece => {
    const bytes = block.subarray(0, end);
    const rest = block.subarray(end, used);
    block = open(2 * rest.length);
    block.set(rest);
    used = rest.length;
    return { bytes, ending: "more" };
  };
  let ending: Ending = "end";
  try {
    while (true) {
      const next = source.next();
      if (used > 0 && (await isLate(next))) {
        const end = endOfWhole();
        if (end > 0) yield take(end);
      }
      const result = await next;
      if (result.done === true) break;
      for (let chunk = result.value; chunk.length > 0; ) {
        const part = chunk.subarray(0, block.length - used);
        block.set(part, used);
        used += part.length;
        chunk = chunk.subarray(part.length);
        if (used < block.length) continue;
        const end = used < blockBytes ? 0 : endOfWhole();
        if (end > 0) yield take(end);
        else if (used >= longestLine) yield take(used);
        else {
          const larger = new Uint8Array(Math.max(2 * used, used < blockBytes ? blockBytes : 0));
          larger.set(block);
          block = larger;
        }
      }
    }
  } catch (error) {
    signal?.throwIfAborted();
    ending = describeFailure(error);
  } finally {
    await source.return?.();
  }
  yield { bytes: block.subarray(0, used), ending };
}

/** Whether the source lets us wait. */
async function isLate(next: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(true), patienceMs);
  });
  const isThere = next.then(
    () => false,
    () => false,
  );
  try {
    return await Promise.race([isThere, late]);
  } finally {
    clearTimeout(timer);
  }
}
