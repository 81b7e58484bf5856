import { type FileHandle, open } from "node:fs/promises";
import { Readable } from "node:stream";
import { createInflateRaw } from "node:zlib";
import {
  type Entry,
  fromBufferPromise,
  fromRandomAccessReaderPromise,
  getFileNameLowLevel,
  RandomAccessReader,
  type ZipFile,
} from "yauzl";
import { describeError } from "../../describe-error.ts";
import type { ReportFinding } from "../finding.ts";
import { type Chunks, count } from "./chunks.ts";
import { type Container, isHiddenName, memberName, type Stored } from "./container.ts";
import { inflate } from "./inflate.ts";

/** A zip archive that is no file of its own must be held: its table of contents is at the end. */
const heldBytes = 512 * 1024 * 1024;
const endRecord = Buffer.from("PK\x05\x06");
const endRecordBytes = 22;
const longestComment = 0xffff;
const stored = 0;

/** zip, with large sizes, stored or deflated. Names are labels only and therefore may say anything. */
export const zip: Container = {
  detect: (head) =>
    head[0] === 0x50 && head[1] === 0x4b && [0x0304, 0x0506].includes(head.readUInt16BE(2)),
  open: openZip,
};

async function* openZip(archive: Stored, report: ReportFinding): AsyncGenerator<Stored> {
  const handle = archive.file === undefined ? undefined : await open(archive.file.path);
  const bytes = handle === undefined ? await holdArchive(archive.chunks) : undefined;
  if (handle === undefined && bytes === undefined) {
    const message =
      "a zip archive of more than 512 MiB inside another one or from a pipe was skipped";
    report({ code: "unreadable", message, hint: "unpack the outer one, or give the file itself" });
    return;
  }
  try {
    const zipFile = await (handle === undefined ? openBytes(bytes) : openFile(handle));
    for await (const entry of zipFile.eachEntry()) {
      const member = await openEntry(zipFile, entry, archive, report);
      if (member !== undefined) yield member;
    }
  } finally {
    await handle?.close();
  }
}

/** A member to read; `undefined` for folders, hidden ones, and those that cannot be read. */
async function openEntry(
  zipFile: ZipFile,
  entry: Entry,
  archive: Stored,
  report: ReportFinding,
): Promise<Stored | undefined> {
  const { generalPurposeBitFlag: flags, fileNameRaw, extraFields } = entry;
  const fileName = getFileNameLowLevel(flags, fileNameRaw, extraFields, false);
  const name = memberName(archive.name, fileName);
  if (fileName.endsWith("/") || isHiddenName(fileName)) return undefined;
  if (entry.isEncrypted()) {
    report({
      code: "unreadable",
      message: `${name} is encrypted`,
      hint: "unpack it with its password first",
    });
    return undefined;
  }
  if (!entry.canDecodeFileData()) {
    const message = `${name} is packed by method ${entry.compressionMethod}, which cannot be read`;
    report({ code: "unreadable", message, hint: "unpack it first" });
    return undefined;
  }
  try {
    const raw = await zipFile.openReadStreamPromise(entry, { decodeFileData: false });
    const bytes = count(raw, archive.file?.onRead ?? (() => {}));
    const isStored = entry.compressionMethod === stored;
    return { name, chunks: isStored ? bytes : inflate(bytes, createInflateRaw()) };
  } catch (error) {
    report({ code: "unreadable", message: `${name}: ${describeError(error)}` });
    return undefined;
  }
}

/** `undefined` where it is too large to hold. */
async function holdArchive(chunks: Chunks): Promise<Buffer | undefined> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    if (bytes > heldBytes) return undefined;
    parts.push(chunk);
  }
  return Buffer.concat(parts);
}

const options = { decodeStrings: false, autoClose: false } as const;

function openBytes(bytes: Buffer = Buffer.alloc(0)): Promise<ZipFile> {
  const tail = bytes.subarray(-(endRecordBytes + longestComment + 1));
  return fromBufferPromise(bytes.subarray(0, bytes.length - strayBytes(tail)), options);
}

async function openFile(handle: FileHandle): Promise<ZipFile> {
  const { size } = await handle.stat();
  const tail = Buffer.alloc(Math.min(size, endRecordBytes + longestComment + 1));
  await handle.read(tail, 0, tail.length, size - tail.length);
  const reader = new FileReader(handle);
  return fromRandomAccessReaderPromise(reader, size - strayBytes(tail), options);
}

/**
 * Bytes behind the end record and its comment. Some writers leave one; unzip takes no offence, yauzl
 * does, so that the archive is cut there first.
 */
function strayBytes(tail: Buffer): number {
  const at = tail.lastIndexOf(endRecord);
  if (at < 0 || at + endRecordBytes > tail.length) return 0;
  const end = at + endRecordBytes + tail.readUInt16LE(at + endRecordBytes - 2);
  return Math.max(0, tail.length - end);
}

const rangeBytes = 64 * 1024;

/** Reads a file at any place without ever closing it: that is for whoever opened it. */
class FileReader extends RandomAccessReader {
  readonly #handle: FileHandle;

  constructor(handle: FileHandle) {
    super();
    this.#handle = handle;
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error?: unknown) => void,
  ): void {
    this.#handle.read(buffer, offset, length, position).then(({ bytesRead }) => {
      callback(bytesRead < length ? new Error("unexpected end of file") : null);
    }, callback);
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(this.#readRange(start, end));
  }

  async *#readRange(start: number, end: number): AsyncGenerator<Buffer> {
    for (let at = start; at < end; ) {
      const buffer = Buffer.alloc(Math.min(rangeBytes, end - at));
      const { bytesRead } = await this.#handle.read(buffer, 0, buffer.length, at);
      if (bytesRead === 0) throw new Error("unexpected end of file");
      yield buffer.subarray(0, bytesRead);
      at += bytesRead;
    }
  }
}
