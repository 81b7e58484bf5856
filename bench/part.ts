import type { Input } from "./inputs.ts";
import type { RulePool } from "./rule-pool.ts";

/** What is measured, and with what. */
export interface Bench {
  /** Small inputs, few rounds: for a gate, not for figures. */
  readonly isQuick: boolean;
  readonly rounds: number;
  readonly seed: number;
  readonly inputs: readonly [Input, ...Input[]];
  readonly pool: RulePool;
  /** For files; removed at the end. */
  readonly folder: string;
}

/** One thing that the benchmark measures. It prints its tables and gives what is kept of them. */
export interface Part {
  readonly name: string;
  /** What the table is about, on one line. */
  readonly title: string;
  /** Also run with `--quick`: it is fast, or gives ratios for the gate. */
  readonly isQuick: boolean;
  readonly run: (bench: Bench) => Promise<Result> | Result;
}

export interface Result {
  /** Ratios to hold against recorded ones, by name. Smaller is better. */
  readonly ratios?: Readonly<Record<string, number>>;
  readonly musts?: readonly Must[];
  /** What is wrong whatever the speed, as lines to print: the run fails. */
  readonly faults?: readonly string[];
}

/** A bound that was set before it was measured. */
export interface Must {
  readonly what: string;
  readonly bound: string;
  readonly measured: string;
  readonly holds: boolean;
}

export function atMost(what: string, bound: number, measured: number, unit = ""): Must {
  return {
    what,
    bound: `<= ${bound}${unit}`,
    measured: `${measured.toFixed(2)}${unit}`,
    holds: measured <= bound,
  };
}

export function atLeast(what: string, bound: number, measured: number, unit = ""): Must {
  return {
    what,
    bound: `>= ${bound}${unit}`,
    measured: `${measured.toFixed(2)}${unit}`,
    holds: measured >= bound,
  };
}
