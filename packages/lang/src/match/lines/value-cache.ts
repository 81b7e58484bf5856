import type { TruthList } from "../truth-lists.ts";
import { equalBytes, hashBytes, readAhead } from "./hash-bytes.ts";

const firstSlots = 1 << 10;
const mostSlots = 1 << 17;
/** A value may stand in so many slots, side by side: so far looks who knows how to make values collide. */
const ways = 8;
const firstBytes = 1 << 16;
const mostBytes = 1 << 23;
/** Longer values are analysed each time: few of them would fill the memory. */
const longestKept = 32_768;

/** Numbers for each slot, and what they are: together, because they are read together. */
const stride = 5;
const hashAt = 0;
/** Field and kind; -1: free. */
const ownerAt = 1;
const lengthAt = 2;
/** Where its bytes are. */
const placeAt = 3;
const listAt = 4;

/**
 * Values as they stand in the text, by field and kind, and the leaves that each makes true. Both the table and
 * the bytes grow up to a bound; then a new value takes the place of an old one. A value is known only if all of
 * its bytes are equal. A look takes bounded time whatever the values are.
 *
 * The bytes are a ring: what is written last overwrites what was written first. Slots whose bytes are gone stay until
 * their place is wanted: they are equal to nothing, and if to something, then rightly.
 */
export class ValueCache {
  #slots: Int32Array = makeSlots(firstSlots);
  #mask: number = firstSlots - 1;
  #bytes: Uint8Array = new Uint8Array(firstBytes + readAhead);
  #view: DataView = new DataView(this.#bytes.buffer);
  /** Where the next bytes go. */
  #next = 0;
  #size = 0;
  #drops = 0;
  /** Whose turn it is to be replaced. */
  #turn = 0;
  /** Of the value looked for last. */
  #hash = 0;

  find(owner: number, view: DataView, start: number, end: number): TruthList | undefined {
    const hash = hashBytes(view, start, end, owner);
    this.#hash = hash;
    const slots = this.#slots;
    const length = end - start;
    for (let way = 0; way < ways; way += 1) {
      const slot = (hash + way) & this.#mask;
      const at = slot * stride;
      if (slots[at + ownerAt] === -1) return undefined;
      if (
        slots[at + hashAt] === hash &&
        slots[at + ownerAt] === owner &&
        slots[at + lengthAt] === length &&
        equalBytes(this.#view, slots[at + placeAt] ?? 0, view, start, length)
      ) {
        return slots[at + listAt];
      }
    }
    return undefined;
  }

  /** Remembers a value that `find` did not find just before. */
  add(owner: number, view: DataView, start: number, end: number, list: TruthList): void {
    const length = end - start;
    if (length > longestKept) return;
    this.#makeRoom(length);
    if (2 * this.#size > this.#mask && this.#mask < mostSlots - 1) this.#grow();
    const slot = this.#chooseSlot(this.#hash);
    const at = slot * stride;
    this.#slots[at + hashAt] = this.#hash;
    this.#slots[at + ownerAt] = owner;
    this.#slots[at + lengthAt] = length;
    this.#slots[at + placeAt] = this.#next;
    this.#slots[at + listAt] = list;
    // Four at a time: what goes too far is written over by the next.
    for (let from = 0; from < length; from += 4) {
      this.#view.setInt32(this.#next + from, view.getInt32(start + from, true), true);
    }
    this.#next += length;
  }

  clear(): void {
    this.#slots.fill(-1);
    this.#size = 0;
    this.#next = 0;
    this.#drops += 1;
  }

  /** Values that are remembered; some may have lost their bytes. */
  get size(): number {
    return this.#size;
  }

  get byteLength(): number {
    return this.#slots.byteLength + this.#bytes.length;
  }

  /** Values that had to make room, and turns of the ring. */
  get drops(): number {
    return this.#drops;
  }

  /** No value lies across the end of the ring. */
  #makeRoom(length: number): void {
    const capacity = this.#bytes.length - readAhead;
    if (this.#next + length <= capacity) return;
    if (capacity === mostBytes) {
      this.#next = 0;
      this.#drops += 1;
      return;
    }
    const bytes = new Uint8Array(2 * capacity + readAhead);
    bytes.set(this.#bytes);
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer);
  }

  #chooseSlot(hash: number): number {
    for (let way = 0; way < ways; way += 1) {
      const slot = (hash + way) & this.#mask;
      if (this.#slots[slot * stride + ownerAt] !== -1) continue;
      this.#size += 1;
      return slot;
    }
    this.#drops += 1;
    this.#turn = (this.#turn + 1) % ways;
    return (hash + this.#turn) & this.#mask;
  }

  #grow(): void {
    const slots = this.#slots;
    const count = 2 * (this.#mask + 1);
    this.#slots = makeSlots(count);
    this.#mask = count - 1;
    this.#size = 0;
    for (let from = 0; from < slots.length; from += stride) {
      if (slots[from + ownerAt] === -1) continue;
      const slot = this.#chooseSlot(slots[from + hashAt] ?? 0);
      const to = slot * stride;
      for (let each = 0; each < stride; each += 1) this.#slots[to + each] = slots[from + each] ?? 0;
    }
  }
}

function makeSlots(count: number): Int32Array {
  return new Int32Array(count * stride).fill(-1);
}
