import { type Alphabet, classOf } from "./alphabet.ts";
import type { Nfa } from "./nfa.ts";
import { keyOf, type StateSet, StateSets } from "./state-sets.ts";

const unknown = -1;
const deadEnd = 0;
/** Cells of the table and members of the sets that are kept before all is dropped: 1 to 2 MB. */
const defaultRoom = 1 << 18;
/** Kept whatever the room, so that a wide table is not dropped at each step. */
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
  readonly #room: number;
  /** What the rows now take of the room. */
  #taken = 0;
  #drops = 0;
  /** Where a class leads from a state: the offset of a row. */
  #table: Int32Array;
  #states: (StateSet | undefined)[] = [];
  #rows = new Map<string, number>();
  #start = unknown;

  constructor(nfa: Nfa, alphabet: Alphabet, room: number = defaultRoom) {
    this.#alphabet = alphabet;
    this.#sets = new StateSets(nfa);
    this.#endless = this.#sets.findEndless();
    this.#room = room;
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
    const dropsBefore = this.#drops;
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
          if (this.#drops > dropsBefore + 1) return this.#simulate(next, text, index + 1);
        }
        if (next <= endless) return next === endless;
      }
      row = next;
    }
    return this.#sets.isAccepting(this.#statesOf(row));
  }

  /** Goes on without the table, for a text that has filled it twice: that is several times as fast. */
  #simulate(row: number, text: string, start: number): boolean {
    let states = this.#statesOf(row);
    for (let index = start; index < text.length && states.length > 0; index += 1) {
      const point = text.codePointAt(index) ?? 0;
      if (point > 0xffff) index += 1;
      states = this.#sets.step(states, classOf(this.#alphabet, point));
    }
    return this.#sets.isAccepting(states);
  }

  #statesOf(row: number): StateSet {
    return this.#states[row / this.#alphabet.size] ?? new Uint16Array();
  }

  /** Works out one cell. The row may be gone afterwards, but not the one that is given back. */
  #extend(row: number, symbol: number): number {
    const dropsBefore = this.#drops;
    const next = this.#rowOf(this.#sets.step(this.#statesOf(row), symbol));
    if (this.#drops === dropsBefore) this.#table[row + symbol] = next;
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
    if (this.#taken > this.#room && this.#states.length >= fewestRows) this.#drop();
    const row = this.#states.length * width;
    this.#taken += width + states.length;
    this.#states.push(states.slice());
    this.#rows.set(key, row);
    if (this.#table.length < row + width) {
      const larger = new Int32Array(this.#table.length * 2);
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
    this.#taken = 0;
    this.#drops += 1;
  }
}
