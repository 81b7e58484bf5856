import { AgeList } from "./age-list.ts";
import { type Cell, none } from "./cells.ts";
import type { SequenceMemory } from "./memory.ts";
import { eventAt as beforeAt, firstAt as latestAt } from "./record.ts";

const never = Number.NEGATIVE_INFINITY;

/** The two latest different times of leading missing events, by key. Times are milliseconds. */
export class Leads {
  readonly #memory: SequenceMemory;
  readonly #slot: number;
  readonly #ages: AgeList;
  count = 0;
  /** The latest time that was given up for want of room: it stands for all keys. */
  #lost = never;

  constructor(memory: SequenceMemory, slot: number) {
    this.#memory = memory;
    this.#slot = slot;
    this.#ages = new AgeList(memory.cells);
  }

  /** The record that was left alone longest. */
  get oldest(): Cell {
    return this.#ages.oldest;
  }

  /** The time of that record. */
  latestOf(record: Cell): number {
    return this.#memory.cells.double(record, latestAt);
  }

  /** A missing event of the key at hand. */
  note(ms: number): void {
    const { cells, table, key } = this.#memory;
    let record = table.find(this.#slot, key);
    if (record === none) {
      record = this.#memory.makeRecord();
      table.insert(record, this.#slot, key);
      this.count += 1;
      cells.setDouble(record, beforeAt, never);
    } else {
      const latest = cells.double(record, latestAt);
      if (latest === ms) return;
      cells.setDouble(record, beforeAt, latest);
      this.#ages.remove(record);
    }
    cells.setDouble(record, latestAt, ms);
    this.#ages.append(record);
  }

  /** The latest missing event of the key at hand before that time; minus infinity for none. */
  before(ms: number): number {
    const { cells, table, key } = this.#memory;
    const lost = Math.min(this.#lost, ms - 1);
    const record = table.find(this.#slot, key);
    if (record === none) return lost;
    const latest = cells.double(record, latestAt);
    return Math.max(lost, latest < ms ? latest : cells.double(record, beforeAt));
  }

  removeOldest(): void {
    const record = this.oldest;
    this.#memory.table.remove(record);
    this.#ages.remove(record);
    this.#memory.release(record);
    this.count -= 1;
  }

  /** The same for want of room. Rather than a match that should not be there, none is found then. */
  loseOldest(): void {
    this.#lost = Math.max(this.#lost, this.latestOf(this.oldest));
    this.removeOldest();
  }
}
