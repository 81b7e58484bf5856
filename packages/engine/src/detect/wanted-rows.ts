import { type Arrival, firstRow, type KeyId, type StepColumn } from "./columns.ts";
import { growingWords } from "./growing.ts";
import type { Recorder } from "./recorder.ts";
import type { DeferredRule } from "./watch-list.ts";

/**
 * The rows of a rule's steps that can matter: those of keys for which every positive step has an
 * event, or of which there are enough. Most steps are as broad as "any process start", and most keys
 * meet only one of them.
 */
export interface WantedRows {
  /** Events with such a row, in the order of reading, each once. */
  readonly arrivals: Uint32Array;
  /** The keys of the event for the step at this place among the rule's taps. */
  keysOf(step: number, arrival: Arrival): readonly KeyId[];
}

export function selectRows(rule: DeferredRule, recorder: Recorder): WantedRows {
  const { plan } = rule.running;
  const columns = rule.taps.map((tap) => recorder.columnOf(tap));
  const [first] = columns;
  // The second tap of a threshold tells values of another field: not the same keys, and no event is lost by it.
  if (plan.kind === "threshold" && first !== undefined) {
    return rowsOf([first], frequentKeys(first, recorder.keyCount, plan.count));
  }
  if (new Set(columns).size === 1) return rowsOf(columns, () => true);
  const positive = rule.positive.map((tap) => recorder.columnOf(tap));
  return rowsOf(columns, commonKeys(positive, recorder));
}

function rowsOf(columns: readonly StepColumn[], isWanted: (key: KeyId) => boolean): WantedRows {
  return {
    arrivals: arrivalsOf(columns, isWanted),
    keysOf: (step, arrival) => {
      const column = columns[step];
      return column === undefined ? [] : keysAt(column, arrival).filter(isWanted);
    },
  };
}

/** The keys of an event in a column. */
export function keysAt(column: StepColumn, arrival: Arrival): readonly KeyId[] {
  const keys: KeyId[] = [];
  for (let row = firstRow(column, arrival); column.arrivals.at(row) === arrival; row += 1) {
    keys.push(column.keys.at(row));
  }
  return keys;
}

function commonKeys(
  columns: readonly StepColumn[],
  { keyCount }: Recorder,
): (key: KeyId) => boolean {
  const met = new Uint16Array(keyCount);
  columns.forEach(({ keys }, place) => {
    for (const key of keys.view()) if (met[key] === place) met[key] = place + 1;
  });
  return (key) => met[key] === columns.length;
}

function frequentKeys(
  { keys }: StepColumn,
  keyCount: number,
  least: number,
): (key: KeyId) => boolean {
  const counts = new Uint32Array(keyCount);
  for (const key of keys.view()) counts[key] = (counts[key] ?? 0) + 1;
  return (key) => (counts[key] ?? 0) >= least;
}

function arrivalsOf(
  columns: readonly StepColumn[],
  isWanted: (key: KeyId) => boolean,
): Uint32Array {
  const all = growingWords();
  for (const { arrivals, keys } of new Set(columns)) {
    let last = -1;
    for (let row = 0; row < keys.length; row += 1) {
      const arrival = arrivals.at(row);
      if (arrival === last || !isWanted(keys.at(row))) continue;
      all.push(arrival);
      last = arrival;
    }
  }
  return all
    .view()
    .sort()
    .filter((arrival, place, sorted) => arrival !== sorted[place - 1]);
}
