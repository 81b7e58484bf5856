/** A list of leaves, by number. */
export type TruthList = number;

/** The list of none. */
export const noLeaves: TruthList = 0;

/** Numbers of all lists together. Ordinary rules and events come to some ten thousand. */
const mostNumbers = 1 << 20;

/**
 * The lists of leaves that values make true, each kept once: most values of a field share a few. All
 * stand one after another in one array, which is faster to go over than many.
 */
export class TruthLists {
  /** The leaves of list `n` stand from `start(n)` to `end(n)`. */
  leaves: Int32Array = new Int32Array(1 << 10);
  /** Changes when lists are forgotten: numbers from before mean nothing any more. */
  generation = 0;
  #ends: Int32Array = new Int32Array(1 << 8);
  #count = 1;
  #permanent = 1;
  readonly #numbers: Map<string, TruthList> = new Map([["", noLeaves]]);

  /** Ascending or not, the order is kept. */
  add(ids: readonly number[]): TruthList {
    const key = ids.join();
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const list = this.#count;
    const start = this.start(list);
    this.leaves = withRoom(this.leaves, start + ids.length);
    this.#ends = withRoom(this.#ends, list + 1);
    this.leaves.set(ids, start);
    this.#ends[list] = start + ids.length;
    this.#count += 1;
    this.#numbers.set(key, list);
    return list;
  }

  start(list: TruthList): number {
    return list === 0 ? 0 : (this.#ends[list - 1] ?? 0);
  }

  end(list: TruthList): number {
    return this.#ends[list] ?? 0;
  }

  /** What is there now stays for ever. */
  keep(): void {
    this.#permanent = this.#count;
  }

  /** Forgets lists, if there are too many. To be called between events. */
  bound(): void {
    if (this.start(this.#count) < mostNumbers) return;
    for (const [key, list] of this.#numbers) {
      if (list >= this.#permanent) this.#numbers.delete(key);
    }
    this.#count = this.#permanent;
    this.generation += 1;
  }
}

function withRoom(numbers: Int32Array, length: number): Int32Array {
  if (length <= numbers.length) return numbers;
  const larger = new Int32Array(2 * length);
  larger.set(numbers);
  return larger;
}
