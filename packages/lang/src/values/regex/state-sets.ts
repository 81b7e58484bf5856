import { acceptState, type Nfa, nowhere } from "./nfa.ts";

/** The states that an automaton may be in, ascending, without its free states. Empty: no text goes on. */
export type StateSet = Uint16Array;

/**
 * Steps an automaton through sets of states. Keeps scratch space, so one at a time. On hostile values a
 * step is made for every code point: hence the flat arrays, and bits instead of sorting.
 */
export class StateSets {
  /** How many states were looked at so far: what a run costs, whatever the machine. Words of bits count as a quarter. */
  visits = 0;
  readonly #nfa: Nfa;
  readonly #consumes: Int32Array;
  readonly #next: Int32Array;
  readonly #other: Int32Array;
  readonly #sets: Int32Array;
  /** States entered in this step, a bit each. */
  readonly #entered: Int32Array;
  /** Bits of the states that are not free. */
  readonly #lasting: Int32Array;
  readonly #open: Int32Array;
  /** The set that was given last, and the one that the next step fills. */
  #last: Uint16Array;
  #spare: Uint16Array;

  constructor(nfa: Nfa) {
    const size = nfa.consumes.length;
    this.#nfa = nfa;
    this.#consumes = Int32Array.from(nfa.consumes);
    this.#next = Int32Array.from(nfa.next);
    this.#other = Int32Array.from(nfa.other);
    this.#sets = Int32Array.from(nfa.sets);
    this.#entered = new Int32Array((size + 31) >> 5);
    this.#lasting = new Int32Array((size + 31) >> 5);
    // Each state is taken up once and puts off at most two.
    this.#open = new Int32Array(2 * size + 2);
    this.#last = new Uint16Array(size);
    this.#spare = new Uint16Array(size);
    for (const [state, set] of nfa.consumes.entries()) {
      if (set === nowhere && state !== acceptState) continue;
      this.#lasting[state >> 5] = (this.#lasting[state >> 5] ?? 0) | (1 << (state & 31));
    }
  }

  start(): StateSet {
    this.#entered.fill(0);
    this.#enter(this.#nfa.start);
    return this.#collect();
  }

  /** Where a code point of class `symbol` leads. A view that holds until the step after next: copy it to keep it. */
  step(from: StateSet, symbol: number): StateSet {
    const consumes = this.#consumes;
    const next = this.#next;
    const sets = this.#sets;
    const words = this.#nfa.words;
    const word = symbol >> 5;
    const bit = 1 << (symbol & 31);
    this.visits += from.length + (this.#entered.length >> 2);
    this.#entered.fill(0);
    for (let index = 0; index < from.length; index += 1) {
      const state = from[index] ?? acceptState;
      const set = consumes[state] ?? nowhere;
      if (set !== nowhere && ((sets[set * words + word] ?? 0) & bit) !== 0) {
        this.#enter(next[state] ?? nowhere);
      }
    }
    return this.#collect();
  }

  isAccepting(states: StateSet): boolean {
    return states[0] === acceptState;
  }

  /** States that, in a set that accepts, make it accept for ever: they consume everything and come back. */
  findEndless(): ReadonlySet<number> {
    const endless = new Set<number>();
    const { consumes, next, fullSet } = this.#nfa;
    for (const [state, set] of consumes.entries()) {
      if (set === nowhere || set !== fullSet) continue;
      this.#entered.fill(0);
      this.#enter(next[state] ?? nowhere);
      const reached = this.#collect();
      if (this.isAccepting(reached) && reached.includes(state)) endless.add(state);
    }
    return endless;
  }

  /** Enters a state and all that free steps reach from it. */
  #enter(first: number): void {
    const entered = this.#entered;
    const consumes = this.#consumes;
    const open = this.#open;
    let depth = 0;
    let state = first;
    for (;;) {
      const bits = state === nowhere ? -1 : (entered[state >> 5] ?? -1);
      const bit = 1 << (state & 31);
      if ((bits & bit) === 0) {
        entered[state >> 5] = bits | bit;
        this.visits += 1;
        if (state !== acceptState && consumes[state] === nowhere) {
          open[depth] = this.#other[state] ?? nowhere;
          depth += 1;
          state = this.#next[state] ?? nowhere;
          continue;
        }
      }
      if (depth === 0) return;
      depth -= 1;
      state = open[depth] ?? nowhere;
    }
  }

  #collect(): StateSet {
    const entered = this.#entered;
    const lasting = this.#lasting;
    const found = this.#spare;
    this.#spare = this.#last;
    this.#last = found;
    let count = 0;
    for (let word = 0; word < entered.length; word += 1) {
      let bits = (entered[word] ?? 0) & (lasting[word] ?? 0);
      while (bits !== 0) {
        const lowest = bits & -bits;
        found[count] = (word << 5) + 31 - Math.clz32(lowest);
        count += 1;
        bits ^= lowest;
      }
    }
    return found.subarray(0, count);
  }
}

/** A text that only equal sets have. */
export function keyOf(states: StateSet): string {
  // `apply` takes any array-like and is five times as fast as a spread; its type asks for an array. An
  // automaton has fewer states than a call may have arguments.
  return String.fromCharCode.apply(null, states as unknown as number[]);
}
