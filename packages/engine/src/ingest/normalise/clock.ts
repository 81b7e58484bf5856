import type { WrittenTime } from "./time.ts";
import type { WindowsRecord } from "./windows/record.ts";

const quarterHourMs = 15 * 60_000;
/** Sysmon's own time and TimeCreated lie this far apart at most, beside the zone. */
const largestDelayMs = 5 * 60_000;

/**
 * How far the clock that an exporter went by is ahead of UTC. Sysmon events tell: they name their time
 * in UTC beside TimeCreated. The last one before an event counts, of the same computer where there is
 * one: exporters with a 12-hour clock change their offset at noon and midnight.
 */
export class ExportClock {
  readonly #byComputer = new Map<string, number>();
  #last: number | undefined;

  /** Learns from an event that has `utc`, its own time. */
  observe(record: WindowsRecord, utc: WrittenTime): void {
    if (record.time === undefined) return;
    const apart = record.time.epochMs - utc.epochMs;
    const offset = Math.round(apart / quarterHourMs) * quarterHourMs;
    if (Math.abs(apart - offset) > largestDelayMs) return;
    this.#last = offset;
    this.#byComputer.set(keyOf(record), offset);
  }

  /** `undefined` as long as no event has told. */
  offsetOf(record: WindowsRecord): number | undefined {
    return record.localOffsetMs ?? this.#byComputer.get(keyOf(record)) ?? this.#last;
  }
}

function keyOf(record: WindowsRecord): string {
  return record.computer?.toLowerCase() ?? "";
}
