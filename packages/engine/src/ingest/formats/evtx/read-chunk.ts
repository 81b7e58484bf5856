import { DamageError } from "../../bytes/damage.ts";
import type { ReportFinding } from "../../finding.ts";
import { BinXml } from "./binxml.ts";
import { type Chunk, chunkHeadLength } from "./chunk.ts";
import { type ChunkBytes, chunkLength, hexOf } from "./chunk-bytes.ts";
import {
  contentOf,
  findRecord,
  follows,
  type RecordPlace,
  recordAt,
  recordName,
} from "./record.ts";

/** Makes of a record whatever is wanted of it; `undefined` where it holds no event. Throws `DamageError`. */
export type ReadRecord<T> = (binxml: BinXml, start: number, end: number) => T | undefined;

export interface ChunkOptions<T> {
  readonly readRecord: ReadRecord<T>;
  /** Also gives records that the log has given up: what stands behind the end of the others, where it is whole. */
  readonly recover: boolean;
  readonly report: ReportFinding;
}

/** How much of a chunk may be tried as records when they are searched for, in lengths of a chunk. */
const mostTries = 4;

/**
 * The records of a chunk that begins at `offset` of the file, in the order in which they stand. Fewer bytes than a
 * chunk has are one that is cut off. What is damaged is left out and reported; the rest is read all the same.
 */
export function readChunk<T>(chunk: Chunk, offset: number, options: ChunkOptions<T>): T[] {
  const { report, recover } = options;
  const { bytes, header, length } = chunk;
  const walk = new ChunkWalk(bytes, offset, options);
  const end = walk.readRecords(header.recordsEnd);
  const continued = header.hasSignature ? walk.readContinuation(end) : end;
  const wrong = [
    ...(header.hasSignature ? [] : ["its signature"]),
    ...(header.isIntact ? [] : ["the checksum of its header"]),
    ...(header.hasIntactRecords || !header.hasSignature ? [] : ["the checksum of its records"]),
  ];
  if (length < chunkLength) {
    report({
      code: "truncated",
      message: `the chunk at ${hexOf(offset)} breaks off after ${length} bytes`,
    });
  } else if (wrong.length > 0) {
    report({
      code: "damaged",
      message: `the chunk at ${hexOf(offset)} is not as it was written: ${wrong.join(" and ")} ${wrong.length > 1 ? "are" : "is"} wrong`,
      hint: `${walk.events.length} records were read of it all the same`,
    });
  }
  walk.reportLosses();
  if (recover) walk.recoverRecords(continued);
  return walk.events;
}

/** The way through a chunk. */
class ChunkWalk<T> {
  readonly events: T[] = [];
  readonly #bytes: ChunkBytes;
  readonly #offset: number;
  readonly #options: ChunkOptions<T>;
  readonly #binxml: BinXml;
  #last: RecordPlace | undefined;
  #lost = 0;
  #firstLoss = "";

  constructor(bytes: ChunkBytes, offset: number, options: ChunkOptions<T>) {
    this.#bytes = bytes;
    this.#offset = offset;
    this.#options = options;
    this.#binxml = new BinXml(bytes);
  }

  /** Reads the records up to `limit` and returns where they end. */
  readRecords(limit: number): number {
    let at = chunkHeadLength;
    while (at < limit) {
      const record = recordAt(this.#bytes, at, limit);
      if (record === undefined) {
        const next = findRecord(this.#bytes, at + 1, limit);
        if (next !== undefined || !this.#isEmpty(at, limit)) this.#lose(at, "there is no record");
        if (next === undefined) return at;
        at = next.start;
        continue;
      }
      this.#take(record);
      at = record.end;
    }
    return at;
  }

  /** Records that go on counting behind the end: a log that is open tells its end late. */
  readContinuation(end: number): number {
    let at = end;
    let found = 0;
    while (this.#last !== undefined) {
      const record = recordAt(this.#bytes, at, this.#bytes.length);
      if (record === undefined || !follows(record, this.#last)) break;
      this.#take(record);
      at = record.end;
      found += 1;
    }
    if (found > 0) {
      this.#options.report({
        code: "incomplete",
        message: `${countOf(found, "record")} behind the end that the chunk at ${hexOf(this.#offset)} tells, as in a log that was open`,
      });
    }
    return at;
  }

  /** Looks for whole records wherever they begin. */
  recoverRecords(from: number): void {
    const { length } = this.#bytes;
    let tries = mostTries * length;
    let found = 0;
    let at = from;
    while (tries > 0) {
      const record = findRecord(this.#bytes, at, length);
      if (record === undefined) break;
      tries -= record.end - record.start;
      const isRead = this.#read(record) === undefined;
      at = isRead ? record.end : record.start + 1;
      if (isRead) found += 1;
    }
    if (found > 0) {
      this.#options.report({
        code: "recovered",
        message: `${countOf(found, "record")} that the log had given up in the chunk at ${hexOf(this.#offset)}`,
      });
    }
  }

  reportLosses(): void {
    if (this.#lost === 0) return;
    const more = this.#lost - 1;
    this.#options.report({
      code: "damaged",
      message: `${this.#firstLoss}${more === 0 ? "" : `, and ${more} more in the chunk at ${hexOf(this.#offset)}`}`,
    });
  }

  #take(record: RecordPlace): void {
    this.#last = record;
    const fault = this.#read(record);
    if (fault !== undefined) this.#lose(record.start, fault, recordName(record));
  }

  /** Adds the record's event; what is wrong with it where there is none. */
  #read(record: RecordPlace): string | undefined {
    const { start, end } = contentOf(record);
    try {
      const event = this.#options.readRecord(this.#binxml, start, end);
      if (event === undefined) return "it holds no event";
      this.events.push(event);
      return undefined;
    } catch (error) {
      if (error instanceof DamageError) return error.message;
      throw error;
    }
  }

  #lose(at: number, what: string, record?: string): void {
    this.#lost += 1;
    if (this.#lost > 1) return;
    const place = hexOf(this.#offset + at);
    this.#firstLoss =
      record === undefined ? `${what} at ${place}` : `${record} at ${place} was skipped: ${what}`;
  }

  #isEmpty(from: number, to: number): boolean {
    return isEmpty(this.#bytes.buffer.subarray(from, to));
  }
}

/** Whether nothing was ever written there. */
export function isEmpty(bytes: Uint8Array): boolean {
  for (let at = 0; at < bytes.length; at += 1) if (bytes[at] !== 0) return false;
  return true;
}

function countOf(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}
