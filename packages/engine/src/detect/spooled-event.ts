import { createHash } from "node:crypto";
import type { IngestedEvent } from "../ingest/index.ts";

/** An event as one text, to be read back by `readSpooled`. */
export interface SpooledText {
  readonly text: string;
  /** The same for the same event, read twice, and for no other: 128 bits of SHA-256 of what it is known by. */
  readonly fingerprint: () => Buffer;
}

type Stored = readonly [
  raw: IngestedEvent["raw"],
  document: IngestedEvent["document"] | null,
  input: string,
  position: number,
  index: string | null,
  storedIndex: string | null,
  id: string | null,
];

export function spoolText(event: IngestedEvent): SpooledText {
  const raw = JSON.stringify(event.raw);
  const document = event.document === event.raw ? "null" : JSON.stringify(event.document);
  const { input, position, index = null, storedIndex = null, id = null } = event;
  const rest = JSON.stringify([input, position, index, storedIndex, id]).slice(1);
  const identity = id === null ? raw : JSON.stringify([id, storedIndex ?? index]);
  return {
    text: `[${raw},${document},${rest}`,
    fingerprint: () => createHash("sha256").update(identity).digest().subarray(0, 16),
  };
}

export function readSpooled(bytes: Buffer): IngestedEvent {
  // `spoolText` wrote it in this shape.
  const stored = JSON.parse(bytes.toString("utf8")) as Stored;
  const [raw, document, input, position, index, storedIndex, id] = stored;
  return {
    document: document ?? raw,
    raw,
    input,
    position,
    index: index ?? undefined,
    ...(storedIndex === null ? {} : { storedIndex }),
    id: id ?? undefined,
  };
}
