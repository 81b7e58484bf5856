import { evtx } from "./evtx.ts";
import type { Confidence, Format } from "./format.ts";
import { json } from "./json.ts";
import { xml } from "./xml.ts";

export type { Confidence, Format, RawEvent } from "./format.ts";

/** The formats, in the order in which they are tried. */
const formats: readonly Format[] = [evtx, xml, json];

/** What an input is taken for. */
export interface DetectedFormat {
  readonly format: Format;
  readonly confidence: Confidence;
}

const byConfidence: readonly Confidence[] = ["certain", "likely", "possible"];

/** The format of an input by its first bytes: the surest, of equals the first; `undefined` where none knows it. */
export function detectFormat(head: Buffer): DetectedFormat | undefined {
  const found = formats.map((format) => ({ format, confidence: format.detect(head) }));
  for (const confidence of byConfidence) {
    const first = found.find((each) => each.confidence === confidence);
    if (first !== undefined) return { format: first.format, confidence };
  }
  return undefined;
}

/** The format of this name; `undefined` where there is none. */
export function formatOf(name: string): Format | undefined {
  return formats.find((format) => format.name === name);
}
