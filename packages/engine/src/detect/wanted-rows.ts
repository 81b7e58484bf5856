import type { JoinKey } from "@harrier/lang/match";
import { type Arrival, firstRow, type KeyId, type StepColumn } from "./columns.ts";
import { growingWords } from "./growing.ts";
import type { Recorder } from "./recorder.ts";
import type { DeferredRule } from "./watch-list.ts";

/**
 * The rows of a rule's steps that can matter: those of keys for which every positive step has an
 * event. Most steps are as broad as "any process start", and most keys meet only one of them.
 */
export interface WantedRows {
  /** Events with such a row, in the order of reading, each once. */
  readonly arrivals: Uint32Array;
  /** The keys of the event for the step at this place among the rule's taps. */
  keysOf(step: number, arrival: Arrival): readonly JoinKey[];
}

export function selectRows(rule: DeferredRule, recorder: Recorder): WantedRows {
  const columns = rule.taps.map((tap) => recorder.columnOf(tap));
  const isWanted = commonKeys(
    rule.positive.map((tap) => recorder.columnOf(tap)),
    recorder.keyCount,
  );
  return {
    arrivals: arrivalsOf(columns, isWanted),
    keysOf: (step, arrival) => {
      const column = columns[step];
      return column === undefined ? [] : keysAt(column, arrival, isWanted);
    },
  };
}

function commonKeys(columns: readonly StepColumn[], keyCount: number): (key: KeyId) => boolean {
  const met = new Uint16Array(keyCount);
  columns.forEach(({ keys }, place) => {
    for (const key of keys.view()) if (met[key] === place) met[key] = place + 1;
  });
  return (key) => met[key] === columns.length;
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

/**
 * A key stands for itself by its number: equal keys have equal numbers, and nothing else is asked of
 * them when events are joined.
 */
function keysAt(
  column: StepColumn,
  arrival: Arrival,
  isWanted: (key: KeyId) => boolean,
): readonly JoinKey[] {
  const keys: JoinKey[] = [];
  for (let row = firstRow(column, arrival); column.arrivals.at(row) === arrival; row += 1) {
    const key = column.keys.at(row);
    if (isWanted(key)) keys.push([key]);
  }
  return keys;
}
