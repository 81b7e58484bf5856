import type { SequencePlan } from "../../ir/index.ts";
import type { EpochNanos } from "../../values/index.ts";
import { compareKeys, decodeKey, type JoinKey } from "../join-key.ts";
import type { EventReference, OrderedEvent, StepHit } from "../ordered-event.ts";
import { AgeList } from "./age-list.ts";
import { type Cell, none } from "./cells.ts";
import { readKey } from "./key-cells.ts";
import { Leads } from "./leads.ts";
import { type MemoryOptions, SequenceMemory, type Tenant } from "./memory.ts";
import {
  eventAt,
  firstAt,
  hasIntruder,
  isBroken,
  keyAt,
  lastAt,
  leadAt,
  marksAt,
  restShift,
  slotAt,
} from "./record.ts";
import { addEvent, readEvents } from "./record-events.ts";
import { type SequenceShape, shapeOf } from "./shape.ts";
import { Undecided } from "./undecided.ts";

/** A completed sequence or sample, or one event of an event query (its key is empty). */
export interface SequenceHit<E> {
  readonly key: JoinKey;
  /** In the order of the steps; null in the place of a missing event. */
  readonly events: readonly (E | null)[];
}

export interface SequenceOptions extends MemoryOptions {
  /**
   * What `finish` makes of a sequence that ends with a missing event while its time is not over:
   * Elasticsearch reports it at once (`match`, the default).
   */
  readonly undecidedAtEnd?: "match" | "drop";
}

/** With each event and each of its keys so many sequences may be forgotten whose time is over: more than can come. */
const forgottenAtOnce = 4;

/**
 * The state machine of eql-semantics 11.3 with the missing events of 12. For every key there is one
 * slot per stage with at most one pending sequence; an event is offered to the last stage first, so
 * it serves no sequence twice; `until` clears last.
 *
 * Events must be pushed in the order of `compareOrdered`. Hits come in the order of their last events.
 *
 * What waits is kept in a memory with a bound, a hundred to two hundred bytes each: the key, the time and the
 * references of the events. Pending sequences stand in the order of their first events, which is that in which their time
 * ends, so that they are forgotten a few at a time and nothing ever goes over all keys.
 */
export class SequenceMatcher implements Tenant {
  readonly #shape: SequenceShape;
  readonly #untilStep: number;
  readonly #maxspanMs: number;
  readonly #undecidedAtEnd: "match" | "drop";
  readonly #memory: SequenceMemory;
  /** Slot n from here holds the sequence whose last event is of stage n. */
  readonly #firstSlot: number;
  /** By stage: how many sequences have come so far and wait for the next. */
  readonly #waiting: Uint32Array;
  /** All of them, by their first events. */
  readonly #pending: AgeList;
  #pendingCount = 0;
  readonly #leads: Leads;
  readonly #complete: Undecided;
  /** The time of the stream: milliseconds, and the nanoseconds within. */
  #ms: number = Number.NEGATIVE_INFINITY;
  #rest = 0;
  #truncated = false;
  #undecided = 0;

  /** Matchers may share a memory; then its options count. */
  constructor(
    plan: SequencePlan,
    options: SequenceOptions = {},
    memory: SequenceMemory = new SequenceMemory(options),
  ) {
    this.#shape = shapeOf(plan);
    this.#untilStep = plan.steps.length;
    this.#maxspanMs = plan.maxspanMs ?? Number.POSITIVE_INFINITY;
    this.#undecidedAtEnd = options.undecidedAtEnd ?? "match";
    this.#memory = memory;
    const { stages } = this.#shape;
    this.#firstSlot = memory.admit(this, stages + 1);
    this.#waiting = new Uint32Array(stages - 1);
    this.#pending = new AgeList(memory.cells);
    this.#leads = new Leads(memory, this.#firstSlot + stages - 1);
    this.#complete = new Undecided(memory, this.#firstSlot + stages);
  }

  /** Whether something that waited was given up for want of room: matches may be missing. None is there that should not be. */
  get truncated(): boolean {
    return this.#truncated;
  }

  /** How many things are kept: sequences, and times of leading missing events. */
  get records(): number {
    return this.#pendingCount + this.#leads.count + this.#complete.count;
  }

  /** After `finish`: complete sequences that were dropped because their missing events could still have come. */
  get undecided(): number {
    return this.#undecided;
  }

  /**
   * Whether an event of the step can change anything now; if not, there is no need to know of it. The step `until`
   * counts as idle while nothing waits; an event that starts a sequence must be asked for it all the same.
   */
  awaits(step: number): boolean {
    if (step === this.#untilStep) return this.#pendingCount > 0;
    const place = this.#shape.places[step];
    if (place === undefined) return false;
    if (place.at === 0) return true;
    if (place.missing && place.at === this.#shape.stages) return this.#complete.open > 0;
    return (this.#waiting[place.at - 1] ?? 0) > 0;
  }

  /** The sequences that are certain now. */
  push({ event, time, steps }: OrderedEvent): readonly SequenceHit<EventReference>[] {
    const hits = this.advance(time);
    for (const hit of fromLastToFirst(steps)) {
      const place = this.#shape.places[hit.step];
      if (place === undefined) continue;
      if (place.missing) this.#noteMissing(place.at, hit);
      else this.#advance(place.at, hit, event, hits);
    }
    for (const { step, keys } of steps) {
      if (step === this.#untilStep) for (const key of keys) this.#clear(key);
    }
    return hits;
  }

  /** The sequences that are certain when the stream has come to that time; no earlier event may follow. */
  advance(time: EpochNanos): SequenceHit<EventReference>[] {
    const hits: SequenceHit<EventReference>[] = [];
    this.#moveTo(time);
    this.#takeCertain(hits);
    return hits;
  }

  /** What is left to say when no event follows. The matcher is used up. */
  finish(): readonly SequenceHit<EventReference>[] {
    const hits: SequenceHit<EventReference>[] = [];
    for (let { oldest } = this.#complete; oldest !== none; oldest = this.#complete.oldest) {
      if (this.#complete.certain(this.#ms) !== none || this.#undecidedAtEnd === "match") {
        hits.push(this.#hitOf(oldest));
      } else {
        this.#undecided += 1;
      }
      this.#complete.removeOldest();
    }
    return hits;
  }

  giveUpOldest(): void {
    const { cells } = this.#memory;
    const pending = this.#pending.oldest;
    const lead = this.#leads.oldest;
    const complete = this.#complete.oldest;
    const sinceOf = (record: Cell, place: number): number =>
      record === none ? Number.POSITIVE_INFINITY : cells.double(record, place);
    const since = sinceOf(pending, firstAt);
    const leadSince = sinceOf(lead, firstAt);
    const completeSince = sinceOf(complete, lastAt);
    if (pending !== none && since <= leadSince && since <= completeSince) {
      this.#truncated ||= !this.#isOver(pending);
      this.#drop(pending);
    } else if (lead !== none && leadSince <= completeSince) {
      this.#truncated ||= !this.#isLeadOver(lead);
      this.#leads.loseOldest();
    } else {
      this.#truncated = true;
      this.#complete.removeOldest();
    }
  }

  #moveTo(time: EpochNanos): void {
    const rest = Number(time % nanosPerMilli);
    this.#rest = rest < 0 ? rest + Number(nanosPerMilli) : rest;
    this.#ms = Number((time - BigInt(this.#rest)) / nanosPerMilli);
    this.#forget();
  }

  /** Makes a key the one at hand, with room for what comes. */
  #enter(key: JoinKey): boolean {
    this.#forget();
    if (this.#memory.enter(key)) return true;
    this.#truncated = true;
    return false;
  }

  #advance(
    stage: number,
    hit: StepHit,
    event: EventReference,
    hits: SequenceHit<EventReference>[],
  ): void {
    const isLast = stage === this.#shape.stages - 1;
    const keys = isLast && hit.keys.length > 1 ? [...hit.keys].sort(compareKeys) : hit.keys;
    for (const key of keys) {
      if (!this.#enter(key)) continue;
      const record = stage === 0 ? this.#start(event) : this.#extend(stage, event);
      if (record === none) continue;
      if (isLast) this.#end(record, key, hits);
      else this.#put(stage, record);
    }
  }

  /** A record with the event as its first. It is in no slot yet. */
  #start(event: EventReference): Cell {
    const { cells } = this.#memory;
    const record = this.#memory.makeRecord();
    cells.setInt(record, marksAt, this.#rest << restShift);
    cells.setDouble(record, firstAt, this.#ms);
    cells.setDouble(record, eventAt, event);
    cells.setDouble(record, lastAt, this.#ms);
    cells.setDouble(record, leadAt, this.#shape.hasLeading ? this.#leads.before(this.#ms) : never);
    this.#pending.append(record);
    this.#pendingCount += 1;
    return record;
  }

  /** Takes the sequence out of the slot before `stage`; `none` when there is none or its time is over. */
  #extend(stage: number, event: EventReference): Cell {
    const { cells, table, key } = this.#memory;
    const record = table.find(this.#firstSlot + stage - 1, key);
    if (record === none) return none;
    if (this.#isOver(record)) {
      this.#drop(record);
      return none;
    }
    table.remove(record);
    this.#count(stage - 1, -1);
    const marked = cells.int(record, marksAt);
    if ((marked & hasIntruder) !== 0) {
      const broken = cells.double(record, lastAt) < this.#ms ? isBroken : 0;
      cells.setInt(record, marksAt, (marked & ~hasIntruder) | broken);
    }
    cells.setDouble(record, lastAt, this.#ms);
    addEvent(cells, record, stage, event);
    return record;
  }

  #put(stage: number, record: Cell): void {
    const { table, key } = this.#memory;
    const slot = this.#firstSlot + stage;
    const replaced = table.find(slot, key);
    if (replaced !== none) this.#drop(replaced);
    table.insert(record, slot, key);
    this.#count(stage, 1);
  }

  /** All stages are there. */
  #end(record: Cell, key: JoinKey, hits: SequenceHit<EventReference>[]): void {
    const { cells } = this.#memory;
    const { hasLeading, hasTrailing } = this.#shape;
    this.#pending.remove(record);
    this.#pendingCount -= 1;
    const lead = cells.double(record, leadAt);
    if ((cells.int(record, marksAt) & isBroken) !== 0) {
      this.#memory.release(record);
    } else if (hasTrailing) {
      cells.setInt(record, marksAt, bigintsOf(key) << restShift);
      const since = hasLeading ? lead : cells.double(record, firstAt);
      this.#complete.add(record, since + this.#maxspanMs);
      this.#takeCertain(hits);
    } else {
      if (this.#ms - lead > this.#maxspanMs || !hasLeading) {
        hits.push({ key, events: this.#eventsOf(record) });
      }
      this.#memory.release(record);
    }
  }

  #noteMissing(gap: number, { keys }: StepHit): void {
    for (const key of keys) {
      if (gap === 0) {
        if (this.#enter(key)) this.#leads.note(this.#ms);
        continue;
      }
      this.#memory.key.pack(key);
      if (gap === this.#shape.stages) this.#complete.noteTrail(this.#ms);
      else this.#noteIntruder(gap);
    }
  }

  /** Missing events count by milliseconds, and strictly: one at the time of its neighbour is not between. */
  #noteIntruder(gap: number): void {
    const { cells, table, key } = this.#memory;
    const record = table.find(this.#firstSlot + gap - 1, key);
    if (record === none) return;
    const marked = cells.int(record, marksAt);
    if ((marked & hasIntruder) !== 0 || this.#ms <= cells.double(record, lastAt)) return;
    cells.setInt(record, marksAt, marked | hasIntruder);
    cells.setDouble(record, lastAt, this.#ms);
  }

  #clear(key: JoinKey): void {
    if (this.#pendingCount === 0) return;
    this.#memory.key.pack(key);
    for (let stage = 0; stage < this.#waiting.length; stage += 1) {
      if (this.#waiting[stage] === 0) continue;
      const record = this.#memory.table.find(this.#firstSlot + stage, this.#memory.key);
      if (record !== none) this.#drop(record);
    }
  }

  /** Lets go of what can't matter any more, a little at a time. */
  #forget(): void {
    for (let count = 0; count < forgottenAtOnce; count += 1) {
      const { oldest } = this.#pending;
      if (oldest === none || !this.#isOver(oldest)) break;
      this.#drop(oldest);
    }
    for (let count = 0; count < forgottenAtOnce; count += 1) {
      const { oldest } = this.#leads;
      if (oldest === none || !this.#isLeadOver(oldest)) break;
      this.#leads.removeOldest();
    }
  }

  #isLeadOver(record: Cell): boolean {
    return this.#ms - this.#leads.latestOf(record) > this.#maxspanMs;
  }

  /** Whether the time of a pending sequence is over. */
  #isOver(record: Cell): boolean {
    const { cells } = this.#memory;
    const span = this.#ms - cells.double(record, firstAt);
    if (span !== this.#maxspanMs) return span > this.#maxspanMs;
    return this.#rest > cells.int(record, marksAt) >>> restShift;
  }

  /** Lets go of a sequence in a slot. */
  #drop(record: Cell): void {
    const { cells, table } = this.#memory;
    this.#count(cells.int(record, slotAt) - this.#firstSlot, -1);
    table.remove(record);
    this.#pending.remove(record);
    this.#memory.release(record);
    this.#pendingCount -= 1;
  }

  #count(stage: number, change: number): void {
    this.#waiting[stage] = (this.#waiting[stage] ?? 0) + change;
  }

  #takeCertain(hits: SequenceHit<EventReference>[]): void {
    for (;;) {
      const record = this.#complete.certain(this.#ms);
      if (record === none) return;
      hits.push(this.#hitOf(record));
      this.#complete.removeOldest();
    }
  }

  #hitOf(record: Cell): SequenceHit<EventReference> {
    const { cells } = this.#memory;
    const key = decodeKey(readKey(cells, cells.int(record, keyAt)));
    const bigints = cells.int(record, marksAt) >>> restShift;
    return { key: withBigints(key, bigints), events: this.#eventsOf(record) };
  }

  #eventsOf(record: Cell): readonly (EventReference | null)[] {
    const { stages, places } = this.#shape;
    const events = readEvents(this.#memory.cells, record, stages);
    return places.map(({ missing, at }) => (missing ? null : (events[at] ?? null)));
  }
}

const nanosPerMilli = 1_000_000n;
const never: number = Number.NEGATIVE_INFINITY;

/** Equal keys may have numbers of two types. A bit for each of the first values that is a `bigint`. */
function bigintsOf(key: JoinKey): number {
  return key.reduce<number>(
    (bits, value, place) => (typeof value === "bigint" && place < 28 ? bits | (1 << place) : bits),
    0,
  );
}

function withBigints(key: JoinKey, bigints: number): JoinKey {
  return key.map((value, place) => {
    const isBigint = ((bigints >>> place) & 1) === 1;
    if (typeof value === "number" && isBigint) return BigInt(value);
    return typeof value === "bigint" && !isBigint ? Number(value) : value;
  });
}

function fromLastToFirst(steps: readonly StepHit[]): readonly StepHit[] {
  return steps.length > 1 ? [...steps].sort((left, right) => right.step - left.step) : steps;
}
