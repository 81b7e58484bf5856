import { growingWords } from "./growing.ts";
import { type ValueId, ValueTable } from "./value-table.ts";

/** The place of an indicator among those that were read, in the order of reading, from 0. */
export type IndicatorId = number;

/**
 * One field of all indicators, by value: which indicators have one, and which values an indicator
 * has. Some numbers for each value that an indicator has, no object.
 */
export class IndicatorColumn {
  readonly #table = new ValueTable();
  /** By value: its last entry, and how many it has. The entries of a value are a ring: the last leads to the first. */
  readonly #last = growingWords();
  readonly #counts = growingWords();
  /** By entry, in the order of indicators: whose it is, its value, and the next entry of that value. */
  readonly #indicators = growingWords();
  readonly #values = growingWords();
  readonly #next = growingWords();

  get entries(): number {
    return this.#indicators.length;
  }

  /** What the column takes up. */
  get bytes(): number {
    return this.#table.bytes + 8 * this.#table.size + 12 * this.entries;
  }

  /** Adds the values of an indicator; its number is higher than all before. */
  add(indicator: IndicatorId, texts: readonly string[]): void {
    for (const text of new Set(texts)) {
      const value = this.#table.add(text);
      const entry = this.entries;
      this.#indicators.push(indicator);
      this.#values.push(value);
      if (value === this.#last.length) {
        this.#last.push(entry);
        this.#counts.push(1);
        this.#next.push(entry);
      } else {
        const last = this.#last.at(value);
        this.#next.push(this.#next.at(last));
        this.#next.set(last, entry);
        this.#last.set(value, entry);
        this.#counts.set(value, this.#counts.at(value) + 1);
      }
    }
  }

  /** The value that some indicator has; undefined where none does. */
  find(text: string): ValueId | undefined {
    return this.#table.find(text);
  }

  /** How many entries the values have together. */
  countOf(values: ReadonlySet<ValueId>): number {
    let count = 0;
    for (const value of values) count += this.#counts.at(value);
    return count;
  }

  /** Indicators with some of the values; one with several of them comes several times. */
  *indicatorsWith(values: ReadonlySet<ValueId>): Generator<IndicatorId> {
    for (const value of values) {
      const last = this.#last.at(value);
      let entry = last;
      do {
        entry = this.#next.at(entry);
        yield this.#indicators.at(entry);
      } while (entry !== last);
    }
  }

  hasAny(indicator: IndicatorId): boolean {
    return this.#indicators.at(this.#firstEntry(indicator)) === indicator;
  }

  /** The values of the indicator that are among the given ones. */
  commonValues(indicator: IndicatorId, values: ReadonlySet<ValueId>): readonly ValueId[] {
    const common: ValueId[] = [];
    let entry = this.#firstEntry(indicator);
    for (; this.#indicators.at(entry) === indicator; entry += 1) {
      const value = this.#values.at(entry);
      if (values.has(value)) common.push(value);
    }
    return common;
  }

  #firstEntry(indicator: IndicatorId): number {
    let low = 0;
    let high = this.entries;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#indicators.at(middle) < indicator) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
