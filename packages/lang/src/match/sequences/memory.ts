import type { JoinKey } from "../join-key.ts";
import { bytesPerCell, type Cell, Cells, none } from "./cells.ts";
import { cellsOf, writeKey } from "./key-cells.ts";
import type { HashKey } from "./keyed-hash.ts";
import { PackedKey } from "./packed-key.ts";
import { eventsAt, keyAt, marksAt } from "./record.ts";
import { cellsForEntry, RecordTable } from "./record-table.ts";

export interface MemoryOptions {
  /**
   * What waits may take up at most. When it is full, the sequence that holds most gives up what it has
   * held longest. Default: 256 MiB, room for about 2,000,000 waiting sequences with keys of up to 56 characters.
   */
  readonly maxBytes?: number;
  /**
   * Random numbers, so that nobody can choose keys that slow the search for keys down. Without them it is fast
   * for all keys but those made for that purpose.
   */
  readonly hashKey?: HashKey;
}

/** Who keeps records in a memory. */
export interface Tenant {
  /** How many it has. */
  readonly records: number;
  /** Gives up the oldest, of which there is one. */
  giveUpOldest(): void;
}

const defaultMaxBytes = 256 * 1024 * 1024;
const fixedHashKey: HashKey = [0x2545f491, 0x4f6cdd1d];

/** Given up by one tenant before the next is chosen. */
const givenUpAtOnce = 32;

/** What sequences that wait are kept in: records by slot and key, up to a bound that all who share the memory share. */
export class SequenceMemory {
  readonly cells: Cells = new Cells();
  readonly table: RecordTable = new RecordTable(this.cells);
  /** The key at hand. */
  readonly key: PackedKey;
  readonly #mostCells: number;
  readonly #tenants: Tenant[] = [];
  #slots = 0;

  constructor({ maxBytes = defaultMaxBytes, hashKey = fixedHashKey }: MemoryOptions = {}) {
    this.key = new PackedKey(hashKey);
    this.#mostCells = Math.floor(maxBytes / bytesPerCell);
  }

  /** The first of so many slots that are the tenant's. */
  admit(tenant: Tenant, slots: number): number {
    this.#tenants.push(tenant);
    this.#slots += slots;
    return this.#slots - slots;
  }

  /** Makes a key the one at hand, with room for a record of it, or for one more event. False: there can't be. */
  enter(key: JoinKey): boolean {
    this.key.pack(key);
    const needed = 1 + cellsOf(this.key) + cellsForEntry;
    if (this.cells.used + needed <= this.#mostCells) return true;
    if (needed > this.#mostCells) return false;
    while (this.cells.used + needed > this.#mostCells) this.#giveUp();
    return true;
  }

  /** A record with the key at hand and no events. */
  makeRecord(): Cell {
    const record = this.cells.take();
    this.cells.setInt(record, keyAt, writeKey(this.cells, this.key));
    this.cells.setInt(record, eventsAt, none);
    this.cells.setInt(record, marksAt, 0);
    return record;
  }

  /** Gives back what a record took. */
  release(record: Cell): void {
    this.cells.giveAll(this.cells.int(record, keyAt));
    this.cells.giveAll(this.cells.int(record, eventsAt));
    this.cells.give(record);
  }

  #giveUp(): void {
    const [first, ...others] = this.#tenants;
    if (first === undefined) throw new Error("nobody has what the memory is full of");
    let largest = first;
    for (const other of others) if (other.records > largest.records) largest = other;
    for (let count = Math.min(givenUpAtOnce, largest.records); count > 0; count -= 1) {
      largest.giveUpOldest();
    }
  }
}
