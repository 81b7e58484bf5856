import type { JoinKey } from "@harrier/lang/match";
import type { FieldPath, Literal } from "@harrier/lang/values";
import type { Rule } from "../rules/index.ts";
import { type Clock, clockName } from "./clock.ts";
import {
  type Arrival,
  FingerprintColumn,
  type KeyId,
  KeyTable,
  makeStepColumn,
  type StepColumn,
  TimeColumn,
} from "./columns.ts";
import { growingDoubles, growingWords } from "./growing.ts";
import { type NotePlan, type Notes, textOf } from "./scan/notes.ts";
import type { Spool } from "./spool.ts";
import { readSpooled, type SpooledEvent } from "./spooled-event.ts";
import type { Tap } from "./watch-list.ts";

/** What a recorded event takes up beside its rows and times: fingerprint, index, where it starts in the spool. */
const bytesPerEvent = 36;
const bytesPerTime = 12;
const bytesPerRow = 8;

/**
 * Keeps of each event that meets a step what joining needs: when, which step, which keys. The event
 * itself goes to the spool, so that memory grows by some tens of bytes for an event and not by
 * kilobytes. Recording stops when the records take `maxBytes`.
 */
export class Recorder {
  readonly #spool: Spool;
  readonly #maxBytes: number;
  readonly #keys = new KeyTable();
  readonly #columns: readonly StepColumn[];
  /** By the name of the clock. */
  readonly #times: ReadonlyMap<string, TimeColumn>;
  readonly #tiebreakers: ReadonlyMap<FieldPath, Literal[]>;
  /** Where each event starts in the spool; it ends where the next one starts. */
  readonly #starts = growingDoubles();
  /** Who each event is. */
  readonly fingerprints: FingerprintColumn = new FingerprintColumn();
  readonly #indices = growingWords();
  /** Indices by number: many events have the same. */
  readonly #indexNames = new Map<string | undefined, number>();
  /** The notes at hand, and the numbers of their keys as far as they are known. */
  #noted: { readonly notes: Notes; readonly ids: KeyId[] } | undefined;
  #rows = 0;
  #isTruncated = false;

  /** For events that are noted by the plan. */
  constructor({ keys, clocks, tiebreakers }: NotePlan, spool: Spool, maxBytes: number) {
    this.#spool = spool;
    this.#maxBytes = maxBytes;
    this.#columns = keys.map(makeStepColumn);
    this.#times = new Map(clocks.map((clock) => [clockName(clock), new TimeColumn()]));
    this.#tiebreakers = new Map(tiebreakers.map((field) => [field, []]));
  }

  /** Whether events were left out for want of room: sequences may be missing. */
  get isTruncated(): boolean {
    return this.#isTruncated;
  }

  /** How many different keys there are. */
  get keyCount(): number {
    return this.#keys.size;
  }

  /** Records an event of the notes for every tap that it has a row of. */
  record(notes: Notes, place: number): void {
    const { rowEnds, rowTaps, rowKeys } = notes;
    const end = rowEnds[place] ?? 0;
    let row = place === 0 ? 0 : (rowEnds[place - 1] ?? 0);
    if (row === end) return;
    if (this.#bytes() >= this.#maxBytes) {
      this.#isTruncated = true;
      return;
    }
    const arrival = this.#add(notes, place);
    const ids = this.#idsOf(notes);
    for (; row < end; row += 1) {
      const { arrivals, keys } = found(this.#columns[rowTaps[row] ?? 0]);
      arrivals.push(arrival);
      keys.push(ids(rowKeys[row] ?? 0));
      this.#rows += 1;
    }
  }

  columnOf(tap: Tap): StepColumn {
    return found(this.#columns[tap.place]);
  }

  /** The recorded events' times by a clock of one of the rules. */
  timesBy(clock: Clock): TimeColumn {
    return found(this.#times.get(clockName(clock)));
  }

  /** The values of a key. */
  keyOf(id: KeyId): JoinKey {
    return this.#keys.at(id);
  }

  tiebreakerOf(rule: Rule, arrival: Arrival): Literal {
    const { tiebreakerField } = rule;
    if (tiebreakerField === undefined) return null;
    return this.#tiebreakers.get(tiebreakerField)?.[arrival] ?? null;
  }

  /** Whether the test is true of the event's index, by arrival. Asks once for each index. */
  testIndices(test: (index: string | undefined) => boolean): (arrival: Arrival) => boolean {
    const answers = [...this.#indexNames.keys()].map(test);
    return (arrival) => answers[this.#indices.at(arrival)] ?? false;
  }

  async read(arrival: Arrival): Promise<SpooledEvent> {
    return readSpooled(await this.#spool.read(this.#starts.at(arrival), this.#endOf(arrival)));
  }

  /** What an event takes up where it is kept. */
  bytesOf(arrival: Arrival): number {
    return this.#endOf(arrival) - this.#starts.at(arrival);
  }

  #endOf(arrival: Arrival): number {
    const isLast = arrival + 1 === this.#starts.length;
    return isLast ? this.#spool.end : this.#starts.at(arrival + 1);
  }

  #add(notes: Notes, place: number): Arrival {
    this.#starts.push(this.#spool.append(textOf(notes, place)));
    this.fingerprints.push(notes.fingerprints, 16 * place);
    let time = this.#times.size * place;
    for (const column of this.#times.values()) {
      column.push(notes.seconds[time] ?? Number.NEGATIVE_INFINITY, notes.nanos[time] ?? 0);
      time += 1;
    }
    let tiebreaker = this.#tiebreakers.size * place;
    for (const values of this.#tiebreakers.values()) {
      values.push(notes.tiebreakers[tiebreaker] ?? null);
      tiebreaker += 1;
    }
    const index = notes.indexNames[notes.indices[place] ?? 0];
    const number = this.#indexNames.get(index) ?? this.#indexNames.size;
    this.#indexNames.set(index, number);
    this.#indices.push(number);
    return this.#indices.length - 1;
  }

  /** The numbers of the keys of notes among all keys, each looked up once, when it first comes. */
  #idsOf(notes: Notes): (key: number) => KeyId {
    if (this.#noted?.notes !== notes) this.#noted = { notes, ids: [] };
    const { ids } = this.#noted;
    return (key) => {
      ids[key] ??= this.#keys.idOf(notes.keyTexts[key] ?? "");
      return ids[key];
    };
  }

  #bytes(): number {
    const perEvent = bytesPerEvent + this.#times.size * bytesPerTime;
    return this.#rows * bytesPerRow + this.#starts.length * perEvent + this.#keys.bytes;
  }
}

/** The watch list that made the tap or the rule made its column too. */
function found<T>(value: T | undefined): T {
  if (value === undefined) throw new Error("a rule or step of another hunt");
  return value;
}
