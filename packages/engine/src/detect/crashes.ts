import { type Diagnostic, spanOf } from "@harrier/lang/text";
import type { RunningRule } from "./running-rule.ts";

/**
 * Rules that broke while they ran. One of two thousand must not take the others down; it is reported
 * once and does not run again in this hunt.
 */
export class Crashes {
  readonly #byPlace = new Map<number, Diagnostic>();

  /** Undefined for a rule that runs. */
  of({ place }: RunningRule): Diagnostic | undefined {
    return this.#byPlace.get(place);
  }

  /** The result of the work; undefined when it broke, or the rule did before. */
  guard<T>(running: RunningRule, work: () => T): T | undefined {
    if (this.#byPlace.has(running.place)) return undefined;
    try {
      return work();
    } catch (error) {
      this.#byPlace.set(running.place, describeCrash(running, error));
      return undefined;
    }
  }
}

function describeCrash({ rule }: RunningRule, error: unknown): Diagnostic {
  const source = rule.query ?? rule.source;
  const reason = error instanceof Error ? error.message : String(error);
  return {
    severity: "error",
    code: "detect/rule-crashed",
    message: `\`${rule.name}\` broke while it ran: ${reason}`,
    span: spanOf(source, 0, source.text.length),
    hint: "this is a fault of the program: please report it, with the rule",
  };
}
