/**
 * Windows event logs (EVTX). A file is a header and chunks of 64 KiB; a chunk is a header and records; a record is an
 * envelope around an event in binary XML (MS-EVEN6): a template, which is written once a chunk, and the values for
 * its gaps. We read a chunk at a time, keep its templates as nodes, and fill an event's values straight into what
 * the Windows normalisers take; XML is only written where somebody asks for it.
 *
 * Damage is local: every reference is checked, whatever cannot be read is skipped and reported with its offset,
 * and the rest goes on.
 */
import type { ReportFinding } from "../../finding.ts";
import type { Format, FormatOptions, RawEvent } from "../format.ts";
import type { WindowsEvent } from "../windows-event.ts";
import { buildEvent } from "./build-event.ts";
import { chunkSignature } from "./chunk.ts";
import { fileSignature } from "./file-header.ts";
import { readRecords } from "./read-evtx.ts";
import { writeXml } from "./write-xml.ts";

export const evtx: Format = {
  name: "evtx",
  detect: (head) =>
    startsWith(head, fileSignature) || startsWith(head, chunkSignature) ? "certain" : undefined,
  read: readRawEvents,
};

export interface EvtxReading extends FormatOptions {
  readonly report: ReportFinding;
}

/** The events of a log, chunk by chunk. */
export function readEvtx(
  chunks: AsyncIterable<Uint8Array>,
  reading: EvtxReading,
): AsyncIterable<readonly WindowsEvent[]> {
  return readRecords(chunks, { ...reading, readRecord: buildEvent });
}

/** The events of a log as the XML that Windows shows of them, chunk by chunk. */
export function readEvtxAsXml(
  chunks: AsyncIterable<Uint8Array>,
  reading: EvtxReading,
): AsyncIterable<readonly string[]> {
  return readRecords(chunks, { ...reading, readRecord: writeXml });
}

async function* readRawEvents(
  chunks: AsyncIterable<Uint8Array>,
  report: ReportFinding,
  options?: FormatOptions,
): AsyncGenerator<readonly RawEvent[]> {
  let position = 0;
  for await (const events of readEvtx(chunks, { recover: options?.recover ?? false, report })) {
    yield events.map((event) => {
      position += 1;
      return { value: { ...event }, position };
    });
  }
}

function startsWith(head: Buffer, signature: Buffer): boolean {
  return head.subarray(0, signature.length).equals(signature);
}
