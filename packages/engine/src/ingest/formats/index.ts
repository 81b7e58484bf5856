import { audit } from "./audit.ts";
import { csv } from "./csv.ts";
import { evtx } from "./evtx/index.ts";
import type { Confidence, Format } from "./format.ts";
import { json } from "./json.ts";
import { syslog } from "./syslog.ts";
import { xml } from "./xml.ts";

export type { Confidence, Format, FormatOptions, RawEvent } from "./format.ts";

/** The formats, in the order in which they are tried. */
const formats: readonly Format[] = [evtx, audit, xml, json, csv, syslog];

/** What an input is taken for; neither where no format knows it. */
export interface DetectedFormat {
  readonly format: Format | undefined;
  readonly confidence: Confidence | undefined;
}

const byConfidence: readonly Confidence[] = ["certain", "likely", "possible"];

/** The format of an input by its first bytes: the surest, of equals the first. */
export function detectFormat(head: Buffer): DetectedFormat {
  const found = formats.map((format) => ({ format, confidence: format.detect(head) }));
  for (const confidence of byConfidence) {
    const first = found.find((each) => each.confidence === confidence);
    if (first !== undefined) return { format: first.format, confidence };
  }
  return { format: undefined, confidence: undefined };
}

/** What `--input-format` takes. */
export const formatNames: readonly string[] = formats.map(({ name }) => name);

/** The format of this name; `undefined` where there is none. */
export function formatNamed(name: string): Format | undefined {
  return formats.find((format) => format.name === name);
}
