import type { RunningRule } from "./running-rule.ts";

/** Matches that did not become alerts. Never without a word. */
export interface LeftOut {
  /** Events that an exception of the rule holds for; in a sequence each that met a step. */
  readonly excepted: number;
  /** Alerts that another alert stands for. */
  readonly suppressed: number;
  /** Matches beyond `max_signals` in every run that sees them, where that was asked for. */
  readonly capped: number;
  /** Events that lie in no window of the rule's schedule, and that production would never see. */
  readonly outsideWindows: number;
}

export const nothingLeftOut: LeftOut = {
  excepted: 0,
  suppressed: 0,
  capped: 0,
  outsideWindows: 0,
};

/** Counts what is left out, by rule. */
export class LeftOutCounter {
  readonly #byRule = new Map<number, LeftOut>();

  add({ place }: RunningRule, what: keyof LeftOut, count = 1): void {
    if (count === 0) return;
    const counts = this.#byRule.get(place) ?? nothingLeftOut;
    this.#byRule.set(place, { ...counts, [what]: counts[what] + count });
  }

  of({ place }: RunningRule): LeftOut {
    return this.#byRule.get(place) ?? nothingLeftOut;
  }

  total(): LeftOut {
    return [...this.#byRule.values()].reduce(addCounts, nothingLeftOut);
  }
}

function addCounts(left: LeftOut, right: LeftOut): LeftOut {
  return {
    excepted: left.excepted + right.excepted,
    suppressed: left.suppressed + right.suppressed,
    capped: left.capped + right.capped,
    outsideWindows: left.outsideWindows + right.outsideWindows,
  };
}
