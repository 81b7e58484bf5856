/** Something kept by key, and how much of the bound it takes. */
export interface Entry<T> {
  readonly key: string;
  readonly value: T;
  weight: number;
  generation: Generation<T>;
}

interface Generation<T> {
  readonly entries: Map<string, Entry<T>>;
  weight: number;
  /** Given up for want of room, not because its time was over. */
  isLost: boolean;
}

/**
 * A map that forgets what nobody touched for a while, without ever going over all of it: entries
 * live in a young and an old generation, a touch moves them into the young one, and `rotate` makes
 * the young one old and drops the old one whole. What survives a rotation was touched since the one before.
 */
export class Generations<T> {
  #young: Generation<T> = emptyGeneration();
  #old: Generation<T> = emptyGeneration();

  /** The entry, now among the young. */
  touch(key: string): Entry<T> | undefined {
    const young = this.#young.entries.get(key);
    if (young !== undefined) return young;
    const entry = this.#old.entries.get(key);
    if (entry === undefined) return undefined;
    this.#old.entries.delete(key);
    this.#old.weight -= entry.weight;
    this.#young.entries.set(key, entry);
    this.#young.weight += entry.weight;
    entry.generation = this.#young;
    return entry;
  }

  /** A new entry of weight 0. The key must not be there. */
  add(key: string, value: T): Entry<T> {
    const entry = { key, value, weight: 0, generation: this.#young };
    this.#young.entries.set(key, entry);
    return entry;
  }

  /** Changes the weight; an entry that weighs nothing is forgotten. */
  weigh(entry: Entry<T>, change: number): void {
    entry.weight += change;
    entry.generation.weight += change;
    if (entry.weight === 0) entry.generation.entries.delete(entry.key);
  }

  get youngWeight(): number {
    return this.#young.weight;
  }

  /** Drops the old; `isLoss` when it might still have been of use. Says whether anything was lost. */
  rotate(isLoss: boolean): boolean {
    const isLost = isLoss && this.#old.weight > 0;
    this.#old.isLost = isLost;
    this.#old = this.#young;
    this.#young = emptyGeneration();
    return isLost;
  }
}

function emptyGeneration<T>(): Generation<T> {
  return { entries: new Map(), weight: 0, isLost: false };
}
