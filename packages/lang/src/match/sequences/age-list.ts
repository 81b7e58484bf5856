import { type Cell, type Cells, none } from "./cells.ts";
import { olderAt, youngerAt } from "./record.ts";

/** Records in the order in which they came. */
export class AgeList {
  readonly #cells: Cells;
  #oldest: Cell = none;
  #youngest: Cell = none;

  constructor(cells: Cells) {
    this.#cells = cells;
  }

  get oldest(): Cell {
    return this.#oldest;
  }

  append(record: Cell): void {
    const before = this.#youngest;
    this.#cells.setInt(record, olderAt, before);
    this.#cells.setInt(record, youngerAt, none);
    this.#youngest = record;
    if (before === none) this.#oldest = record;
    else this.#cells.setInt(before, youngerAt, record);
  }

  remove(record: Cell): void {
    const older = this.#cells.int(record, olderAt);
    const younger = this.#cells.int(record, youngerAt);
    if (older === none) this.#oldest = younger;
    else this.#cells.setInt(older, youngerAt, younger);
    if (younger === none) this.#youngest = older;
    else this.#cells.setInt(younger, olderAt, older);
  }
}
