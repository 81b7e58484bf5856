import { encodeKey, encodeValue, type JoinKey } from "../join-key.ts";
import { type HashKey, hashWords } from "./keyed-hash.ts";

/**
 * The key at hand, as records keep it: the units of the text that `encodeKey` makes, a byte for each, or two where some
 * unit asks for it.
 */
export class PackedKey {
  words: Int32Array = new Int32Array(64);
  /** How many words the key takes. What is left of the last one is zero. */
  size = 0;
  /** Units of the text; below zero where they take two bytes each. */
  length = 0;
  hash = 0;
  readonly #hashKey: HashKey;
  #bytes: Uint8Array = new Uint8Array(this.words.buffer);
  /** Where the next unit goes. */
  #end = 0;
  #key: JoinKey | undefined;

  constructor(hashKey: HashKey) {
    this.#hashKey = hashKey;
  }

  pack(key: JoinKey): void {
    // An event may have the key for many steps.
    if (key === this.#key) return;
    this.#key = key;
    let bytes = this.#packBytes(key);
    this.length = bytes;
    if (bytes < 0) {
      const text = encodeKey(key);
      this.length = -text.length;
      bytes = this.#packPairs(text);
    }
    this.size = (bytes + 3) >>> 2;
    this.hash = hashWords(this.words, bytes, this.#hashKey);
  }

  /** How many bytes there are; below zero where some unit is none. Makes no text: it is done for every event. */
  #packBytes(key: JoinKey): number {
    let all = 0;
    this.#end = 0;
    for (const value of key) {
      if (typeof value === "string") {
        this.#put("s");
        this.#putNumber(value.length);
        this.#put(":");
        all |= this.#put(value);
      } else {
        all |= this.#put(encodeValue(value));
      }
    }
    this.#bytes.fill(0, this.#end, this.#end + 3);
    return all <= 0xff ? this.#end : -1;
  }

  #put(text: string): number {
    this.#makeRoom(this.#end + text.length);
    const bytes = this.#bytes;
    let end = this.#end;
    let all = 0;
    for (let at = 0; at < text.length; at += 1) {
      const unit = text.charCodeAt(at);
      all |= unit;
      bytes[end] = unit;
      end += 1;
    }
    this.#end = end;
    return all;
  }

  #putNumber(number: number): void {
    if (number > 9) this.#putNumber(Math.floor(number / 10));
    this.#put(digits.charAt(number % 10));
  }

  #packPairs(text: string): number {
    this.#makeRoom(2 * text.length);
    const { words } = this;
    for (let at = 0; at < text.length; at += 2) {
      const second = at + 1 < text.length ? text.charCodeAt(at + 1) : 0;
      words[at >>> 1] = text.charCodeAt(at) | (second << 16);
    }
    return 2 * text.length;
  }

  #makeRoom(bytes: number): void {
    if (bytes + 4 <= this.#bytes.length) return;
    const words = new Int32Array((bytes >>> 1) + 4);
    words.set(this.words);
    this.words = words;
    this.#bytes = new Uint8Array(words.buffer);
  }
}

const digits = "0123456789";
