import { type JoinKey, joinKeys } from "@harrier/lang/match";
import type { FieldPath, Literal } from "@harrier/lang/values";
import { firstValue } from "../alerts/index.ts";
import type { IngestedEvent } from "../ingest/index.ts";
import type { Rule } from "../rules/index.ts";
import { type Clock, clockName, orderClock, readClock, seenClock } from "./clock.ts";
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
import type { KeyCoverage } from "./key-coverage.ts";
import type { Spool } from "./spool.ts";
import { readSpooled, spoolText } from "./spooled-event.ts";
import type { Tap, WatchList } from "./watch-list.ts";

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
  readonly #coverage: KeyCoverage;
  readonly #keys = new KeyTable();
  readonly #columns: readonly StepColumn[];
  /** By the name of the clock. */
  readonly #times: ReadonlyMap<string, { readonly clock: Clock; readonly column: TimeColumn }>;
  readonly #tiebreakers: ReadonlyMap<FieldPath, Literal[]>;
  /** Where each event starts in the spool; it ends where the next one starts. */
  readonly #starts = growingDoubles();
  /** Who each event is. */
  readonly fingerprints: FingerprintColumn = new FingerprintColumn();
  readonly #indices = growingWords();
  /** Indices by number: many events have the same. */
  readonly #indexNames = new Map<string | undefined, number>();
  #rows = 0;
  #isTruncated = false;

  constructor(watchList: WatchList, spool: Spool, coverage: KeyCoverage, maxBytes: number) {
    const rules = watchList.deferred.map(({ running }) => running.rule);
    this.#spool = spool;
    this.#maxBytes = maxBytes;
    this.#coverage = coverage;
    this.#columns = Array.from({ length: watchList.tapCount }, makeStepColumn);
    this.#times = new Map(
      rules
        .flatMap((rule) => [orderClock(rule), seenClock(rule)])
        .map((clock) => [clockName(clock), { clock, column: new TimeColumn() }]),
    );
    this.#tiebreakers = new Map(
      rules.flatMap(({ tiebreakerField }) =>
        tiebreakerField === undefined ? [] : [[tiebreakerField, []]],
      ),
    );
  }

  /** Whether events were left out for want of room: sequences may be missing. */
  get isTruncated(): boolean {
    return this.#isTruncated;
  }

  /** How many different keys there are. */
  get keyCount(): number {
    return this.#keys.size;
  }

  /** Records the event for every tap; it meets the conditions of all of them. */
  record(event: IngestedEvent, taps: readonly Tap[]): void {
    let arrival: Arrival | undefined;
    for (const tap of taps) {
      const keys = joinKeys(tap.step, event.document);
      this.#coverage.note(tap, event.document, keys.length > 0);
      if (keys.length === 0) continue;
      if (arrival === undefined && this.#bytes() >= this.#maxBytes) {
        this.#isTruncated = true;
        continue;
      }
      arrival ??= this.#add(event);
      const { arrivals, keys: ids } = this.columnOf(tap);
      for (const key of keys) {
        arrivals.push(arrival);
        ids.push(this.#keys.idOf(key));
      }
      this.#rows += keys.length;
    }
  }

  columnOf(tap: Tap): StepColumn {
    return found(this.#columns[tap.place]);
  }

  /** The recorded events' times by a clock of one of the rules. */
  timesBy(clock: Clock): TimeColumn {
    return found(this.#times.get(clockName(clock))).column;
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

  async read(arrival: Arrival): Promise<IngestedEvent> {
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

  #add(event: IngestedEvent): Arrival {
    const { text, fingerprint } = spoolText(event);
    this.#starts.push(this.#spool.append(text));
    this.fingerprints.push(fingerprint());
    for (const { clock, column } of this.#times.values()) {
      column.push(readClock(clock, event.document));
    }
    for (const [field, values] of this.#tiebreakers) {
      values.push(firstValue(event.document, field) ?? null);
    }
    const number = this.#indexNames.get(event.index) ?? this.#indexNames.size;
    this.#indexNames.set(event.index, number);
    this.#indices.push(number);
    return this.#indices.length - 1;
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
