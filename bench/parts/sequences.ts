import { runChild } from "../child.ts";
import { atMost, type Part } from "../part.ts";
import { digits, printTable } from "../table.ts";

export interface SequenceRequest {
  readonly keys: number;
  readonly steps: number;
  readonly hasUntil: boolean;
  /** The last step is a missing event. */
  readonly endsMissing: boolean;
}

export interface SequenceResult {
  /** What waits when each key has had its first event. */
  readonly waiting: number;
  readonly bytesPerKey: number;
  /** For an event that starts a sequence; nanoseconds of processor time. */
  readonly startNs: number;
  /** For an event that goes on with one, ends or clears it: the slowest kind. */
  readonly nextNs: number;
  /** The longest push of all, and of those that find everything out of its time. */
  readonly worstMs: number;
  readonly expiryMs: number;
}

const shapes: readonly (Omit<SequenceRequest, "keys"> & { readonly name: string })[] = [
  { name: "two steps", steps: 2, hasUntil: false, endsMissing: false },
  { name: "three steps", steps: 3, hasUntil: false, endsMissing: false },
  { name: "two steps, until", steps: 2, hasUntil: true, endsMissing: false },
  { name: "two steps, the last missing", steps: 2, hasUntil: false, endsMissing: true },
];

/** Point 9: many sequences that wait at once, with a maxspan of one minute. */
export const sequences: Part = {
  name: "sequences",
  title: "sequences that wait at once, in a fresh process",
  isQuick: true,
  run: ({ isQuick }) => {
    const keys = isQuick ? 100_000 : 1_000_000;
    const rows = shapes.map(({ name, ...shape }) => ({
      name,
      ...runChild<SequenceResult>("sequences-child.ts", { keys, ...shape }),
    }));
    printTable([
      ["query", "waiting", "bytes/key", "start, ns", "next, ns", "worst push, ms", "at expiry, ms"],
      ...rows.map((row) => [
        row.name,
        digits(row.waiting),
        digits(row.bytesPerKey),
        digits(row.startNs),
        digits(row.nextNs),
        row.worstMs.toFixed(3),
        row.expiryMs.toFixed(3),
      ]),
    ]);
    const most = (read: (row: SequenceResult) => number): number => Math.max(...rows.map(read));
    const faults = rows.flatMap(({ name, waiting }) =>
      waiting === keys ? [] : [`sequences: ${waiting} of ${keys} wait: ${name}`],
    );
    return {
      faults,
      musts: [
        atMost(
          `bytes a key of ${digits(keys)}`,
          250,
          most(({ bytesPerKey }) => bytesPerKey),
        ),
        atMost(
          "a step of a sequence",
          2,
          most(({ startNs, nextNs }) => (startNs + nextNs) / 2_000),
          " us",
        ),
        atMost(
          "longest pause for sequences",
          10,
          most(({ worstMs, expiryMs }) => Math.max(worstMs, expiryMs)),
          " ms",
        ),
      ],
    };
  },
};
