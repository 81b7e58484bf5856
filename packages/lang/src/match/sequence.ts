import type { SequencePlan } from "../ir/index.ts";
import type { EpochNanos } from "../values/index.ts";
import { type Entry, Generations } from "./generations.ts";
import { compareKeys, encodeKey, type JoinKey } from "./join-key.ts";
import type { OrderedEvent, StepHit } from "./ordered-event.ts";
import { type SequenceShape, shapeOf } from "./sequence-shape.ts";
import { type Undecided, Verdicts } from "./verdicts.ts";

/** A completed sequence or sample, or one event of an event query (its key is empty). */
export interface SequenceHit<E> {
  readonly key: JoinKey;
  /** In the order of the steps; null in the place of a missing event. */
  readonly events: readonly (E | null)[];
}

export interface SequenceOptions {
  /**
   * The most pending sequences to hold. When they grow past it, the half that was not touched for the
   * longest time is given up and `truncated` is set. Default: 1,000,000.
   */
  readonly maxPartials?: number;
  /**
   * What `finish` makes of a sequence that ends with a missing event while its time is not over:
   * Elasticsearch reports it at once (`match`, the default).
   */
  readonly undecidedAtEnd?: "match" | "drop";
}

/** A sequence that waits for its next stage. Times in `lead` and `intruder` are milliseconds. */
interface Pending<E> {
  readonly first: EpochNanos;
  last: EpochNanos;
  readonly events: E[];
  /** Latest event of a leading missing step before the first event. */
  readonly lead: number | undefined;
  /** Earliest event of a missing step in the gap that the sequence waits in. */
  intruder: number | undefined;
  /** An intruder was found in some gap: it still takes its slot, but is not reported. */
  isBroken: boolean;
}

/** All that is known of one key. */
interface KeyState<E> {
  /** Slot n holds the sequence whose last event is of stage n. */
  readonly slots: (Pending<E> | undefined)[];
  /** The two latest different times, in milliseconds, of leading missing events. */
  lead: readonly [latest: number, before: number | undefined] | undefined;
  /** Completed, and waiting whether a trailing missing event comes; without those that got their verdict. */
  undecided: Set<Undecided<E>> | undefined;
}

const defaultMaxPartials = 1_000_000;

/**
 * The state machine of eql-semantics 11.3 with the missing events of 12. For every key there is one
 * slot per stage with at most one pending sequence; an event is offered to the last stage first, so
 * it serves no sequence twice; `until` clears last. Expired state goes by generations of one maxspan:
 * no sweep over all keys ever happens.
 *
 * Events must be pushed in the order of `compareOrdered`. Hits come in the order of their last events.
 */
export class SequenceMatcher<E> {
  readonly #plan: SequencePlan;
  readonly #shape: SequenceShape;
  readonly #maxspanMs: number;
  readonly #maxspan: EpochNanos | undefined;
  readonly #maxPartials: number;
  readonly #keys: Generations<KeyState<E>> = new Generations();
  readonly #verdicts: Verdicts<E>;
  #now: EpochNanos = 0n;
  #generationStart: EpochNanos | undefined;
  #truncated = false;

  constructor(plan: SequencePlan, options: SequenceOptions = {}) {
    this.#plan = plan;
    this.#shape = shapeOf(plan);
    this.#maxspanMs = plan.maxspanMs ?? Number.POSITIVE_INFINITY;
    this.#maxspan = plan.maxspanMs === undefined ? undefined : BigInt(plan.maxspanMs) * 1_000_000n;
    this.#maxPartials = options.maxPartials ?? defaultMaxPartials;
    this.#verdicts = new Verdicts(options.undecidedAtEnd ?? "match");
  }

  /** Whether pending sequences were given up because of `maxPartials`: matches may be missing. */
  get truncated(): boolean {
    return this.#truncated;
  }

  /** The sequences that are certain now. */
  push(event: OrderedEvent<E>): readonly SequenceHit<E>[] {
    this.#forget(event.time);
    const ms = millisOf(event.time);
    const hits = this.#verdicts.decide(ms);
    const untilStep = this.#plan.steps.length;
    for (const hit of fromLastToFirst(event.steps)) {
      const place = this.#shape.places[hit.step];
      if (place === undefined) continue;
      if (place.missing) this.#noteMissing(place.at, hit, ms);
      else this.#advance(place.at, hit, event, hits);
    }
    for (const { step, keys } of event.steps) {
      if (step === untilStep) for (const key of keys) this.#clear(key);
    }
    return hits;
  }

  /** What is left to say when no event follows. The matcher is used up. */
  finish(): readonly SequenceHit<E>[] {
    return this.#verdicts.finish();
  }

  #advance(stage: number, hit: StepHit, event: OrderedEvent<E>, hits: SequenceHit<E>[]): void {
    const isLast = stage === this.#shape.stages - 1;
    const keys = isLast && hit.keys.length > 1 ? [...hit.keys].sort(compareKeys) : hit.keys;
    for (const key of keys) {
      const text = encodeKey(key);
      const entry = this.#keys.touch(text);
      const pending = stage === 0 ? start(event, entry) : this.#extend(stage, event, entry);
      if (pending === undefined) continue;
      if (isLast) this.#complete(key, text, pending, hits);
      else this.#put(stage, text, pending);
    }
  }

  /** Takes the sequence out of the slot before `stage`; `undefined` when there is none or its time is over. */
  #extend(
    stage: number,
    event: OrderedEvent<E>,
    entry: Entry<KeyState<E>> | undefined,
  ): Pending<E> | undefined {
    const pending = entry?.value.slots[stage - 1];
    if (entry === undefined || pending === undefined) return undefined;
    entry.value.slots[stage - 1] = undefined;
    this.#keys.weigh(entry, -1);
    if (this.#maxspan !== undefined && event.time - pending.first > this.#maxspan) return undefined;
    if (pending.intruder !== undefined && pending.intruder < millisOf(event.time)) {
      pending.isBroken = true;
    }
    pending.intruder = undefined;
    pending.last = event.time;
    pending.events.push(event.event);
    return pending;
  }

  #put(stage: number, key: string, pending: Pending<E>): void {
    const entry = this.#entry(key);
    if (entry.value.slots[stage] === undefined) this.#grow(entry);
    entry.value.slots[stage] = pending;
  }

  #complete(key: JoinKey, text: string, pending: Pending<E>, hits: SequenceHit<E>[]): void {
    if (pending.isBroken) return;
    const { hasLeading, hasTrailing } = this.#shape;
    const { lead, first } = pending;
    const last = millisOf(pending.last);
    const hit = { key, events: this.#eventsOf(pending) };
    if (!hasTrailing) {
      if (!hasLeading || lead === undefined || last - lead > this.#maxspanMs) hits.push(hit);
      return;
    }
    const since = hasLeading ? lead : millisOf(first);
    const deadline = since === undefined ? Number.NEGATIVE_INFINITY : since + this.#maxspanMs;
    const entry = this.#entry(text);
    const undecided: Undecided<E> = {
      hit,
      last,
      deadline,
      verdict: undefined,
      isLost: () => entry.generation.isLost,
      release: () => {
        entry.value.undecided?.delete(undecided);
        this.#keys.weigh(entry, -1);
      },
    };
    entry.value.undecided ??= new Set();
    entry.value.undecided.add(undecided);
    this.#grow(entry);
    this.#verdicts.add(undecided);
    for (const decided of this.#verdicts.decide(last)) hits.push(decided);
  }

  #noteMissing(gap: number, { keys }: StepHit, ms: number): void {
    for (const key of keys) {
      const text = encodeKey(key);
      if (gap === 0) {
        this.#noteLead(text, ms);
        continue;
      }
      const entry = this.#keys.touch(text);
      if (entry === undefined) continue;
      if (gap === this.#shape.stages) noteTrail(entry.value, ms);
      else noteIntruder(entry.value.slots[gap - 1], ms);
    }
  }

  #noteLead(key: string, ms: number): void {
    const entry = this.#entry(key);
    const { lead } = entry.value;
    if (lead === undefined) {
      entry.value.lead = [ms, undefined];
      this.#grow(entry);
    } else if (ms > lead[0]) {
      entry.value.lead = [ms, lead[0]];
    }
  }

  #clear(key: JoinKey): void {
    const entry = this.#keys.touch(encodeKey(key));
    if (entry === undefined) return;
    const { slots } = entry.value;
    for (let slot = 0; slot < slots.length; slot += 1) {
      if (slots[slot] === undefined) continue;
      slots[slot] = undefined;
      this.#keys.weigh(entry, -1);
    }
  }

  #entry(key: string): Entry<KeyState<E>> {
    return (
      this.#keys.touch(key) ??
      this.#keys.add(key, { slots: [], lead: undefined, undecided: undefined })
    );
  }

  #grow(entry: Entry<KeyState<E>>): void {
    this.#keys.weigh(entry, 1);
    if (this.#keys.youngWeight > this.#maxPartials / 2) this.#rotate(true);
  }

  /**
   * After one maxspan everything in the old generation is out of its time. Missing events are counted in whole
   * milliseconds, and two that are one maxspan apart by that may be nearly a millisecond more apart.
   */
  #forget(now: EpochNanos): void {
    this.#now = now;
    this.#generationStart ??= now;
    if (this.#maxspan === undefined) return;
    if (now - this.#generationStart > this.#maxspan + 1_000_000n) this.#rotate(false);
  }

  #rotate(isLoss: boolean): void {
    if (this.#keys.rotate(isLoss)) this.#truncated = true;
    this.#generationStart = this.#now;
  }

  #eventsOf({ events }: Pending<E>): readonly (E | null)[] {
    return this.#shape.places.map(({ missing, at }) => (missing ? null : (events[at] ?? null)));
  }
}

function fromLastToFirst(steps: readonly StepHit[]): readonly StepHit[] {
  return steps.length > 1 ? [...steps].sort((left, right) => right.step - left.step) : steps;
}

function start<E>(event: OrderedEvent<E>, entry: Entry<KeyState<E>> | undefined): Pending<E> {
  const [latest, before] = entry?.value.lead ?? [];
  const isEarlier = latest !== undefined && latest < millisOf(event.time);
  return {
    first: event.time,
    last: event.time,
    events: [event.event],
    lead: isEarlier ? latest : before,
    intruder: undefined,
    isBroken: false,
  };
}

/** Missing events count by milliseconds, and strictly: one at the time of its neighbour is not between. */
function noteIntruder<E>(pending: Pending<E> | undefined, ms: number): void {
  if (pending === undefined || pending.intruder !== undefined) return;
  if (ms > millisOf(pending.last)) pending.intruder = ms;
}

function noteTrail<E>({ undecided }: KeyState<E>, ms: number): void {
  for (const waiting of undecided ?? []) {
    if (ms <= waiting.last) continue;
    waiting.verdict = ms > waiting.deadline;
    undecided?.delete(waiting);
  }
}

function millisOf(time: EpochNanos): number {
  const rest = time % 1_000_000n;
  return Number((time - (rest < 0n ? rest + 1_000_000n : rest)) / 1_000_000n);
}
