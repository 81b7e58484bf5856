import { acceptState, type Nfa, nowhere } from "./nfa.ts";

/** The states that an automaton may be in, ascending, without its free states. */
export type StateSet = Uint16Array;

/** Steps an automaton through sets of states. Keeps scratch space, so one at a time. */
export class StateSets {
  /** How many states were looked at so far: what a run costs, whatever the machine. */
  visits = 0;
  readonly #nfa: Nfa;
  readonly #sets: Int32Array;
  /** The round in which a state was last entered. */
  readonly #entered: Uint32Array;
  readonly #found: Uint16Array;
  readonly #open: number[] = [];
  #count = 0;
  #round = 0;

  constructor(nfa: Nfa) {
    this.#nfa = nfa;
    this.#sets = Int32Array.from(nfa.sets);
    this.#entered = new Uint32Array(nfa.consumes.length);
    this.#found = new Uint16Array(nfa.consumes.length);
  }

  start(): StateSet {
    this.#begin();
    this.#enter(this.#nfa.start);
    return this.#end();
  }

  /** Where a code point of class `symbol` leads. */
  step(from: StateSet, symbol: number): StateSet {
    const { consumes, next, words } = this.#nfa;
    const word = symbol >> 5;
    const bit = 1 << (symbol & 31);
    this.visits += from.length;
    this.#begin();
    for (const state of from) {
      const set = consumes[state] ?? nowhere;
      if (set !== nowhere && ((this.#sets[set * words + word] ?? 0) & bit) !== 0) {
        this.#enter(next[state] ?? nowhere);
      }
    }
    return this.#end();
  }

  isAccepting(states: StateSet): boolean {
    return states[0] === acceptState;
  }

  /** States that, in a set that accepts, make it accept for ever: they consume everything and come back. */
  findEndless(): ReadonlySet<number> {
    const { consumes, next, fullSet } = this.#nfa;
    const endless = new Set<number>();
    for (const [state, set] of consumes.entries()) {
      if (set === nowhere || set !== fullSet) continue;
      this.#begin();
      this.#enter(next[state] ?? nowhere);
      const reached = this.#end();
      if (this.isAccepting(reached) && reached.includes(state)) endless.add(state);
    }
    return endless;
  }

  #begin(): void {
    this.#count = 0;
    this.#round += 1;
    if (this.#round === 0xffffffff) {
      this.#entered.fill(0);
      this.#round = 1;
    }
  }

  #enter(first: number): void {
    const { consumes, next, other } = this.#nfa;
    const open = this.#open;
    open.push(first);
    for (let state = open.pop(); state !== undefined; state = open.pop()) {
      if (state === nowhere || this.#entered[state] === this.#round) continue;
      this.#entered[state] = this.#round;
      this.visits += 1;
      if (state === acceptState || consumes[state] !== nowhere) {
        this.#found[this.#count] = state;
        this.#count += 1;
      } else open.push(next[state] ?? nowhere, other[state] ?? nowhere);
    }
  }

  #end(): StateSet {
    return this.#found.slice(0, this.#count).sort();
  }
}

/** A text that only equal sets have. */
export function keyOf(states: StateSet): string {
  // Arguments are limited to some 100,000; an automaton has fewer states.
  return String.fromCharCode(...states);
}
