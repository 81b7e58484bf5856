import { type Alphabet, classOf } from "./alphabet.ts";
import type { Nfa } from "./nfa.ts";
import { keyOf, type StateSet, StateSets } from "./state-sets.ts";

const unknown = -1;
const deadEnd = 0;
/** Cells of the table, 4 bytes each, before it is dropped. */
const mostCells = 1 << 18;
const fewestRows = 16;
/** The rows of the dead end and of "accepts whatever follows". */
const fixedRows = 2;

/**
 * Matches whole texts against an automaton, working out its deterministic states when a text first needs
 * them. The states are kept in a table of bounded size; when it is full it is dropped and built anew, so
 * each code point costs at most one step of the automaton, for every pattern and every text.
 */
export class LazyDfa {
  readonly #alphabet: Alphabet;
  readonly #sets: StateSets;
  readonly #endless: ReadonlySet<number>;
  readonly #mostRows: number;
  /** Where a class leads from a state: the offset of a row. */
  #table: Int32Array;
  #states: (StateSet | undefined)[] = [];
  #rows = new Map<string, number>();
  #start = unknown;

  constructor(
    nfa: Nfa,
    alphabet: Alphabet,
    rowLimit: number = Math.floor(mostCells / alphabet.size),
  ) {
    this.#alphabet = alphabet;
    this.#sets = new StateSets(nfa);
    this.#endless = this.#sets.findEndless();
    this.#mostRows = Math.max(fewestRows, rowLimit);
    this.#table = new Int32Array(fewestRows * alphabet.size);
    this.#drop();
  }

  /** States of the automaton looked at so far. Grows by a bounded number for each code point of a text. */
  get visits(): number {
    return this.#sets.visits;
  }

  matches(text: string): boolean {
    const alphabet = this.#alphabet;
    const { ascii, size: endless } = alphabet;
    if (this.#start === unknown) this.#start = this.#rowOf(this.#sets.start());
    let row = this.#start;
    let table = this.#table;
    if (row <= endless) return row === endless;
    for (let index = 0; index < text.length; index += 1) {
      const unit = text.charCodeAt(index);
      let symbol: number;
      if (unit < 0x80) symbol = ascii[unit] ?? 0;
      else {
        const point = text.codePointAt(index) ?? unit;
        if (point > 0xffff) index += 1;
        symbol = classOf(alphabet, point);
      }
      let next = table[row + symbol] ?? unknown;
      // One comparison for the three cases that are no ordinary row.
      if (next <= endless) {
        if (next === unknown) {
          next = this.#extend(row, symbol);
          table = this.#table;
        }
        if (next <= endless) return next === endless;
      }
      row = next;
    }
    const states = this.#states[row / endless];
    return states !== undefined && this.#sets.isAccepting(states);
  }

  /** Works out one cell. The row may be gone afterwards, but not the one that is given back. */
  #extend(row: number, symbol: number): number {
    const from = this.#states[row / this.#alphabet.size] ?? new Uint16Array();
    const before = this.#rows;
    const next = this.#rowOf(this.#sets.step(from, symbol));
    if (this.#rows === before) this.#table[row + symbol] = next;
    return next;
  }

  /** The row of a set of states, made if there is none. */
  #rowOf(states: StateSet): number {
    const width = this.#alphabet.size;
    if (states.length === 0) return deadEnd;
    if (this.#endless.size > 0 && this.#sets.isAccepting(states)) {
      if (states.some((state) => this.#endless.has(state))) return width;
    }
    const key = keyOf(states);
    const known = this.#rows.get(key);
    if (known !== undefined) return known;
    if (this.#states.length === this.#mostRows) this.#drop();
    const row = this.#states.length * width;
    this.#states.push(states);
    this.#rows.set(key, row);
    if (this.#table.length < row + width) {
      const larger = new Int32Array(Math.min(this.#table.length * 2, this.#mostRows * width));
      larger.fill(unknown, this.#table.length);
      larger.set(this.#table);
      this.#table = larger;
    }
    return row;
  }

  #drop(): void {
    this.#table.fill(unknown);
    this.#states = new Array<undefined>(fixedRows).fill(undefined);
    this.#rows = new Map();
    this.#start = unknown;
  }
}
