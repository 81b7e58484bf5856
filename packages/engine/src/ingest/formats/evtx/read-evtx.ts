import { ByteReader } from "../../bytes/byte-reader.ts";
import type { ReportFinding } from "../../finding.ts";
import { type Chunk, chunkHeadLength, chunkSignature, openChunk } from "./chunk.ts";
import { chunkLength, hexOf } from "./chunk-bytes.ts";
import { checkFileHeader, fileHeadLength, fileSignature } from "./file-header.ts";
import { isEmpty, type ReadRecord, readChunk } from "./read-chunk.ts";
import { recordAt } from "./record.ts";

export interface EvtxOptions<T> {
  readonly readRecord: ReadRecord<T>;
  readonly recover?: boolean;
  readonly report: ReportFinding;
}

/**
 * Reads a log, or chunks of one without the file's header, chunk by chunk: what is in memory is one of them. Gives
 * what `readRecord` makes of the records of a chunk, in the order in which they stand in the file. All chunks are
 * read, whatever their number is in the header, which is late in a log that was open. Where a chunk is not in its
 * place, as after a part of the file was lost, the next signature of one is searched for.
 */
export async function* readRecords<T>(
  chunks: AsyncIterable<Uint8Array>,
  options: EvtxOptions<T>,
): AsyncGenerator<readonly T[]> {
  const reader = new ByteReader(chunks);
  try {
    yield* new FileWalk(reader, options).read();
  } finally {
    await reader.close();
  }
}

class FileWalk<T> {
  readonly #reader: ByteReader;
  readonly #options: EvtxOptions<T>;
  #offset = 0;
  /** Bytes that were taken and belong to the next chunk. */
  #ahead: Buffer = Buffer.alloc(0);
  /** Where bytes began that are in no chunk. */
  #strayFrom: number | undefined;

  constructor(reader: ByteReader, options: EvtxOptions<T>) {
    this.#reader = reader;
    this.#options = options;
  }

  async *read(): AsyncGenerator<readonly T[]> {
    await this.#readHeader();
    while (true) {
      const slot = await this.#take(chunkLength);
      if (slot.length === 0) break;
      if (startsChunk(slot)) {
        this.#endStray();
        yield this.#readSlot(slot);
      } else if (isEmpty(slot)) this.#offset += slot.length;
      else yield await this.#readStray(slot);
    }
    this.#endStray();
  }

  async #readHeader(): Promise<void> {
    const head = await this.#take(fileHeadLength);
    const isLog = head.subarray(0, fileSignature.length).equals(fileSignature);
    if (!isLog) {
      this.#ahead = head;
      return;
    }
    if (head.length < fileHeadLength) {
      this.#options.report({ code: "truncated", message: "the log ends inside its header" });
    } else for (const finding of checkFileHeader(head)) this.#options.report(finding);
    this.#offset = head.length;
  }

  /** A chunk in its place. Where a part of it is lost and the next one begins inside of it, it ends there. */
  #readSlot(slot: Buffer): readonly T[] {
    const chunk = openChunk(slot);
    const end = endOfChunk(slot, chunk);
    const events = this.#readChunk(end === slot.length ? chunk : openChunk(slot.subarray(0, end)));
    this.#offset += end;
    this.#ahead = Buffer.concat([slot.subarray(end), this.#ahead]);
    return events;
  }

  /** Bytes where a chunk should be: one whose signature is damaged, or none up to the next signature. */
  async #readStray(slot: Buffer): Promise<readonly T[]> {
    // A signature may begin in the last bytes.
    const behind = await this.#take(chunkSignature.length - 1);
    const next = Buffer.concat([slot, behind]).indexOf(chunkSignature, 1);
    const end = next < 0 ? slot.length : next;
    const chunk = end === chunkLength ? openChunk(slot) : undefined;
    const isChunk = chunk !== undefined && hasRecord(chunk);
    this.#ahead = Buffer.concat([slot.subarray(end), behind, this.#ahead]);
    if (isChunk) this.#endStray();
    else this.#strayFrom ??= this.#offset;
    const events: readonly T[] = isChunk ? this.#readChunk(chunk) : [];
    this.#offset += end;
    return events;
  }

  #readChunk(chunk: Chunk): readonly T[] {
    const { readRecord, report, recover = false } = this.#options;
    return readChunk(chunk, this.#offset, { readRecord, report, recover });
  }

  #endStray(): void {
    if (this.#strayFrom === undefined) return;
    this.#options.report({
      code: "damaged",
      message: `there is no chunk from ${hexOf(this.#strayFrom)} to ${hexOf(this.#offset)}`,
    });
    this.#strayFrom = undefined;
  }

  async #take(length: number): Promise<Buffer> {
    const ahead = this.#ahead.subarray(0, length);
    this.#ahead = this.#ahead.subarray(ahead.length);
    if (ahead.length === length) return ahead;
    const rest = await this.#reader.take(length - ahead.length);
    return ahead.length === 0 ? rest : Buffer.concat([ahead, rest]);
  }
}

function startsChunk(slot: Buffer): boolean {
  return slot.subarray(0, chunkSignature.length).equals(chunkSignature);
}

/** Whether records begin where they do in a chunk. */
function hasRecord({ bytes }: Chunk): boolean {
  return recordAt(bytes, chunkHeadLength, bytes.length) !== undefined;
}

/** Where a chunk ends: where the next header stands among what is not whole or not used. */
function endOfChunk(slot: Buffer, { header }: Chunk): number {
  const from = header.hasIntactRecords ? header.recordsEnd : chunkHeadLength;
  const next = slot.indexOf(chunkSignature, from);
  return next >= 0 && openChunk(slot.subarray(next)).header.isIntact ? next : slot.length;
}
