import type { IngestedEvent } from "../ingest/index.ts";

/** An event as one text, to be read back by `readSpooled`. */
export interface SpooledText {
  readonly text: string;
  /** 32 bits: equal for the same event, read twice; nearly always different for others. */
  readonly fingerprint: number;
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
  const identity = id === null ? raw : `${id} ${storedIndex ?? index}`;
  return { text: `[${raw},${document},${rest}`, fingerprint: hash(identity) };
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

/** FNV-1a over UTF-16 units. Whoever finds two events of one fingerprint gains nothing: identities decide. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  return value >>> 0;
}
