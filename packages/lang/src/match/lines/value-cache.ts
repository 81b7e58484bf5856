import { equalBytes, hashBytes, readAhead } from "./hash-bytes.ts";

const firstSlots = 1 << 10;
const mostSlots = 1 << 16;
/** A value may stand in so many slots, side by side: so far looks who knows how to make values collide. */
const ways = 8;
const firstBytes = 1 << 16;
const mostBytes = 1 << 23;
/** Longer values seldom come twice. */
const longestKept = 4_096;

/**
 * Values as they stand in the text, by field and kind, and what was found out about each. Both the table and
 * the bytes grow up to a bound; then a new value takes the place of an old one. A value is known only if all of
 * its bytes are equal. A look takes bounded time whatever the values are.
 *
 * The bytes are a ring: what is written last overwrites what was written first.
 */
export class ValueCache<T> {
  #hashes: Int32Array = new Int32Array(firstSlots);
  /** Field and kind; -1: free. */
  #owners: Int32Array = new Int32Array(firstSlots).fill(-1);
  #lengths: Int32Array = new Int32Array(firstSlots);
  /** How many bytes had been written before it, of all there ever were. */
  #positions: Float64Array = new Float64Array(firstSlots);
  #results: (T | undefined)[] = new Array<T | undefined>(firstSlots).fill(undefined);
  #bytes: Uint8Array = new Uint8Array(firstBytes + readAhead);
  #view: DataView = new DataView(this.#bytes.buffer);
  #written = 0;
  #size = 0;
  #replaced = 0;
  /** Whose turn it is to be replaced. */
  #turn = 0;
  /** Of the value looked for last. */
  #hash = 0;

  find(owner: number, view: DataView, start: number, end: number): T | undefined {
    const hash = hashBytes(view, start, end, owner);
    this.#hash = hash;
    const mask = this.#hashes.length - 1;
    const length = end - start;
    for (let way = 0; way < ways; way += 1) {
      const slot = (hash + way) & mask;
      if (
        this.#hashes[slot] === hash &&
        this.#owners[slot] === owner &&
        this.#lengths[slot] === length &&
        this.#isWhole(slot) &&
        equalBytes(this.#view, this.#placeOf(slot), view, start, length)
      ) {
        return this.#results[slot];
      }
    }
    return undefined;
  }

  /** Remembers a value that `find` did not find just before. */
  add(owner: number, bytes: Uint8Array, start: number, end: number, result: T): void {
    const length = end - start;
    if (length > longestKept) return;
    this.#makeRoom(length);
    const slot = this.#freeSlot();
    this.#hashes[slot] = this.#hash;
    this.#owners[slot] = owner;
    this.#lengths[slot] = length;
    this.#positions[slot] = this.#written;
    this.#results[slot] = result;
    const place = this.#written % this.#capacity;
    for (let at = 0; at < length; at += 1) this.#bytes[place + at] = bytes[start + at] ?? 0;
    this.#written += length;
  }

  clear(): void {
    this.#owners.fill(-1);
    this.#results.fill(undefined);
    this.#size = 0;
    this.#written = 0;
  }

  /** Values that are remembered; some of them may have lost their bytes. */
  get size(): number {
    return this.#size;
  }

  get byteLength(): number {
    return this.#hashes.length * 28 + this.#bytes.length;
  }

  /** Values that had to go for others. */
  get replaced(): number {
    return this.#replaced;
  }

  get #capacity(): number {
    return this.#bytes.length - readAhead;
  }

  #placeOf(slot: number): number {
    return (this.#positions[slot] ?? 0) % this.#capacity;
  }

  /** Nothing has been written over its bytes. */
  #isWhole(slot: number): boolean {
    return this.#written - (this.#positions[slot] ?? 0) <= this.#capacity;
  }

  /** No value lies across the end of the ring. */
  #makeRoom(length: number): void {
    if (this.#written + length > this.#capacity && this.#capacity < mostBytes) {
      const bytes = new Uint8Array(2 * this.#capacity + readAhead);
      bytes.set(this.#bytes);
      this.#bytes = bytes;
      this.#view = new DataView(bytes.buffer);
    }
    const rest = this.#capacity - (this.#written % this.#capacity);
    if (rest < length) this.#written += rest;
  }

  #freeSlot(): number {
    if (2 * this.#size >= this.#hashes.length && this.#hashes.length < mostSlots) this.#grow();
    const mask = this.#hashes.length - 1;
    for (let way = 0; way < ways; way += 1) {
      const slot = (this.#hash + way) & mask;
      if (this.#owners[slot] === -1 || !this.#isWhole(slot)) {
        if (this.#owners[slot] === -1) this.#size += 1;
        return slot;
      }
    }
    this.#replaced += 1;
    this.#turn = (this.#turn + 1) % ways;
    return (this.#hash + this.#turn) & mask;
  }

  #grow(): void {
    const hashes = this.#hashes;
    const owners = this.#owners;
    const lengths = this.#lengths;
    const positions = this.#positions;
    const results = this.#results;
    const slots = 2 * hashes.length;
    this.#hashes = new Int32Array(slots);
    this.#owners = new Int32Array(slots).fill(-1);
    this.#lengths = new Int32Array(slots);
    this.#positions = new Float64Array(slots);
    this.#results = new Array<T | undefined>(slots).fill(undefined);
    this.#size = 0;
    hashes.forEach((hash, old) => {
      if (owners[old] === -1) return;
      for (let way = 0; way < ways; way += 1) {
        const slot = (hash + way) & (slots - 1);
        if (this.#owners[slot] !== -1) continue;
        this.#hashes[slot] = hash;
        this.#owners[slot] = owners[old] ?? -1;
        this.#lengths[slot] = lengths[old] ?? 0;
        this.#positions[slot] = positions[old] ?? 0;
        this.#results[slot] = results[old];
        this.#size += 1;
        return;
      }
      this.#replaced += 1;
    });
  }
}
