import { evtx } from "./evtx.ts";
import type { Format } from "./format.ts";
import { json } from "./json.ts";
import { xml } from "./xml.ts";

export type { Format, RawEvent } from "./format.ts";

/** The formats, in the order in which they are tried. */
const formats: readonly Format[] = [evtx, xml, json];

/** The format of an input by its first bytes; `undefined` where none knows it. */
export function detectFormat(head: Buffer): Format | undefined {
  return formats.find((format) => format.detect(head));
}
