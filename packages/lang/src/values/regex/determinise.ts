import { keyOf, type StateSet, type StateSets } from "./state-sets.ts";

/** Lucene's limit for an automaton that has to be worked out in full. */
const mostStates = 10_000;
const cellCost = 20;

/** What may still be spent on a pattern: states looked at, and cells of tables, which cost as much as twenty. */
export interface Budget {
  work: number;
}

/** An automaton without choice. It starts in state 0. */
export interface Dfa {
  /** Where each class leads from each state; -1 where no text can be accepted any more. */
  readonly rows: readonly Int32Array[];
  readonly isAccepting: readonly boolean[];
}

/**
 * Runs automata side by side and works out all states of the whole. `isAccepting` says by which of them
 * accept whether the whole does. Undefined if it takes more than 10,000 states or the budget is spent.
 */
export function determinise(
  machines: readonly StateSets[],
  symbols: number,
  isAccepting: (accepted: readonly boolean[]) => boolean,
  budget: Budget,
): Dfa | undefined {
  const numbers = new Map<string, number>();
  const states: (readonly StateSet[])[] = [];
  const rows: Int32Array[] = [];
  let counted = 0;
  const number = (sets: readonly StateSet[]): number => {
    // A machine's set is preceded by its size: no two lists of sets have the same text.
    const key = sets.map((set) => String.fromCharCode(set.length) + keyOf(set)).join("");
    const known = numbers.get(key) ?? states.length;
    if (known === states.length) {
      numbers.set(key, known);
      // Sets come as views of scratch space.
      states.push(sets.map((set) => set.slice()));
    }
    return known;
  };
  number(machines.map((machine) => machine.start()));
  for (let state = 0; state < states.length; state += 1) {
    if (states.length > mostStates || budget.work < 0) return undefined;
    const from = states[state] ?? [];
    const row = new Int32Array(symbols);
    for (let symbol = 0; symbol < symbols; symbol += 1) {
      row[symbol] = number(
        machines.map((machine, index) => machine.step(from[index] ?? new Uint16Array(), symbol)),
      );
    }
    rows.push(row);
    const visited = machines.reduce((sum, machine) => sum + machine.visits, 0);
    budget.work -= cellCost * symbols + visited - counted;
    counted = visited;
  }
  const accepting = states.map((sets) =>
    isAccepting(
      machines.map((machine, index) => machine.isAccepting(sets[index] ?? new Uint16Array())),
    ),
  );
  return cutDeadEnds(rows, accepting);
}

/** Marks the ways to states from which no accepting state can be reached. */
function cutDeadEnds(rows: readonly Int32Array[], isAccepting: readonly boolean[]): Dfa {
  const sources: number[][] = rows.map(() => []);
  for (const [state, row] of rows.entries()) {
    for (const target of new Set(row)) sources[target]?.push(state);
  }
  const alive = isAccepting.map(Boolean);
  const open = [...alive.keys()].filter((state) => alive[state]);
  for (let state = open.pop(); state !== undefined; state = open.pop()) {
    for (const source of sources[state] ?? []) {
      if (alive[source]) continue;
      alive[source] = true;
      open.push(source);
    }
  }
  return {
    rows: rows.map((row) => row.map((target) => (alive[target] ? target : -1))),
    isAccepting,
  };
}
