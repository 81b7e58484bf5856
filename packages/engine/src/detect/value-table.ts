import { createHash } from "node:crypto";
import { type Growing, growingWords } from "./growing.ts";

/** The place of a text among the different ones of its table, from 0. */
export type ValueId = number;

const pageBytes = 1 << 20;
const mostPages = 1 << 12;
/** UTF-16 units. A longer text is kept as its digest: nobody compares more of it than whether it is the same. */
const longestText = 1 << 10;

/**
 * Different texts by number, by the million: some 20 bytes for each beside its own in UTF-8, where a
 * `Map` takes over a hundred. Holds 4 GiB of text; throws a `RangeError` beyond.
 */
export class ValueTable {
  readonly #pages: Buffer[] = [];
  /** Where the free part of the last page starts. */
  #end = pageBytes;
  /** Where each text starts: its page's place and its own there. */
  readonly #starts: Growing<Uint32Array<ArrayBuffer>> = growingWords();
  readonly #lengths: Growing<Uint32Array<ArrayBuffer>> = growingWords();
  readonly #hashes: Growing<Uint32Array<ArrayBuffer>> = growingWords();
  /** Open addressing, one step on where it is full: ids, one higher; 0 is free. At most half are taken. */
  #slots: Uint32Array = new Uint32Array(16);
  /** The text that is looked for, and how long it is. */
  readonly #wanted: Buffer = Buffer.allocUnsafe(3 * longestText);
  #wantedLength = 0;

  get size(): number {
    return this.#starts.length;
  }

  /** What the table takes up. */
  get bytes(): number {
    return this.#pages.length * pageBytes + this.#slots.byteLength + 12 * this.size;
  }

  find(text: string): ValueId | undefined {
    const hash = this.#want(text);
    const entry = this.#slots[this.#slotOf(hash)] ?? 0;
    return entry === 0 ? undefined : entry - 1;
  }

  /** The number of the text, a new one where it was not there. */
  add(text: string): ValueId {
    const hash = this.#want(text);
    const slot = this.#slotOf(hash);
    const entry = this.#slots[slot] ?? 0;
    if (entry !== 0) return entry - 1;
    this.#starts.push(this.#append());
    this.#lengths.push(this.#wantedLength);
    this.#hashes.push(hash);
    this.#slots[slot] = this.size;
    if (this.size * 2 > this.#slots.length) this.#grow();
    return this.size - 1;
  }

  #want(text: string): number {
    const known = text.length > longestText ? digest(text) : text;
    this.#wantedLength = this.#wanted.write(known);
    let hash = 0x811c9dc5;
    for (let at = 0; at < this.#wantedLength; at += 1) {
      hash = Math.imul(hash ^ (this.#wanted[at] ?? 0), 0x01000193);
    }
    // The low bits pick the slot: bring the high ones down.
    return (hash ^ (hash >>> 15)) >>> 0;
  }

  /** Where the wanted text is, or would go. */
  #slotOf(hash: number): number {
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    for (let entry = this.#slots[slot] ?? 0; entry !== 0; entry = this.#slots[slot] ?? 0) {
      if (this.#hashes.at(entry - 1) === hash && this.#isWanted(entry - 1)) return slot;
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  #isWanted(id: ValueId): boolean {
    const length = this.#lengths.at(id);
    if (length !== this.#wantedLength) return false;
    const start = this.#starts.at(id);
    const page = this.#pages[Math.floor(start / pageBytes)];
    const from = start % pageBytes;
    for (let at = 0; at < length; at += 1) {
      if (page?.[from + at] !== this.#wanted[at]) return false;
    }
    return true;
  }

  #append(): number {
    const length = this.#wantedLength;
    if (this.#end + length > pageBytes) {
      if (this.#pages.length === mostPages) throw new RangeError("too many different values");
      this.#pages.push(Buffer.allocUnsafeSlow(pageBytes));
      this.#end = 0;
    }
    const last = this.#pages.length - 1;
    const start = last * pageBytes + this.#end;
    this.#wanted.copy(this.#pages[last] ?? this.#wanted, this.#end, 0, length);
    this.#end += length;
    return start;
  }

  #grow(): void {
    const slots = new Uint32Array(this.#slots.length * 2);
    const mask = slots.length - 1;
    for (let id = 0; id < this.size; id += 1) {
      let slot = this.#hashes.at(id) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = id + 1;
    }
    this.#slots = slots;
  }
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
