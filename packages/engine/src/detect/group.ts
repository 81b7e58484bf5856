import type { Arrival, KeyId, StepColumn, TimeColumn } from "./columns.ts";
import { readKeys } from "./wanted-rows.ts";
import type { Run } from "./windows.ts";

/** What a group had when it was taken. */
export interface Counted {
  /** Oldest first. */
  readonly arrivals: readonly Arrival[];
  /** How many different values; undefined where none are counted. */
  readonly distinct: number | undefined;
}

/** The events of one key that lie in the window of the current run and are in no alert yet. */
export class Group {
  readonly key: KeyId;
  readonly #valuesOf: ((arrival: Arrival) => readonly KeyId[]) | undefined;
  readonly #arrivals: Arrival[] = [];
  /** Where the window starts among them. */
  #start = 0;
  /** By value: how many of the events have it. */
  readonly #byValue = new Map<KeyId, number>();

  /** `values` are those of the field whose different values are counted. */
  constructor(key: KeyId, values: StepColumn | undefined) {
    this.key = key;
    this.#valuesOf = values && readKeys(values, () => true);
  }

  get count(): number {
    return this.#arrivals.length - this.#start;
  }

  get distinct(): number | undefined {
    return this.#valuesOf && this.#byValue.size;
  }

  /** Events enter in the order of time. */
  enter(arrival: Arrival): void {
    this.#arrivals.push(arrival);
    for (const value of this.#valuesOf?.(arrival) ?? []) {
      this.#byValue.set(value, (this.#byValue.get(value) ?? 0) + 1);
    }
  }

  /** Lets go of what happened before the run's window. */
  leaveBefore({ from }: Run, times: TimeColumn): void {
    for (; this.count > 0; this.#start += 1) {
      const arrival = this.#arrivals[this.#start] ?? 0;
      if ((times.at(arrival) ?? from) >= from) break;
      for (const value of this.#valuesOf?.(arrival) ?? []) this.#forget(value);
    }
    if (this.#start > this.#arrivals.length / 2) {
      this.#arrivals.splice(0, this.#start);
      this.#start = 0;
    }
  }

  /** What the group holds; it is empty afterwards. */
  take(): Counted {
    const { distinct } = this;
    const arrivals = this.#arrivals.splice(0).slice(this.#start);
    this.#start = 0;
    this.#byValue.clear();
    return { arrivals, distinct };
  }

  #forget(value: KeyId): void {
    const left = (this.#byValue.get(value) ?? 0) - 1;
    if (left > 0) this.#byValue.set(value, left);
    else this.#byValue.delete(value);
  }
}
