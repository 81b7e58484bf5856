/**
 * An automaton with free steps. A state either consumes one code point of a set and goes to `next`, or is
 * free and goes to `next` and `other` at once. State 0 accepts and goes nowhere.
 */
export interface Nfa {
  readonly start: number;
  /** The number of the set that a state consumes; -1 for a free state and for state 0. */
  readonly consumes: readonly number[];
  readonly next: readonly number[];
  /** The second way of a free state; -1 if there is none. */
  readonly other: readonly number[];
  /** Which classes each set holds, as bits: class `c` of set `s` is bit `c & 31` of word `s * words + (c >> 5)`. */
  readonly sets: readonly number[];
  readonly words: number;
  /** The set that holds every code point; -1 if no state consumes it. */
  readonly fullSet: number;
}

export const acceptState = 0;
export const nowhere = -1;
