import type { IngestedEvent } from "../event.ts";
import type { ReportFinding } from "../finding.ts";
import type { RawEvent } from "../formats/index.ts";

export interface NormaliseOptions {
  /** The zone of times that name none: an IANA name or `+09:00`. Without it they count as UTC, with a finding. */
  readonly timezone?: string;
}

export class Normaliser {
  readonly #input: string;

  constructor(input: string, _report: ReportFinding, _options: NormaliseOptions) {
    this.#input = input;
  }

  push(raws: readonly RawEvent[]): readonly IngestedEvent[] {
    return raws.map((raw) => ({
      document: raw.value,
      raw: raw.value,
      input: this.#input,
      position: raw.position,
      index: raw.index,
      id: raw.id,
    }));
  }

  finish(): readonly IngestedEvent[] {
    return [];
  }
}
