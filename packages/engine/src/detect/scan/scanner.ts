import type { ConditionSet } from "@harrier/lang/match";
import { timeOf } from "../../alerts/index.ts";
import {
  type Ending,
  type FileFacts,
  FileReading,
  type IngestedEvent,
  type InputFinding,
  type LineStart,
  type TimeDoubts,
} from "../../ingest/index.ts";
import { type CountedEvents, EventCounter } from "../event-counter.ts";
import { withSignalNames } from "../read-alerts.ts";
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
  #counter: EventCounter;
  #findings: InputFinding[] = [];
  #looks: Look[] = [];

  /** The conditions are those of the task. */
  constructor(task: ScanTask, conditions: ConditionSet) {
    this.#task = task;
    this.#conditions = conditions;
    this.#book = new NoteBook(task.plan);
    this.#counter = new EventCounter(task.range);
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
    });
  }

  #look(read: IngestedEvent): void {
    const { readsIdentity, readsAlerts } = this.#task;
    if (!this.#counter.admit(read, timeOf(read.document))) return;
    const event = readsAlerts ? withSignalNames(read) : read;
    const met = this.#conditions.match(readsIdentity ? withIdentity(event) : event.document);
    if (met.length > 0) this.#note(event, met);
  }

  #note(event: IngestedEvent, met: readonly number[]): void {
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
      event,
      wanted.map((tap) => tap.place),
    );
    // Whoever counts what exceptions keep away must see the event, too.
    if (isWatched || wanted.length < tapped.length) this.#looks.push({ place, met, isUndecided });
  }
}
