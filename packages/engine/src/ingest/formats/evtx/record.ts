import type { ChunkBytes } from "./chunk-bytes.ts";

/** A record in a chunk: an envelope around the binary XML of an event. */
export interface RecordPlace {
  readonly start: number;
  readonly end: number;
  /** Its number in the log, in two halves. */
  readonly idLow: number;
  readonly idHigh: number;
}

const signature = 0x0000_2a2a;
const signatureBytes: Buffer = Buffer.from([0x2a, 0x2a, 0, 0]);
/** The signature, the length, the number and the time of writing. */
const headLength = 24;
/** The length once more. */
const tailLength = 4;

/**
 * The record that begins at an offset; `undefined` where none does. Its length stands at its end as well; where
 * only one of the two survived, the beginning of the next record or the end of all may confirm it.
 */
export function recordAt(bytes: ChunkBytes, start: number, limit: number): RecordPlace | undefined {
  if (start + headLength + tailLength > limit || bytes.u32(start) !== signature) return undefined;
  const length = bytes.u32(start + 4);
  const end = start + length;
  if (length <= headLength + tailLength || end > limit) return undefined;
  const isConfirmed =
    bytes.u32(end - tailLength) === length ||
    end === limit ||
    (end + 4 <= limit && bytes.u32(end) === signature);
  if (!isConfirmed) return undefined;
  return { start, end, idLow: bytes.u32(start + 8), idHigh: bytes.u32(start + 12) };
}

/** The next record from an offset on, wherever it begins. */
export function findRecord(
  bytes: ChunkBytes,
  from: number,
  limit: number,
): RecordPlace | undefined {
  let at = from;
  while (at < limit) {
    at = bytes.buffer.indexOf(signatureBytes, at);
    if (at < 0) return undefined;
    const record = recordAt(bytes, at, limit);
    if (record !== undefined) return record;
    at += 1;
  }
  return undefined;
}

/** Where the binary XML of a record stands. */
export function contentOf({ start, end }: RecordPlace): {
  readonly start: number;
  readonly end: number;
} {
  return { start: start + headLength, end: end - tailLength };
}

/** Whether a record is the one that was written after another. */
export function follows(record: RecordPlace, before: RecordPlace): boolean {
  const carry = before.idLow === 0xffff_ffff;
  return (
    record.idLow === (carry ? 0 : before.idLow + 1) &&
    record.idHigh === before.idHigh + (carry ? 1 : 0)
  );
}

export function recordName({ idLow, idHigh }: RecordPlace): string {
  return `record ${(BigInt(idHigh) << 32n) + BigInt(idLow)}`;
}
