import { encodeKey, type JoinKey } from "../join-key.ts";
import { type HashKey, hashWords } from "./keyed-hash.ts";

/** The key at hand, as records keep it: a byte for each unit of its text, or two where some unit asks for it. */
export class PackedKey {
  words: Int32Array = new Int32Array(64);
  /** How many words the key takes. What is left of the last one is zero. */
  size = 0;
  /** Units of the text; below zero where they take two bytes each. */
  length = 0;
  hash = 0;
  readonly #hashKey: HashKey;
  #text: string | undefined;

  constructor(hashKey: HashKey) {
    this.#hashKey = hashKey;
  }

  pack(key: JoinKey): void {
    const text = encodeKey(key);
    // An event may have the key for many steps.
    if (text === this.#text) return;
    this.#text = text;
    const bytes = this.#packBytes(text) ? text.length : this.#packPairs(text);
    this.size = (bytes + 3) >>> 2;
    this.length = bytes === text.length ? bytes : -text.length;
    this.hash = hashWords(this.words, bytes, this.#hashKey);
  }

  /** Gives up, and says so, where a unit is no byte. */
  #packBytes(text: string): boolean {
    this.#makeRoom(text.length);
    const { words } = this;
    let all = 0;
    let word = 0;
    for (let at = 0; at < text.length; at += 1) {
      const unit = text.charCodeAt(at);
      all |= unit;
      word |= unit << ((at & 3) << 3);
      if ((at & 3) !== 3) continue;
      words[at >>> 2] = word;
      word = 0;
    }
    words[text.length >>> 2] = word;
    return all <= 0xff;
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
    if (bytes + 4 > 4 * this.words.length) this.words = new Int32Array((bytes >>> 1) + 4);
  }
}
