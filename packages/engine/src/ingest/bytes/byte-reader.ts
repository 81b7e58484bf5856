import type { Chunks } from "./chunks.ts";

/** Takes byte counts from a stream of chunks of any size. */
export class ByteReader {
  readonly #iterator: AsyncIterator<Uint8Array>;
  #chunk: Uint8Array = new Uint8Array();

  constructor(chunks: Chunks) {
    this.#iterator = chunks[Symbol.asyncIterator]();
  }

  /** The next bytes, at least one and at most `limit`; `undefined` at the end. */
  async some(limit: number): Promise<Uint8Array | undefined> {
    while (this.#chunk.length === 0) {
      const next = await this.#iterator.next();
      if (next.done === true) return undefined;
      this.#chunk = next.value;
    }
    const bytes = this.#chunk.subarray(0, limit);
    this.#chunk = this.#chunk.subarray(bytes.length);
    return bytes;
  }

  /** The next `length` bytes in one piece, fewer where the stream ends. May be a part of what the stream gave. */
  async take(length: number): Promise<Buffer> {
    if (this.#chunk.length >= length) {
      const { buffer, byteOffset } = this.#chunk;
      this.#chunk = this.#chunk.subarray(length);
      return Buffer.from(buffer, byteOffset, length);
    }
    const parts: Uint8Array[] = [];
    let missing = length;
    while (missing > 0) {
      const bytes = await this.some(missing);
      if (bytes === undefined) break;
      parts.push(bytes);
      missing -= bytes.length;
    }
    return Buffer.concat(parts);
  }

  async close(): Promise<void> {
    await this.#iterator.return?.();
  }
}
