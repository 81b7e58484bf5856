/** A place in `Cells`; `none` where there is none. */
export type Cell = number;

export const none: Cell = 0;

/** 16 whole numbers, or 8 doubles: double n lies over the numbers 2n and 2n + 1. As long as a line of the processor's cache. */
export const bytesPerCell = 64;

const intsShift = 4;
const doublesShift = 3;
const chunkShift = 12;
const inChunk = (1 << chunkShift) - 1;

/**
 * Memory in cells of one size, so that what is given back fits whatever comes next. It grows by chunks; nothing is ever
 * moved or copied, and nothing waits. What goes into a cell stays there until it is overwritten: a new cell is not blank.
 */
export class Cells {
  readonly #ints: Int32Array[] = [];
  readonly #doubles: Float64Array[] = [];
  /** The cells that were given back, each of which names the next. */
  #free: Cell = none;
  /** The first that was never taken; the one that stands for none never is. */
  #fresh: Cell = 1;
  #used = 0;

  /** Cells that are taken. */
  get used(): number {
    return this.#used;
  }

  take(): Cell {
    this.#used += 1;
    const free = this.#free;
    if (free !== none) {
      this.#free = this.int(free, 0);
      return free;
    }
    if (this.#fresh >>> chunkShift === this.#ints.length) {
      const buffer = new ArrayBuffer(bytesPerCell << chunkShift);
      this.#ints.push(new Int32Array(buffer));
      this.#doubles.push(new Float64Array(buffer));
    }
    this.#fresh += 1;
    return this.#fresh - 1;
  }

  give(cell: Cell): void {
    this.setInt(cell, 0, this.#free);
    this.#free = cell;
    this.#used -= 1;
  }

  /** Gives back a chain: each cell names the next as its first number. */
  giveAll(first: Cell): void {
    for (let cell = first; cell !== none; ) {
      const next = this.int(cell, 0);
      this.give(cell);
      cell = next;
    }
  }

  int(cell: Cell, place: number): number {
    return this.#ints[cell >>> chunkShift]?.[((cell & inChunk) << intsShift) + place] ?? 0;
  }

  setInt(cell: Cell, place: number, value: number): void {
    const chunk = this.#ints[cell >>> chunkShift];
    if (chunk !== undefined) chunk[((cell & inChunk) << intsShift) + place] = value;
  }

  double(cell: Cell, place: number): number {
    return this.#doubles[cell >>> chunkShift]?.[((cell & inChunk) << doublesShift) + place] ?? 0;
  }

  setDouble(cell: Cell, place: number, value: number): void {
    const chunk = this.#doubles[cell >>> chunkShift];
    if (chunk !== undefined) chunk[((cell & inChunk) << doublesShift) + place] = value;
  }
}
