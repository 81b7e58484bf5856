import type { IngestedEvent } from "../event.ts";
import type { ReportFinding } from "../finding.ts";
import type { RawEvent } from "../formats/index.ts";
import { ExportClock } from "./clock.ts";
import type { ReadonlyFields } from "./fields.ts";
import { withTimestamp } from "./generic.ts";
import { shapeOf } from "./shapes/index.ts";
import { streamOf } from "./stream.ts";
import { readZone, type ZoneOffset } from "./time.ts";
import { buildDocument } from "./windows/document.ts";
import type { WindowsRecord } from "./windows/record.ts";
import { isSysmon, sysmonTime } from "./windows/sysmon.ts";

export interface NormaliseOptions {
  /** The zone of times that name none: an IANA name or `+09:00`. Without it they count as UTC, with a finding. */
  readonly timezone?: string;
}

/** How many events may wait for the first one that tells what zone their times are in. */
const mostWaiting = 4096;

interface Waiting {
  readonly raw: RawEvent;
  readonly record: WindowsRecord | undefined;
}

/**
 * Turns the events of one input into ECS documents, in order. It has a memory of the input's clock:
 * where times are local and nothing has told the offset yet, up to 4,096 events are held back until a
 * Sysmon event does, the number is reached, or the input ends. Then what is written is taken for UTC,
 * with one finding.
 */
export class Normaliser {
  readonly #input: string;
  readonly #report: ReportFinding;
  readonly #zone: ZoneOffset | undefined;
  readonly #clock = new ExportClock();
  #waiting: Waiting[] = [];
  #mayWait = true;
  #localTimes = { count: 0, first: 0 };
  #noTimes = { count: 0, first: 0 };

  constructor(input: string, report: ReportFinding, options: NormaliseOptions) {
    this.#input = input;
    this.#report = report;
    this.#zone = options.timezone === undefined ? undefined : readZone(options.timezone);
  }

  /** Takes the next events and gives those that are ready, which may be others. */
  push(raws: readonly RawEvent[]): readonly IngestedEvent[] {
    const events: IngestedEvent[] = [];
    for (const raw of raws) {
      const record = shapeOf(raw.value)?.read(raw.value);
      if (record?.isLocalTime === true) this.#clock.observe(record);
      const isUnknown = record !== undefined && this.#needsOffset(record);
      if (isUnknown || this.#waiting.length > 0) this.#waiting.push({ raw, record });
      else events.push(this.#finish(raw, record));
      const first = this.#waiting[0]?.record;
      const isTold = first !== undefined && !this.#needsOffset(first);
      if (isTold || this.#waiting.length >= mostWaiting) {
        if (!isTold) this.#mayWait = false;
        events.push(...this.#release());
      }
    }
    return events;
  }

  /** The input has ended: gives what was held back, and reports what was wrong with its times. */
  finish(): readonly IngestedEvent[] {
    const events = this.#release();
    const { count: local, first: firstLocal } = this.#localTimes;
    if (local > 0) {
      this.#report({
        code: "local-time",
        position: firstLocal,
        message: `${local} ${local === 1 ? "time says" : "times say"} no zone, or a wrong one, and nothing tells it: taken for UTC`,
        hint: "name the zone of the machine that exported them with `--timezone`",
      });
    }
    const { count: missing, first: firstMissing } = this.#noTimes;
    if (missing > 0) {
      this.#report({
        code: "no-timestamp",
        position: firstMissing,
        message: `${missing} ${missing === 1 ? "event has" : "events have"} no time`,
      });
    }
    return events;
  }

  #release(): IngestedEvent[] {
    const waiting = this.#waiting;
    this.#waiting = [];
    return waiting.map(({ raw, record }) => this.#finish(raw, record));
  }

  #needsOffset(record: WindowsRecord): boolean {
    return (
      this.#mayWait &&
      this.#zone === undefined &&
      record.isLocalTime &&
      record.time !== undefined &&
      !hasOwnTime(record) &&
      this.#clock.offsetOf(record) === undefined
    );
  }

  #finish(raw: RawEvent, record: WindowsRecord | undefined): IngestedEvent {
    const document =
      record === undefined
        ? this.#readGeneric(raw)
        : buildDocument(record, this.#offsetOf(raw, record));
    if (document["@timestamp"] === undefined) count(this.#noTimes, raw.position);
    const index = streamOf(document, raw.index);
    return {
      document,
      raw: raw.value,
      input: this.#input,
      position: raw.position,
      index,
      id: raw.id,
      ...(raw.index !== undefined && raw.index !== index && { storedIndex: raw.index }),
    };
  }

  #readGeneric(raw: RawEvent): ReadonlyFields {
    const { document, isLocalTime } = withTimestamp(raw.value, this.#zone);
    if (isLocalTime) count(this.#localTimes, raw.position);
    return document;
  }

  #offsetOf(raw: RawEvent, record: WindowsRecord): number {
    const { time } = record;
    if (time === undefined || !record.isLocalTime) return 0;
    if (this.#zone !== undefined) return this.#zone(time.epochMs);
    const offset = this.#clock.offsetOf(record);
    if (offset === undefined && !hasOwnTime(record)) count(this.#localTimes, raw.position);
    return offset ?? 0;
  }
}

function hasOwnTime(record: WindowsRecord): boolean {
  return isSysmon(record) && sysmonTime(record.data) !== undefined;
}

function count(counter: { count: number; first: number }, position: number): void {
  if (counter.count === 0) counter.first = position;
  counter.count += 1;
}
