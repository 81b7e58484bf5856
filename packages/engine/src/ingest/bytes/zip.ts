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
import { type Chunks, count } from "./chunks.ts";
import type { Container, Opening, Stored } from "./container.ts";
import { addCrc32 } from "./crc32.ts";
import { DamageError } from "./damage.ts";
import { inflate } from "./inflate.ts";
import { Members } from "./members.ts";
import { decryptMember } from "./zip-decrypt.ts";
import { packingOf } from "./zip-entry.ts";

/** A zip archive that is no file of its own must be held: its table of contents is at the end. */
const heldBytes = 512 * 1024 * 1024;
const endRecord = Buffer.from("PK\x05\x06");
const endRecordBytes = 22;
const longestComment = 0xffff;

/** zip, with large sizes, stored or deflated, also encrypted. */
export const zip: Container = {
  detect: (head) =>
    head[0] === 0x50 && head[1] === 0x4b && [0x0304, 0x0506].includes(head.readUInt16BE(2)),
  open: openZip,
};

async function* openZip(archive: Stored, opening: Opening): AsyncGenerator<Stored> {
  const handle = archive.file === undefined ? undefined : await open(archive.file.path);
  const bytes = handle === undefined ? await holdArchive(archive.chunks) : undefined;
  if (handle === undefined && bytes === undefined) {
    const message =
      "a zip archive of more than 512 MiB inside another one or from a pipe was skipped";
    opening.report({
      code: "unreadable",
      message,
      hint: "unpack the outer one, or give the file itself",
    });
    return;
  }
  const members = new Members(archive.name, opening);
  try {
    const zipFile = await (handle === undefined ? openBytes(bytes) : openFile(handle));
    for await (const entry of zipFile.eachEntry()) {
      if (members.isFull()) return;
      const name = nameOf(entry, members);
      const chunks = name && (await openEntry(zipFile, entry, { name, archive }, opening));
      if (name && chunks) yield { name, chunks };
    }
  } finally {
    members.finish();
    await handle?.close();
  }
}

/** The name of a member to read; `undefined` for folders, links, hidden ones and refused ones. */
function nameOf(entry: Entry, members: Members): string | undefined {
  const { generalPurposeBitFlag: flags, fileNameRaw, extraFields } = entry;
  const name = getFileNameLowLevel(flags, fileNameRaw, extraFields, false);
  if (name.endsWith("/")) return undefined;
  if (isLink(entry)) members.noteLink(name);
  return isLink(entry) ? undefined : members.admit(name);
}

/** Unix writes the mode of the file into the upper half of the attributes. */
function isLink({ externalFileAttributes }: Entry): boolean {
  return externalFileAttributes >>> 28 === 0xa;
}

/** The bytes of a member as they were before packing; `undefined` where they cannot be had, which has been reported. */
async function openEntry(
  zipFile: ZipFile,
  entry: Entry,
  { name, archive }: { readonly name: string; readonly archive: Stored },
  { report, password }: Opening,
): Promise<Chunks | undefined> {
  const fail = (message: string, hint: string) => {
    report({ code: "unreadable", message, hint }, name);
    return undefined;
  };
  const packing = packingOf(entry);
  if (typeof packing === "string") return fail(packing, "unpack it first");
  const { encryption, isDeflated, crc32 } = packing;
  if (encryption !== undefined && password === undefined) {
    return fail("it is encrypted", "give the password with `--password`");
  }
  try {
    const raw = await zipFile.openReadStreamPromise(entry, { decodeFileData: false });
    const packed: Chunks = count(raw, archive.file?.onRead ?? (() => {}));
    const bytes =
      encryption === undefined ? packed : await decryptMember(packed, encryption, password ?? "");
    if (bytes === undefined) return fail("the password is wrong", "it was given with `--password`");
    const plain = isDeflated ? inflate(bytes, createInflateRaw()) : bytes;
    return crc32 === undefined ? plain : checkSum(plain, crc32);
  } catch (error) {
    report({ code: "unreadable", message: describeError(error) }, name);
    return undefined;
  }
}

/** Fails at the end where the bytes are not those that were packed. */
async function* checkSum(chunks: Chunks, expected: number): AsyncGenerator<Uint8Array> {
  let crc = 0;
  for await (const chunk of chunks) {
    crc = addCrc32(crc, chunk);
    yield chunk;
  }
  if (crc !== expected) throw new DamageError("damaged", "its checksum is wrong");
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
