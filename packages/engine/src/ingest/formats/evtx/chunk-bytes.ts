import { DamageError } from "../../bytes/damage.ts";

/** Chunks are equally long in all versions of the format. */
export const chunkLength = 65_536;

/** The bytes of a chunk. References inside a chunk are offsets from its beginning. Reading behind the end is damage. */
export class ChunkBytes {
  readonly buffer: Buffer;
  readonly length: number;
  readonly #view: DataView;

  constructor(buffer: Buffer) {
    this.buffer = buffer;
    this.length = buffer.length;
    this.#view = new DataView(buffer.buffer, buffer.byteOffset, buffer.length);
  }

  u8(at: number): number {
    this.need(at, 1);
    return this.#view.getUint8(at);
  }

  u16(at: number): number {
    this.need(at, 2);
    return this.#view.getUint16(at, true);
  }

  u32(at: number): number {
    this.need(at, 4);
    return this.#view.getUint32(at, true);
  }

  i8(at: number): number {
    this.need(at, 1);
    return this.#view.getInt8(at);
  }

  i16(at: number): number {
    this.need(at, 2);
    return this.#view.getInt16(at, true);
  }

  i32(at: number): number {
    this.need(at, 4);
    return this.#view.getInt32(at, true);
  }

  f32(at: number): number {
    this.need(at, 4);
    return this.#view.getFloat32(at, true);
  }

  f64(at: number): number {
    this.need(at, 8);
    return this.#view.getFloat64(at, true);
  }

  /** A whole number of 64 bits without a sign, as decimal text. */
  u64Text(at: number): string {
    const high = this.u32(at + 4);
    // Up to here a double holds every whole number.
    if (high < 0x20_0000) return String(high * 0x1_0000_0000 + this.u32(at));
    return String(this.#view.getBigUint64(at, true));
  }

  i64Text(at: number): string {
    const high = this.i32(at + 4);
    if (high >= 0 && high < 0x20_0000) return String(high * 0x1_0000_0000 + this.u32(at));
    return String(this.#view.getBigInt64(at, true));
  }

  /** UTF-16. Half pairs stay as they are. */
  utf16(start: number, end: number): string {
    if (end < start) throw new DamageError("damaged", "a text ends before it begins");
    this.need(start, end - start);
    return this.buffer.toString("utf16le", start, end);
  }

  need(at: number, length: number): void {
    if (at < 0 || at + length > this.length) {
      throw new DamageError("damaged", `a reference to ${hexOf(at)} leads out of the chunk`);
    }
  }
}

/** Offsets are shown as other tools show them. */
export function hexOf(offset: number): string {
  return `0x${offset.toString(16)}`;
}
