import type { EventDocument } from "./document.ts";
import type { FieldTable } from "./field-table.ts";
import type { ValueTest } from "./leaf.ts";
import type { LookPlan } from "./look-plan.ts";
import type { Part, SharedCondition } from "./parts.ts";
import { yes } from "./program.ts";
import { noLeaves, type TruthList, type TruthLists } from "./truth-lists.ts";

/** The event at hand, for leaves that are worked out when a program comes to them. */
export interface EventView {
  readonly document: () => EventDocument;
  /** Whether some value of the field satisfies the test. */
  readonly someValue: (field: FieldTable, test: ValueTest) => boolean;
}

export type EventTest = (event: EventView) => boolean;

/**
 * What is known of the event at hand, one event after another. A true leaf is stamped with the event's number and
 * nominates the parts that can't do without it; what is not stamped is false. When all values have been seen,
 * the programs of the nominated parts read the stamps.
 */
export class EventRun {
  /** The number of the event: a double, which no stream is long enough to exhaust. */
  epoch = 0;
  /** The last event on which the leaf was true; 0 for never. */
  readonly trueAt: Float64Array;
  /** On how many events the leaf was true, about: only some events are counted. */
  readonly wasTrue: Float64Array;
  /** The last event that had the field; 0 for never. */
  readonly seenAt: Float64Array;
  readonly lists: TruthLists;
  /** By part. */
  readonly nominated: Float64Array;
  readonly ran: Float64Array;
  /** By shared condition. */
  readonly met: Float64Array;
  /** By shared condition: 1 where nobody wants to know whether it is met. */
  readonly isIdle: Uint8Array;
  /** How often each test ran. */
  readonly computed: Float64Array;
  looks = 0;
  steps = 0;
  // Of the plan: each by itself, for they are read all the time.
  #always: readonly number[] = [];
  #postings: Int32Array = new Int32Array(0);
  #nominees: Int32Array = new Int32Array(0);
  #isEntry: Uint8Array = new Uint8Array(0);
  #code: Int32Array = new Int32Array(0);
  #entries: Int32Array = new Int32Array(0);
  readonly #conditionOf: Int32Array;
  readonly #members: readonly (readonly number[])[];
  /** The leaves that a program has worked out when it comes to them. */
  readonly #tests: readonly EventTest[];
  readonly #computedAt: Float64Array;
  readonly #verdicts: Uint8Array;
  /** The last event for which the part is to be looked at. */
  readonly #candidateAt: Float64Array;
  readonly #candidates: Int32Array;
  #candidateCount = 0;
  /** The last event that met the condition. */
  readonly #metAt: Float64Array;

  /** Called when enough events have come to plan anew. */
  readonly #onReview: () => void;
  #nextReview = firstReview;

  constructor(
    plan: LookPlan,
    size: { readonly leaves: number; readonly fields: number },
    lists: TruthLists,
    parts: readonly Part[],
    conditions: readonly SharedCondition[],
    tests: readonly EventTest[],
    onReview: () => void,
  ) {
    this.#onReview = onReview;
    this.follow(plan);
    this.#conditionOf = Int32Array.from(parts, ({ condition }) => condition);
    this.#members = conditions.map(({ members }) => members);
    this.#tests = tests;
    this.lists = lists;
    this.trueAt = new Float64Array(size.leaves);
    this.wasTrue = new Float64Array(size.leaves);
    this.seenAt = new Float64Array(size.fields);
    this.nominated = new Float64Array(parts.length);
    this.ran = new Float64Array(parts.length);
    this.met = new Float64Array(conditions.length);
    this.isIdle = new Uint8Array(conditions.length);
    this.#computedAt = new Float64Array(tests.length);
    this.computed = new Float64Array(tests.length);
    this.#verdicts = new Uint8Array(tests.length);
    this.#candidateAt = new Float64Array(parts.length);
    this.#candidates = new Int32Array(parts.length);
    this.#metAt = new Float64Array(conditions.length);
  }

  /** Takes another plan for the events to come. */
  follow(plan: LookPlan): void {
    this.#always = plan.always;
    this.#postings = plan.postings;
    this.#nominees = plan.nominees;
    this.#isEntry = plan.isEntry;
    this.#code = plan.code;
    this.#entries = plan.entries;
  }

  begin(): void {
    if (this.epoch === this.#nextReview) {
      this.#nextReview *= reviewStep;
      this.#onReview();
    }
    this.lists.bound();
    this.epoch += 1;
    this.#candidateCount = 0;
  }

  /** A value of the field, by its place, is there; and so the leaves that ask for no more are true. */
  see(field: number, exists: TruthList): void {
    if (this.seenAt[field] === this.epoch) return;
    this.seenAt[field] = this.epoch;
    if (exists !== noLeaves) this.stamp(exists);
  }

  /** The leaves of the list are true. */
  stamp(list: TruthList): void {
    const { epoch, trueAt } = this;
    const { leaves } = this.lists;
    const isEntry = this.#isEntry;
    const postings = this.#postings;
    const nominees = this.#nominees;
    const isCounted = epoch % countedEach === 0;
    const end = this.lists.end(list);
    for (let place = this.lists.start(list); place < end; place += 1) {
      const id = leaves[place] ?? 0;
      if (trueAt[id] === epoch) continue;
      trueAt[id] = epoch;
      if (isCounted) this.wasTrue[id] = (this.wasTrue[id] ?? 0) + countedEach;
      if (isEntry[id] === 0) continue;
      const last = postings[id + 1] ?? 0;
      for (let at = postings[id] ?? 0; at < last; at += 1) this.#nominate(nominees[at] ?? 0);
    }
  }

  /** The places of the conditions met, ascending. `event` is asked only for what has to be worked out. */
  finish(event: EventView): readonly number[] {
    const { epoch } = this;
    const entries = this.#entries;
    const metAt = this.#metAt;
    const isIdle = this.isIdle;
    for (const part of this.#always) this.#nominate(part);
    let hits: number[] | undefined;
    for (let index = 0; index < this.#candidateCount; index += 1) {
      const part = this.#candidates[index] ?? 0;
      const condition = this.#conditionOf[part] ?? 0;
      if (metAt[condition] === epoch || isIdle[condition] === 1) continue;
      this.looks += 1;
      this.ran[part] = (this.ran[part] ?? 0) + 1;
      if (!this.#run(entries[part] ?? 0, event)) continue;
      metAt[condition] = epoch;
      this.met[condition] = (this.met[condition] ?? 0) + 1;
      hits ??= [];
      for (const member of this.#members[condition] ?? none) hits.push(member);
    }
    if (hits === undefined) return none;
    return hits.length > 1 ? hits.sort(ascending) : hits;
  }

  #nominate(part: number): void {
    if (this.#candidateAt[part] === this.epoch) return;
    this.#candidateAt[part] = this.epoch;
    this.nominated[part] = (this.nominated[part] ?? 0) + 1;
    this.#candidates[this.#candidateCount] = part;
    this.#candidateCount += 1;
  }

  #run(entry: number, event: EventView): boolean {
    const { epoch, trueAt } = this;
    const code = this.#code;
    let at = entry;
    let steps = 0;
    while (at >= 0) {
      const id = code[at] ?? 0;
      const isTrue = id < 0 ? this.#compute(-id - 1, event) : trueAt[id] === epoch;
      at = code[isTrue ? at + 1 : at + 2] ?? 0;
      steps += 1;
    }
    this.steps += steps;
    return at === yes;
  }

  #compute(index: number, event: EventView): boolean {
    if (this.#computedAt[index] !== this.epoch) {
      this.#computedAt[index] = this.epoch;
      this.computed[index] = (this.computed[index] ?? 0) + 1;
      this.#verdicts[index] = this.#tests[index]?.(event) ? 1 : 0;
    }
    return this.#verdicts[index] === 1;
  }
}

/** What is true is counted on one of so many events. */
const countedEach = 8;

/** The plan is reviewed after so many events, and again each time that there are so many times more. */
const firstReview = 1_000;
const reviewStep = 8;

const none: readonly number[] = [];

function ascending(left: number, right: number): number {
  return left - right;
}
