import { createHash } from "node:crypto";
import type { IngestedEvent } from "../ingest/index.ts";

/** What alerts need of an event. */
export type SpooledEvent = Pick<IngestedEvent, "document" | "raw" | "index" | "storedIndex" | "id">;

/** An event as one text, to be read back by `readSpooled`. */
export interface SpooledText {
  readonly text: string;
  /** The same for the same event, read twice, and for no other: 128 bits of SHA-256 of what it is known by. */
  readonly fingerprint: () => Uint8Array;
}

type Stored = readonly [
  raw: IngestedEvent["raw"],
  document: IngestedEvent["document"] | null,
  index: string | null,
  storedIndex: string | null,
  id: string | null,
];

export function spoolText(event: SpooledEvent): SpooledText {
  const raw = JSON.stringify(event.raw);
  const document = event.document === event.raw ? "null" : JSON.stringify(event.document);
  const { index = null, storedIndex = null, id = null } = event;
  const rest = JSON.stringify([index, storedIndex, id]).slice(1);
  const identity = id === null ? raw : JSON.stringify([id, storedIndex ?? index]);
  return {
    text: `[${raw},${document},${rest}`,
    fingerprint: () => createHash("sha256").update(identity).digest().subarray(0, 16),
  };
}

export function readSpooled(bytes: Uint8Array): SpooledEvent {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8");
  // `spoolText` wrote it in this shape.
  const [raw, document, index, storedIndex, id] = JSON.parse(text) as Stored;
  return {
    document: document ?? raw,
    raw,
    index: index ?? undefined,
    ...(storedIndex === null ? {} : { storedIndex }),
    id: id ?? undefined,
  };
}
