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
  // Events are asked for in the order of time, which is often that of reading.
  const readers = columns.map((column) => readKeys(column, isWanted));
  return {
    arrivals: arrivalsOf(columns, isWanted),
    keysOf: (step, arrival) => readers[step]?.(arrival) ?? none,
  };
}

/** Gives the keys of one event after another in a column. */
export function readKeys(
  column: StepColumn,
  isWanted: (key: KeyId) => boolean,
): (arrival: Arrival) => readonly KeyId[] {
  const { arrivals, keys } = column;
  let last = 0;
  return (arrival) => {
    last = firstRow(column, arrival, last);
    if (arrivals.at(last) !== arrival) return none;
    const found: KeyId[] = [];
    for (let row = last; arrivals.at(row) === arrival; row += 1) {
      if (isWanted(keys.at(row))) found.push(keys.at(row));
    }
    return found;
  };
}

const none: readonly KeyId[] = [];

/** The keys that all columns have. Most rules have an event for some step only, which then settles it. */
function commonKeys(
  columns: readonly StepColumn[],
  { keyCount }: Recorder,
): (key: KeyId) => boolean {
  const fewestFirst = [...columns].sort((left, right) => left.keys.length - right.keys.length);
  if (fewestFirst[0]?.keys.length === 0) return never;
  /** By key: how many of the columns have it, of those so far. */
  const met = new Uint16Array(keyCount);
  for (const [place, { keys }] of fewestFirst.entries()) {
    const list = keys.view();
    let common = 0;
    for (let row = 0; row < list.length; row += 1) {
      const key = list[row] ?? 0;
      if (met[key] !== place) continue;
      met[key] = place + 1;
      common += 1;
    }
    if (common === 0) return never;
  }
  return (key) => met[key] === columns.length;
}

function frequentKeys(
  { keys }: StepColumn,
  keyCount: number,
  least: number,
): (key: KeyId) => boolean {
  const list = keys.view();
  if (list.length < least) return never;
  const counts = new Uint32Array(keyCount);
  for (let row = 0; row < list.length; row += 1) {
    const key = list[row] ?? 0;
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return (key) => (counts[key] ?? 0) >= least;
}

function arrivalsOf(
  columns: readonly StepColumn[],
  isWanted: (key: KeyId) => boolean,
): Uint32Array {
  if (isWanted === never) return new Uint32Array(0);
  const all = growingWords();
  for (const { arrivals, keys } of new Set(columns)) {
    const arrivalList = arrivals.view();
    const keyList = keys.view();
    let last = -1;
    for (let row = 0; row < keyList.length; row += 1) {
      const arrival = arrivalList[row] ?? 0;
      if (arrival === last || !isWanted(keyList[row] ?? 0)) continue;
      all.push(arrival);
      last = arrival;
    }
  }
  return all
    .view()
    .sort()
    .filter((arrival, place, sorted) => arrival !== sorted[place - 1]);
}

const never = (): boolean => false;
