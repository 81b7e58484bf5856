import type { FieldValue } from "./document.ts";
import type { TruthList } from "./truth-lists.ts";

/** Longer values are analysed each time: few of them would fill the memory. */
const longestKept = 32_768;
/** Values of each of the two generations, and UTF-16 units of their texts. */
const mostKept = 4_096;
const mostKeptUnits = 500_000;

/**
 * What was found out about the values of one field, by value and JSON type (4 and "4" are two). There are two
 * generations: a value that is asked for moves to the young one, and when that is full, the old one is dropped.
 */
export class KnownValues {
  #young: Map<FieldValue, TruthList> = new Map();
  #old: Map<FieldValue, TruthList> = new Map();
  #youngUnits = 0;
  #oldUnits = 0;
  #drops = 0;

  find(value: FieldValue): TruthList | undefined {
    const list = this.#young.get(value);
    if (list !== undefined || this.#old.size === 0) return list;
    const older = this.#old.get(value);
    if (older !== undefined) this.add(value, older);
    return older;
  }

  add(value: FieldValue, list: TruthList): void {
    const units = typeof value === "string" ? value.length : 0;
    if (units > longestKept) return;
    if (this.#young.size >= mostKept || this.#youngUnits > mostKeptUnits) {
      if (this.#old.size > 0) this.#drops += 1;
      this.#old = this.#young;
      this.#oldUnits = this.#youngUnits;
      this.#young = new Map();
      this.#youngUnits = 0;
    }
    this.#young.set(value, list);
    this.#youngUnits += units;
  }

  clear(): void {
    this.#young.clear();
    this.#old.clear();
    this.#youngUnits = 0;
    this.#oldUnits = 0;
    this.#drops += 1;
  }

  get size(): number {
    return this.#young.size + this.#old.size;
  }

  /** UTF-16 units of their texts. */
  get units(): number {
    return this.#youngUnits + this.#oldUnits;
  }

  get drops(): number {
    return this.#drops;
  }
}
