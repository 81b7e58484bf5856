import { growingWords } from "./growing.ts";

/** A set of small numbers, one bit for each up to the largest. Numbers enter in rising order. */
export class Bits {
  readonly #words = growingWords();
  size = 0;

  /** Adds a number that is higher than all before. */
  add(number: number): void {
    const word = number >>> 5;
    while (this.#words.length <= word) this.#words.push(0);
    this.#words.set(word, this.#words.at(word) | (1 << (number & 31)));
    this.size += 1;
  }

  has(number: number): boolean {
    return ((this.#words.at(number >>> 5) >>> (number & 31)) & 1) === 1;
  }
}
