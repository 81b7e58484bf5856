import { Decompress } from "fzstd";
import { ByteReader } from "./byte-reader.ts";
import type { Chunks } from "./chunks.ts";
import type { Container } from "./container.ts";
import { DamageError } from "./damage.ts";

const frameMagic = 0xfd2fb528;
/** Frames that carry something else than data: `0x184d2a50` to `5f`. */
const skippableMagic = 0x184d2a50;
/** What `zstd --long` makes and its command still unpacks unasked. A frame may ask for far more memory. */
const largestWindow = 128 * 1024 * 1024;
/** A block unpacks to this at most. */
const blockBytes = 128 * 1024;

/** zstd (RFC 8878), any number of frames one after the other. Holds one file, under the same name. */
export const zstd: Container = {
  detect: (head) => head.length >= 4 && isZstd(head.readUInt32LE(0)),
  open: async function* (stored) {
    yield { name: stored.name, chunks: unpackZstd(stored.chunks) };
  },
};

function isZstd(magic: number): boolean {
  return magic === frameMagic || isSkippable(magic);
}

function isSkippable(magic: number): boolean {
  return (magic & 0xfffffff0) >>> 0 === skippableMagic;
}

/**
 * Hands the unpacker one block at a time: a block is at most 128 KiB, but what a piece of the input unpacks
 * to has no such bound. Checksums of frames are passed over.
 */
async function* unpackZstd(chunks: Chunks): AsyncGenerator<Uint8Array> {
  const reader = new ByteReader(chunks);
  try {
    for (;;) {
      const magic = await reader.take(4);
      if (magic.length === 0) return;
      if (magic.length < 4) throw endsEarly();
      const kind = magic.readUInt32LE(0);
      if (isSkippable(kind)) await skipFrame(reader);
      else if (kind === frameMagic) yield* unpackFrame(reader, magic);
      // As with gzip: what follows the last frame is not part of it.
      else return;
    }
  } finally {
    await reader.close();
  }
}

async function* unpackFrame(reader: ByteReader, magic: Buffer): AsyncGenerator<Uint8Array> {
  const header = await readHeader(reader);
  let output: Uint8Array[] = [];
  const unpacker = new Decompress((bytes) => output.push(bytes));
  unpacker.push(Buffer.concat([magic, header.bytes]));
  for (let isLast = false; !isLast; ) {
    const blockHeader = await takeAll(reader, 3);
    const bits = blockHeader.readUIntLE(0, 3);
    isLast = (bits & 1) === 1;
    const isRepeated = ((bits >> 1) & 3) === 1;
    const size = bits >> 3;
    if (size > blockBytes)
      throw new DamageError("damaged", "the zstd data has a block that is too large");
    const block = await takeAll(reader, isRepeated ? 1 : size);
    const checksum = isLast && header.hasChecksum ? await takeAll(reader, 4) : Buffer.alloc(0);
    try {
      unpacker.push(Buffer.concat([blockHeader, block, checksum]), isLast);
    } catch (error) {
      throw new Error("the packed data is damaged", { cause: error });
    }
    yield* output.filter((bytes) => bytes.length > 0);
    output = [];
  }
}

interface FrameHeader {
  readonly bytes: Buffer;
  readonly hasChecksum: boolean;
}

/** RFC 8878, 3.1.1.1. Refuses frames that need too much memory or a dictionary. */
async function readHeader(reader: ByteReader): Promise<FrameHeader> {
  const descriptor = await takeAll(reader, 1);
  const [flags = 0] = descriptor;
  const isSingle = (flags & 0x20) !== 0;
  const sizeFlag = flags >> 6;
  const windowBytes = isSingle ? 0 : 1;
  const dictionaryBytes = [0, 1, 2, 4][flags & 3] ?? 0;
  const sizeBytes = sizeFlag === 0 ? (isSingle ? 1 : 0) : 2 ** sizeFlag;
  const rest = await takeAll(reader, windowBytes + dictionaryBytes + sizeBytes);
  const dictionary = rest.subarray(windowBytes, windowBytes + dictionaryBytes);
  if (dictionary.some((byte) => byte !== 0)) {
    throw new Error("the zstd data needs a dictionary, which is not at hand");
  }
  const window = isSingle ? readSize(rest.subarray(dictionaryBytes)) : windowOf(rest[0] ?? 0);
  if (window > largestWindow) {
    throw new Error("the zstd data needs more than 128 MiB of memory to unpack");
  }
  return { bytes: Buffer.concat([descriptor, rest]), hasChecksum: (flags & 4) !== 0 };
}

function windowOf(byte: number): number {
  const base = 2 ** (10 + (byte >> 3));
  return base + (base / 8) * (byte & 7);
}

/** The size of the content. With two bytes it is counted from 256. */
function readSize(bytes: Buffer): number {
  if (bytes.length === 8) return Number(bytes.readBigUInt64LE(0));
  return bytes.readUIntLE(0, bytes.length) + (bytes.length === 2 ? 256 : 0);
}

async function skipFrame(reader: ByteReader): Promise<void> {
  let left = (await takeAll(reader, 4)).readUInt32LE(0);
  while (left > 0) {
    const bytes = await reader.some(left);
    if (bytes === undefined) throw endsEarly();
    left -= bytes.length;
  }
}

async function takeAll(reader: ByteReader, length: number): Promise<Buffer> {
  const bytes = await reader.take(length);
  if (bytes.length < length) throw endsEarly();
  return bytes;
}

function endsEarly(): DamageError {
  return new DamageError("truncated", "the packed data ends too early");
}
