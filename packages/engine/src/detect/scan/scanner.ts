import type { ConditionSet, LineMatcher, LineOptions } from "@harrier/lang/match";
import type { FieldPath } from "@harrier/lang/values";
import { instantOf, timeOf } from "../../alerts/index.ts";
import {
  deepestLine,
  type Ending,
  type FileFacts,
  FileReading,
  type IngestedEvent,
  type InputFinding,
  isPlainLine,
  type LineStart,
  otherLineKeys,
  plainLineFields,
  streamNamed,
  type TimeDoubts,
} from "../../ingest/index.ts";
import { type CountedEvents, EventCounter } from "../event-counter.ts";
import { alertKey, withSignalNames } from "../read-alerts.ts";
import type { SpooledEvent } from "../spooled-event.ts";
import { withIdentity } from "../with-identity.ts";
import { NoteBook, type Notes } from "./notes.ts";
import type { ScanTap, ScanTask } from "./scan-task.ts";

/** A block to be scanned. Plain data: it crosses threads. */
export interface BlockOrder {
  /** The number of its file among those of the hunt. */
  readonly file: number;
  readonly facts: FileFacts;
  /**
   * Where the block is read: `apart`, as if in the middle of a log of one event a line; by a new reading of the
   * file, from there; or `on`, by the reading that this scanner has of the file.
   */
  readonly from: LineStart | "apart" | "on";
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly ending: Ending;
}

/** What came of a block. Plain data: it crosses threads. */
export interface BlockResult {
  /** Where another reading could go on; in a block read apart counted from its own first line. */
  readonly here: LineStart | undefined;
  /** A block read apart has the same events in its place. */
  readonly isByLine: boolean;
  /** Nothing more will come of the file. */
  readonly isDone: boolean;
  readonly findings: readonly InputFinding[];
  readonly doubts: TimeDoubts;
  readonly counted: CountedEvents;
  readonly notes: Notes;
  /** In the order of the events. */
  readonly looks: readonly Look[];
}

/** An event of the notes that somebody has to look at. */
export interface Look {
  /** Its place among the notes. */
  readonly place: number;
  /** The conditions that it meets. */
  readonly met: readonly number[];
  /** Nothing is noted for its taps: whether it meets them is not decided. */
  readonly isUndecided: boolean;
}

/** Scans blocks: reads their events, matches them and notes what rules want to hear of. */
export class Scanner {
  readonly #task: ScanTask;
  readonly #conditions: ConditionSet;
  readonly #book: NoteBook;
  /** By file: readings that go on. */
  readonly #readings = new Map<number, FileReading>();
  readonly #lines: LineMatcher | undefined;
  #indexOfLine: string | undefined;
  /** The line at hand was counted and is not to be matched. */
  #isOutside = false;
  #counter: EventCounter;
  #findings: InputFinding[] = [];
  #looks: Look[] = [];

  /** The conditions are those of the task. */
  constructor(task: ScanTask, conditions: ConditionSet) {
    this.#task = task;
    this.#conditions = conditions;
    this.#book = new NoteBook(task.plan);
    this.#counter = new EventCounter(task.range);
    // What an event is called is worked out from all of it.
    if (task.readsIdentity) return;
    this.#lines = conditions.openLines({
      decode,
      watch: plainLineFields,
      refuse: [...otherLineKeys, ...(task.readsAlerts ? [alertKey] : [])],
      accept: () => this.#acceptLine(),
      nesting: deepestLine,
    });
  }

  /** Scans a block to its end; the next must wait for it. */
  async scan({ file, facts, from, bytes, ending }: BlockOrder): Promise<BlockResult> {
    const reading = (from === "on" && this.#readings.get(file)) || this.#open(facts, from);
    await reading.push(bytes, ending);
    if (from !== "apart") {
      if (reading.isDone) this.#readings.delete(file);
      else this.#readings.set(file, reading);
    }
    const result: BlockResult = {
      here: reading.here,
      isByLine: reading.isByLine,
      isDone: reading.isDone,
      findings: this.#findings,
      doubts: reading.takeDoubts(),
      counted: this.#counter.counted(),
      notes: this.#book.take(),
      looks: this.#looks,
    };
    this.#counter = new EventCounter(this.#task.range);
    this.#findings = [];
    this.#looks = [];
    return result;
  }

  /** The file's reading will not be asked to go on. */
  leave(file: number): void {
    this.#readings.delete(file);
  }

  #open(facts: FileFacts, from: BlockOrder["from"]): FileReading {
    if (from === "on") throw new Error(`${facts.name} is not being read`);
    const { timezone } = this.#task;
    return new FileReading(facts, from, timezone === undefined ? {} : { timezone }, {
      onEvents: (events) => {
        for (const event of events) this.#look(event);
      },
      onFinding: (finding) => this.#findings.push({ input: facts.name, ...finding }),
      ...(this.#lines !== undefined && {
        takeLine: (bytes, start, end) => this.#takeLine(bytes, start, end),
      }),
    });
  }

  /** Matches a line from its bytes, if it is an ECS document as it stands. */
  #takeLine(bytes: Uint8Array, start: number, end: number): boolean {
    const lines = this.#lines;
    if (lines === undefined) return false;
    this.#isOutside = false;
    const met = lines.match(bytes, start, end);
    if (met === undefined) return this.#isOutside;
    this.#note(met, () => {
      const document = lines.document();
      return { document, raw: document, index: this.#indexOfLine, id: undefined };
    });
    return true;
  }

  /** Whether a line is one to be matched. One outside of the range is counted, and no more. */
  #acceptLine(): boolean {
    const valuesOf = (field: FieldPath) => this.#lines?.watched(placeOf(field)) ?? [];
    if (!isPlainLine((field) => valuesOf(field).length > 0)) return false;
    this.#indexOfLine = streamNamed(valuesOf);
    const time = instantOf(valuesOf("@timestamp")[0]);
    this.#isOutside = !this.#counter.admit({ index: this.#indexOfLine }, time);
    return !this.#isOutside;
  }

  #look(read: IngestedEvent): void {
    const { readsIdentity, readsAlerts } = this.#task;
    if (!this.#counter.admit(read, timeOf(read.document))) return;
    const event = readsAlerts ? withSignalNames(read) : read;
    const met = this.#conditions.match(readsIdentity ? withIdentity(event) : event.document);
    this.#note(met, () => event);
  }

  /** Takes down an event that meets these conditions, if somebody wants to hear of it. */
  #note(met: readonly number[], read: () => SpooledEvent): void {
    const { isLookedAt, taps } = this.#task;
    const tapped: ScanTap[] = [];
    for (const condition of met) for (const tap of taps[condition] ?? []) tapped.push(tap);
    const isWatched = met.some((condition) => isLookedAt[condition]);
    if (!isWatched && tapped.length === 0) return;
    const isUndecided = tapped.some(({ isThreat }) => isThreat);
    const isExcepted = ({ exception }: ScanTap) =>
      exception !== undefined && met.includes(exception);
    const wanted = isUndecided ? [] : tapped.filter((tap) => !isExcepted(tap));
    const place = this.#book.note(
      read(),
      wanted.map((tap) => tap.place),
    );
    // Whoever counts what exceptions keep away must see the event, too.
    if (isWatched || wanted.length < tapped.length) this.#looks.push({ place, met, isUndecided });
  }
}

function placeOf(field: FieldPath): number {
  return plainLineFields.indexOf(field);
}

const decode: NonNullable<LineOptions["decode"]> = (bytes, start, end) =>
  Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString("utf8");
