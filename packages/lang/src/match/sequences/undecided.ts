import { AgeList } from "./age-list.ts";
import { type Cell, none } from "./cells.ts";
import type { SequenceMemory } from "./memory.ts";
import { followerAt, isCertain, lastAt, lastFollowerAt, leadAt, marksAt } from "./record.ts";

/**
 * Complete sequences that a trailing missing event may still undo, in the order of their last events. They leave in that
 * order, each when it is certain. Those of one key follow one another; the table knows the first.
 */
export class Undecided {
  readonly #memory: SequenceMemory;
  readonly #slot: number;
  readonly #queue: AgeList;
  /** How many there are. */
  count = 0;
  /** How many of them can still be undone. */
  open = 0;

  constructor(memory: SequenceMemory, slot: number) {
    this.#memory = memory;
    this.#slot = slot;
    this.#queue = new AgeList(memory.cells);
  }

  get oldest(): Cell {
    return this.#queue.oldest;
  }

  /** Takes a record of the key at hand, which is in no list and has none of its marks. After `deadline` no event can undo it. */
  add(record: Cell, deadline: number): void {
    const { cells, table, key } = this.#memory;
    cells.setDouble(record, leadAt, deadline);
    cells.setInt(record, followerAt, none);
    this.#queue.append(record);
    this.count += 1;
    this.open += 1;
    const first = table.find(this.#slot, key);
    if (first === none) table.insert(record, this.#slot, key);
    else cells.setInt(cells.int(first, lastFollowerAt), followerAt, record);
    cells.setInt(first === none ? record : first, lastFollowerAt, record);
  }

  /** A missing event of the key at hand: what ended before it is undone, or certain where it comes too late. */
  noteTrail(ms: number): void {
    const { cells, table, key } = this.#memory;
    let first = table.find(this.#slot, key);
    while (first !== none && cells.double(first, lastAt) < ms) {
      const next = this.#detach(first);
      if (ms > cells.double(first, leadAt)) this.#mark(first);
      else this.#forget(first);
      first = next;
    }
  }

  /** The oldest, if it is certain at that time. */
  certain(now: number): Cell {
    const { cells } = this.#memory;
    const { oldest } = this.#queue;
    if (oldest === none) return none;
    if (now > cells.double(oldest, leadAt)) return oldest;
    return this.#isMarked(oldest) ? oldest : none;
  }

  /** Lets the oldest go. */
  removeOldest(): void {
    const { oldest } = this.#queue;
    // Of its key it is the first, too.
    if (!this.#isMarked(oldest)) this.#detach(oldest);
    this.#forget(oldest);
  }

  /** Takes the first of a key out of the table. What followed it is the first now. */
  #detach(first: Cell): Cell {
    const { cells, table } = this.#memory;
    this.open -= 1;
    const next = cells.int(first, followerAt);
    if (next === none) {
      table.remove(first);
    } else {
      cells.setInt(next, lastFollowerAt, cells.int(first, lastFollowerAt));
      table.replace(first, next);
    }
    return next;
  }

  #mark(record: Cell): void {
    const { cells } = this.#memory;
    cells.setInt(record, marksAt, cells.int(record, marksAt) | isCertain);
  }

  #isMarked(record: Cell): boolean {
    return (this.#memory.cells.int(record, marksAt) & isCertain) !== 0;
  }

  #forget(record: Cell): void {
    this.#queue.remove(record);
    this.#memory.release(record);
    this.count -= 1;
  }
}
