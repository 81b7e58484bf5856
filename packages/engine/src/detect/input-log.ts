import { type InputFinding, isFailure } from "../ingest/index.ts";
import type { HuntSummary } from "./summary.ts";

/** Findings kept to be shown; the rest is only counted. */
const findingsKept = 200;

/** What is said about inputs while they are read. */
export class InputLog {
  /** Uncompressed bytes so far. */
  bytes = 0;
  readonly #kept: InputFinding[] = [];
  readonly #failed = new Set<string>();
  #total = 0;

  add(finding: InputFinding): void {
    this.#total += 1;
    if (this.#kept.length < findingsKept) this.#kept.push(finding);
    if (isFailure(finding)) this.#failed.add(finding.input);
  }

  /** `inputs` are the names of those that could be opened. A member of an archive that fails does not fail the archive. */
  summarise(
    inputs: readonly string[],
  ): Pick<HuntSummary, "inputs" | "findings" | "findingsTotal" | "bytes"> {
    const read = inputs.filter((name) => !this.#failed.has(name)).length;
    const unopened = [...this.#failed].filter((name) => !inputs.includes(name) && !isMember(name));
    return {
      inputs: { read, failed: inputs.length - read + unopened.length },
      findings: this.#kept,
      findingsTotal: this.#total,
      bytes: this.bytes,
    };
  }
}

function isMember(name: string): boolean {
  return name.includes("!");
}
