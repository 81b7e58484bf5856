import { type Cell, type Cells, none } from "./cells.ts";
import { isKey } from "./key-cells.ts";
import type { PackedKey } from "./packed-key.ts";
import { hashAt, keyAt, slotAt } from "./record.ts";

const chunkShift = 10;
const bucketsPerChunk = 1 << chunkShift;

// A bucket is a chain of cells, the first of which may have room left: the next cell, how many records, and for each its
// hash and where it is. So a look at one cell tells what a key is not.
const nextAt = 0;
const countAt = 1;
const firstHashAt = 2;
const perCell = 7;

/** Records in a bucket, on average. */
const wanted = 4;

/** Cells that one record more can take besides its own: in its bucket, and in one that is parted. */
export const cellsForEntry = 2;

/**
 * Records by slot and key. As records come, one bucket after the other is parted into two (linear hashing): no record
 * ever waits for the table to grow.
 */
export class RecordTable {
  readonly #cells: Cells;
  /** The first cell of each bucket. */
  readonly #chunks: Int32Array[] = [new Int32Array(bucketsPerChunk)];
  /** The largest power of two that is at most the number of buckets. */
  #round = 1;
  #buckets = 1;
  #records = 0;

  constructor(cells: Cells) {
    this.#cells = cells;
  }

  find(slot: number, key: PackedKey): Cell {
    const cells = this.#cells;
    const hash = hashOf(slot, key);
    for (let cell = this.#first(this.#bucketOf(hash)); cell !== none; ) {
      const end = endOf(cells.int(cell, countAt));
      for (let at = firstHashAt; at < end; at += 2) {
        if (cells.int(cell, at) !== hash) continue;
        const record = cells.int(cell, at + 1);
        if (cells.int(record, slotAt) === slot && isKey(cells, cells.int(record, keyAt), key)) {
          return record;
        }
      }
      cell = cells.int(cell, nextAt);
    }
    return none;
  }

  /** Enters a record that has the key already. No other may be in its place. */
  insert(record: Cell, slot: number, key: PackedKey): void {
    const hash = hashOf(slot, key);
    this.#cells.setInt(record, slotAt, slot);
    this.#cells.setInt(record, hashAt, hash);
    this.#enter(record, hash);
    this.#records += 1;
    if (this.#records > wanted * this.#buckets) this.#part();
  }

  remove(record: Cell): void {
    const cells = this.#cells;
    const bucket = this.#bucketOf(cells.int(record, hashAt));
    const first = this.#first(bucket);
    const last = endOf(cells.int(first, countAt)) - 2;
    this.#put(record, cells.int(first, last), cells.int(first, last + 1));
    this.#records -= 1;
    cells.setInt(first, countAt, cells.int(first, countAt) - 1);
    if (last > firstHashAt) return;
    this.#setFirst(bucket, cells.int(first, nextAt));
    cells.give(first);
  }

  /** Puts a record that has the same key into the place of another. */
  replace(record: Cell, by: Cell): void {
    const hash = this.#cells.int(record, hashAt);
    this.#cells.setInt(by, slotAt, this.#cells.int(record, slotAt));
    this.#cells.setInt(by, hashAt, hash);
    this.#put(record, hash, by);
  }

  /** Writes an entry over that of a record. */
  #put(record: Cell, hash: number, by: Cell): void {
    const cells = this.#cells;
    for (let cell = this.#first(this.#bucketOf(cells.int(record, hashAt))); cell !== none; ) {
      const end = endOf(cells.int(cell, countAt));
      for (let at = firstHashAt; at < end; at += 2) {
        if (cells.int(cell, at + 1) !== record) continue;
        cells.setInt(cell, at, hash);
        cells.setInt(cell, at + 1, by);
        return;
      }
      cell = cells.int(cell, nextAt);
    }
  }

  #enter(record: Cell, hash: number): void {
    const cells = this.#cells;
    const bucket = this.#bucketOf(hash);
    let first = this.#first(bucket);
    if (first === none || cells.int(first, countAt) === perCell) {
      const next = first;
      first = cells.take();
      cells.setInt(first, nextAt, next);
      cells.setInt(first, countAt, 0);
      this.#setFirst(bucket, first);
    }
    const count = cells.int(first, countAt);
    cells.setInt(first, endOf(count), hash);
    cells.setInt(first, endOf(count) + 1, record);
    cells.setInt(first, countAt, count + 1);
  }

  /** One bucket more: what of another belongs there goes there. */
  #part(): void {
    const cells = this.#cells;
    if (this.#buckets === 2 * this.#round) this.#round *= 2;
    const parted = this.#buckets - this.#round;
    if (this.#buckets % bucketsPerChunk === 0) this.#chunks.push(new Int32Array(bucketsPerChunk));
    this.#buckets += 1;
    let cell = this.#first(parted);
    this.#setFirst(parted, none);
    while (cell !== none) {
      const end = endOf(cells.int(cell, countAt));
      for (let at = firstHashAt; at < end; at += 2) {
        this.#enter(cells.int(cell, at + 1), cells.int(cell, at));
      }
      const next = cells.int(cell, nextAt);
      cells.give(cell);
      cell = next;
    }
  }

  #bucketOf(hash: number): number {
    const bucket = hash & (2 * this.#round - 1);
    return bucket < this.#buckets ? bucket : bucket & (this.#round - 1);
  }

  #first(bucket: number): Cell {
    return this.#chunks[bucket >>> chunkShift]?.[bucket & (bucketsPerChunk - 1)] ?? none;
  }

  #setFirst(bucket: number, cell: Cell): void {
    const chunk = this.#chunks[bucket >>> chunkShift];
    if (chunk !== undefined) chunk[bucket & (bucketsPerChunk - 1)] = cell;
  }
}

/** Where the entries of a cell end that has so many. */
function endOf(count: number): number {
  return firstHashAt + 2 * count;
}

/** The slots of one key lie far apart. */
function hashOf(slot: number, { hash }: PackedKey): number {
  return (hash + Math.imul(slot, 0x9e3779b1)) | 0;
}
