import { type EpochNanos, formatInstant } from "@harrier/lang/values";
import type { IngestedEvent } from "../ingest/index.ts";
import type { HuntSummary } from "./summary.ts";

/** Both ends are inclusive. */
export interface TimeRange {
  readonly from?: EpochNanos;
  readonly to?: EpochNanos;
}

/** Names of indices kept to tell which rules saw none; a log may name any number. */
const mostIndices = 10_000;

/** What a counter has counted. Plain data: it crosses threads. */
export interface CountedEvents {
  readonly events: number;
  readonly outside: number;
  readonly withoutTime: number;
  readonly withoutIndex: number;
  /** In the order in which they were seen. */
  readonly indices: ReadonlySet<string>;
  readonly first: EpochNanos | undefined;
  readonly last: EpochNanos | undefined;
}

/** Which events are looked at, and what the summary says of them all. */
export class EventCounter {
  /** Indices of the events that were looked at. */
  readonly indices: Set<string> = new Set();
  readonly #range: TimeRange;
  #first: EpochNanos | undefined;
  #last: EpochNanos | undefined;
  #lastAlert: EpochNanos | undefined;
  #events = 0;
  #outside = 0;
  #withoutTime = 0;
  #withoutIndex = 0;

  constructor(range: TimeRange) {
    this.#range = range;
  }

  get events(): number {
    return this.#events;
  }

  /** The latest time of an event in the range. */
  get last(): EpochNanos | undefined {
    return this.#last;
  }

  /** The same, with the alerts that were read as events. */
  get lastWithAlerts(): EpochNanos | undefined {
    const [last, lastAlert] = [this.#last, this.#lastAlert];
    if (last === undefined || lastAlert === undefined || lastAlert < last) return last;
    return lastAlert;
  }

  /** An alert of the hunt is read as an event. It is not counted as one. */
  noteAlert({ index }: IngestedEvent, time: EpochNanos | undefined): void {
    if (index !== undefined) this.indices.add(index);
    if (time === undefined) return;
    if (this.#lastAlert === undefined || time > this.#lastAlert) this.#lastAlert = time;
  }

  /** Counts the event; returns whether it lies in the range. One without a time does only where there is no range. */
  admit({ index }: Pick<IngestedEvent, "index">, time: EpochNanos | undefined): boolean {
    this.#events += 1;
    if (time === undefined) this.#withoutTime += 1;
    if (!this.#isInside(time)) {
      this.#outside += 1;
      return false;
    }
    if (index === undefined) this.#withoutIndex += 1;
    else this.#noteIndex(index);
    this.#noteTime(time);
    return true;
  }

  /** What was counted so far. */
  counted(): CountedEvents {
    return {
      events: this.#events,
      outside: this.#outside,
      withoutTime: this.#withoutTime,
      withoutIndex: this.#withoutIndex,
      indices: this.indices,
      first: this.#first,
      last: this.#last,
    };
  }

  /** Takes over what another counter with the same range has counted. */
  add(counted: CountedEvents): void {
    this.#events += counted.events;
    this.#outside += counted.outside;
    this.#withoutTime += counted.withoutTime;
    this.#withoutIndex += counted.withoutIndex;
    for (const index of counted.indices) this.#noteIndex(index);
    this.#noteTime(counted.first);
    this.#noteTime(counted.last);
  }

  summarise(): Pick<
    HuntSummary,
    | "events"
    | "eventsOutsideRange"
    | "eventsWithoutTime"
    | "eventsWithoutIndex"
    | "firstTime"
    | "lastTime"
  > {
    return {
      events: this.#events,
      eventsOutsideRange: this.#outside,
      eventsWithoutTime: this.#withoutTime,
      eventsWithoutIndex: this.#withoutIndex,
      firstTime: this.#first === undefined ? undefined : formatInstant(this.#first),
      lastTime: this.#last === undefined ? undefined : formatInstant(this.#last),
    };
  }

  #noteIndex(index: string): void {
    if (this.indices.size < mostIndices) this.indices.add(index);
  }

  #noteTime(time: EpochNanos | undefined): void {
    if (time === undefined) return;
    if (this.#first === undefined || time < this.#first) this.#first = time;
    if (this.#last === undefined || time > this.#last) this.#last = time;
  }

  #isInside(time: EpochNanos | undefined): boolean {
    const { from, to } = this.#range;
    if (time === undefined) return from === undefined && to === undefined;
    return (from === undefined || time >= from) && (to === undefined || time <= to);
  }
}
