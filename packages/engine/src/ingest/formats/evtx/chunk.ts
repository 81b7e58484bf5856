import { addCrc32 } from "../../bytes/crc32.ts";
import { ChunkBytes, chunkLength } from "./chunk-bytes.ts";

export const chunkSignature: Buffer = Buffer.from("ElfChnk\0");

/** The header, the table of names and that of templates; the records follow. */
export const chunkHeadLength = 512;

/** A chunk of a file. */
export interface Chunk {
  readonly bytes: ChunkBytes;
  readonly header: ChunkHeader;
  /** How many bytes of it there are; the rest is zeros. */
  readonly length: number;
}

/** The header of a chunk. */
export interface ChunkHeader {
  readonly hasSignature: boolean;
  /** Where the records end; the whole chunk where the header says what cannot be. */
  readonly recordsEnd: number;
  /** Whether the header is what was written, by its checksum. */
  readonly isIntact: boolean;
  /** Whether the records are, up to where the header says that they end. */
  readonly hasIntactRecords: boolean;
}

/** The chunk that bytes are, which may end before it does. */
export function openChunk(slot: Buffer): Chunk {
  const { length } = slot;
  const bytes = new ChunkBytes(length < chunkLength ? padded(slot) : slot);
  return { bytes, header: readHeader(bytes), length };
}

function padded(slot: Buffer): Buffer {
  const whole = Buffer.alloc(chunkLength);
  slot.copy(whole);
  return whole;
}

function readHeader(bytes: ChunkBytes): ChunkHeader {
  const { buffer } = bytes;
  const hasSignature = buffer.subarray(0, chunkSignature.length).equals(chunkSignature);
  const end = bytes.u32(48);
  const isPossible = end >= chunkHeadLength && end <= chunkLength;
  const recordsEnd = hasSignature && isPossible ? end : chunkLength;
  const head = addCrc32(0, buffer.subarray(0, 120));
  return {
    hasSignature,
    recordsEnd,
    isIntact: addCrc32(head, buffer.subarray(128, chunkHeadLength)) === bytes.u32(124),
    hasIntactRecords:
      isPossible && addCrc32(0, buffer.subarray(chunkHeadLength, end)) === bytes.u32(52),
  };
}
