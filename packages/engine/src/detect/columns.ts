import { decodeKey, type JoinKey } from "@harrier/lang/match";
import type { EpochNanos } from "@harrier/lang/values";
import { type Growing, growingDoubles, growingWords } from "./growing.ts";

/** The place of an event among those that were recorded, in the order of reading, from 0. */
export type Arrival = number;

/** The place of a join key among the different ones that were seen. */
export type KeyId = number;

/** The events that meet one step, with their keys for it: two numbers for each. Arrivals never decrease. */
export interface StepColumn {
  readonly arrivals: Growing<Uint32Array<ArrayBuffer>>;
  readonly keys: Growing<Uint32Array<ArrayBuffer>>;
}

export function makeStepColumn(): StepColumn {
  return { arrivals: growingWords(), keys: growingWords() };
}

/** The first row of a column that belongs to the event or a later one. Found fast where it is near the guess. */
export function firstRow({ arrivals }: StepColumn, arrival: Arrival, guess = 0): number {
  let low = 0;
  let high = arrivals.length;
  if (guess < high && arrivals.at(guess) < arrival) {
    low = guess + 1;
    for (let far = 1; guess + far < high; far *= 2) {
      if (arrivals.at(guess + far) < arrival) low = guess + far + 1;
      else high = guess + far;
    }
  } else {
    high = Math.min(guess, high);
    for (let far = 1; high - far > low; far *= 2) {
      if (arrivals.at(high - far) < arrival) low = high - far + 1;
      else high -= far;
    }
  }
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (arrivals.at(middle) < arrival) low = middle + 1;
    else high = middle;
  }
  return low;
}

const nanosPerSecond = 1_000_000_000n;

/** A time in seconds and nanoseconds: both are exact, at any date. */
export interface SplitTime {
  /** Minus infinity where there is no time. */
  readonly seconds: number;
  readonly nanos: number;
}

export function splitTime(time: EpochNanos | undefined): SplitTime {
  if (time === undefined) return { seconds: Number.NEGATIVE_INFINITY, nanos: 0 };
  const nanos = ((time % nanosPerSecond) + nanosPerSecond) % nanosPerSecond;
  return { seconds: Number((time - nanos) / nanosPerSecond), nanos: Number(nanos) };
}

/** Times of the recorded events by one field. */
export class TimeColumn {
  readonly #seconds = growingDoubles();
  readonly #nanos = growingWords();

  push(seconds: number, nanos: number): void {
    this.#seconds.push(seconds);
    this.#nanos.push(nanos);
  }

  has(arrival: Arrival): boolean {
    return this.#seconds.at(arrival) !== Number.NEGATIVE_INFINITY;
  }

  /** Undefined for an event without a time. */
  at(arrival: Arrival): EpochNanos | undefined {
    if (!this.has(arrival)) return undefined;
    return BigInt(this.#seconds.at(arrival)) * nanosPerSecond + BigInt(this.#nanos.at(arrival));
  }

  /** Earlier first; events without a time before all others. */
  compare(left: Arrival, right: Arrival): number {
    const a = this.#seconds.at(left);
    const b = this.#seconds.at(right);
    if (a !== b) return a < b ? -1 : 1;
    return this.#nanos.at(left) - this.#nanos.at(right);
  }
}

const wordsPerFingerprint = 4;

/** Names of the recorded events, 128 bits each. */
export class FingerprintColumn {
  readonly #words = growingWords();

  /** Takes the 16 bytes that begin there. */
  push(bytes: Uint8Array, start: number): void {
    for (let at = start; at < start + 4 * wordsPerFingerprint; at += 4) {
      const [a = 0, b = 0, c = 0, d = 0] = bytes.subarray(at, at + 4);
      this.#words.push(((a << 24) | (b << 16) | (c << 8) | d) >>> 0);
    }
  }

  /** An order that has nothing to do with the order of reading; 0 for the same event. */
  compare(left: Arrival, right: Arrival): number {
    for (let word = 0; word < wordsPerFingerprint; word += 1) {
      const order = this.#at(left, word) - this.#at(right, word);
      if (order !== 0) return order;
    }
    return 0;
  }

  /** The same text for the same event. */
  text(arrival: Arrival): string {
    let text = "";
    for (let word = 0; word < wordsPerFingerprint; word += 1) text += `${this.#at(arrival, word)} `;
    return text;
  }

  #at(arrival: Arrival, word: number): number {
    return this.#words.at(arrival * wordsPerFingerprint + word);
  }
}

/** Join keys by number: an equal key has the same number, whichever rule or step it comes from. */
export class KeyTable {
  readonly #ids = new Map<string, KeyId>();
  readonly #texts: string[] = [];
  /** What the table takes up, roughly. */
  bytes = 0;

  get size(): number {
    return this.#ids.size;
  }

  /** The number of a key, by what `encodeKey` makes of it. */
  idOf(text: string): KeyId {
    const known = this.#ids.get(text);
    if (known !== undefined) return known;
    const id = this.#ids.size;
    this.#ids.set(text, id);
    this.#texts.push(text);
    this.bytes += 2 * text.length + bytesPerKey;
    return id;
  }

  /** The values of a key. Whole numbers that no `number` can hold come as `bigint`. */
  at(id: KeyId): JoinKey {
    const text = this.#texts[id];
    if (text === undefined) throw new RangeError(`there is no key ${id}`);
    return decodeKey(text);
  }
}

/** A map's entry, a string's header and a place in a list. */
const bytesPerKey = 72;
