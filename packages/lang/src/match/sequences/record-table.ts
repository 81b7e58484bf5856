import { type Cell, type Cells, none } from "./cells.ts";
import { isKey } from "./key-cells.ts";
import type { PackedKey } from "./packed-key.ts";
import { hashAt, keyAt, nextAt, slotAt } from "./record.ts";

const chunkShift = 10;
const bucketsPerChunk = 1 << chunkShift;

/** What the table takes for each record. */
export const bytesPerBucket = 4;

/**
 * Records by slot and key. With each record that comes one bucket is parted into two, in turn (linear hashing): there
 * are about as many buckets as records, and no record ever waits for the table to grow.
 */
export class RecordTable {
  readonly #cells: Cells;
  readonly #chunks: Int32Array[] = [];
  /** The largest power of two that is at most the number of buckets. */
  #round = bucketsPerChunk;
  #buckets = 0;
  #records = 0;

  constructor(cells: Cells) {
    this.#cells = cells;
  }

  find(slot: number, key: PackedKey): Cell {
    if (this.#records === 0) return none;
    const cells = this.#cells;
    const hash = hashOf(slot, key);
    let cell = this.#head(this.#bucketOf(hash));
    while (cell !== none) {
      if (
        cells.int(cell, hashAt) === hash &&
        cells.int(cell, slotAt) === slot &&
        isKey(cells, cells.int(cell, keyAt), key)
      ) {
        return cell;
      }
      cell = cells.int(cell, nextAt);
    }
    return none;
  }

  /** Enters a record that has the key already. No other may be in its place. */
  insert(record: Cell, slot: number, key: PackedKey): void {
    if (this.#records === this.#buckets) this.#grow();
    this.#records += 1;
    const hash = hashOf(slot, key);
    this.#cells.setInt(record, slotAt, slot);
    this.#cells.setInt(record, hashAt, hash);
    this.#chain(record, this.#bucketOf(hash));
  }

  remove(record: Cell): void {
    this.#records -= 1;
    this.#lead(record, this.#cells.int(record, nextAt));
  }

  /** Puts a record that has the same key into the place of another. */
  replace(record: Cell, by: Cell): void {
    for (const place of [slotAt, hashAt, nextAt]) {
      this.#cells.setInt(by, place, this.#cells.int(record, place));
    }
    this.#lead(record, by);
  }

  /** What led to the record leads to another. */
  #lead(record: Cell, to: Cell): void {
    const cells = this.#cells;
    const bucket = this.#bucketOf(cells.int(record, hashAt));
    let cell = this.#head(bucket);
    if (cell === record) {
      this.#setHead(bucket, to);
      return;
    }
    let next = cells.int(cell, nextAt);
    while (next !== record) {
      cell = next;
      next = cells.int(cell, nextAt);
    }
    cells.setInt(cell, nextAt, to);
  }

  #chain(record: Cell, bucket: number): void {
    this.#cells.setInt(record, nextAt, this.#head(bucket));
    this.#setHead(bucket, record);
  }

  #grow(): void {
    if (this.#buckets % bucketsPerChunk === 0) this.#chunks.push(new Int32Array(bucketsPerChunk));
    if (this.#buckets < bucketsPerChunk) {
      this.#buckets = bucketsPerChunk;
      return;
    }
    if (this.#buckets === 2 * this.#round) this.#round *= 2;
    const parted = this.#buckets - this.#round;
    this.#buckets += 1;
    let cell = this.#head(parted);
    this.#setHead(parted, none);
    while (cell !== none) {
      const next = this.#cells.int(cell, nextAt);
      this.#chain(cell, this.#bucketOf(this.#cells.int(cell, hashAt)));
      cell = next;
    }
  }

  #bucketOf(hash: number): number {
    const bucket = hash & (2 * this.#round - 1);
    return bucket < this.#buckets ? bucket : bucket & (this.#round - 1);
  }

  #head(bucket: number): Cell {
    return this.#chunks[bucket >>> chunkShift]?.[bucket & (bucketsPerChunk - 1)] ?? none;
  }

  #setHead(bucket: number, cell: Cell): void {
    const chunk = this.#chunks[bucket >>> chunkShift];
    if (chunk !== undefined) chunk[bucket & (bucketsPerChunk - 1)] = cell;
  }
}

/** The slots of one key lie far apart. */
function hashOf(slot: number, { hash }: PackedKey): number {
  return (hash + Math.imul(slot, 0x9e3779b1)) | 0;
}
