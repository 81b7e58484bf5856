import { ByteReader } from "./byte-reader.ts";
import type { Container, Opening, Stored } from "./container.ts";
import { Members } from "./members.ts";

const blockBytes = 512;
/** A name, or the pax records of a member. Longer ones are not honest. */
const longestExtra = 1024 * 1024;

/** tar as POSIX (ustar, pax) and GNU (long names, large sizes) write it. Regular files only. */
export const tar: Container = {
  detect: (head) => head.length >= blockBytes && head[0] !== 0 && hasValidChecksum(head),
  open: openTar,
};

interface Header {
  readonly name: string;
  readonly size: number;
  readonly type: string;
}

async function* openTar(stored: Stored, opening: Opening): AsyncGenerator<Stored> {
  const { report } = opening;
  const reader = new ByteReader(stored.chunks);
  const truncated = () =>
    report({ code: "truncated", message: "the tar archive ends before its end mark" });
  /** What the member before said about the next one: its name and size. */
  let next: { name?: string; size?: number } = {};
  const members = new Members(stored.name, opening);
  try {
    while (!members.isFull()) {
      const block = await reader.take(blockBytes);
      if (block.length < blockBytes) return truncated();
      if (block.every((byte) => byte === 0)) return;
      const header = readHeader(block);
      if (header === undefined) {
        report({
          code: "unreadable",
          message: "the tar archive is damaged: a header has a wrong checksum",
        });
        return;
      }
      const size = next.size ?? header.size;
      const padding = (blockBytes - (size % blockBytes)) % blockBytes;
      if (
        header.type === "x" ||
        header.type === "L" ||
        header.type === "K" ||
        header.type === "g"
      ) {
        const extra = await reader.take(Math.min(size, longestExtra));
        const isWhole = await skip(reader, size - extra.length + padding);
        if (!isWhole) return truncated();
        if (header.type === "x") next = { ...next, ...readPax(extra) };
        if (header.type === "L") next = { ...next, name: textUpToZero(extra) };
        continue;
      }
      const name = next.name ?? header.name;
      next = {};
      let left = size;
      const kind = kindOf(header.type);
      if (kind === "link") members.noteLink(name);
      const shown = kind === "file" || kind === "other" ? members.admit(name) : undefined;
      if (kind === "other" && shown !== undefined) {
        const message = "it is a sparse file or one of a kind that is not known";
        report({ code: "unreadable", message, hint: "unpack the archive first" }, shown);
      }
      if (kind === "file" && shown !== undefined) {
        const chunks = (async function* (): AsyncGenerator<Uint8Array> {
          while (left > 0) {
            const bytes = await reader.some(left);
            if (bytes === undefined) return;
            left -= bytes.length;
            yield bytes;
          }
        })();
        yield { name: shown, chunks };
      }
      if (!(await skip(reader, left + padding))) return truncated();
    }
  } finally {
    members.finish();
    await reader.close();
  }
}

/** A hard link names a file that was packed before, so that nothing of it is missing. */
function kindOf(type: string): "file" | "link" | "nothing" | "other" {
  if (type === "0") return "file";
  if (type === "2") return "link";
  return ["1", "3", "4", "5", "6"].includes(type) ? "nothing" : "other";
}

/** Whether all the bytes were there to skip. */
async function skip(reader: ByteReader, length: number): Promise<boolean> {
  let left = length;
  while (left > 0) {
    const bytes = await reader.some(left);
    if (bytes === undefined) return false;
    left -= bytes.length;
  }
  return true;
}

function readHeader(block: Buffer): Header | undefined {
  if (!hasValidChecksum(block)) return undefined;
  const isUstar = block.toString("latin1", 257, 262) === "ustar";
  // GNU keeps times where POSIX has the prefix, and says so by "ustar  ".
  const prefix = isUstar && block[263] === 0x30 ? textUpToZero(block.subarray(345, 500)) : "";
  const name = textUpToZero(block.subarray(0, 100));
  const typeByte = block[156] ?? 0;
  const size = readNumber(block.subarray(124, 136));
  if (size === undefined) return undefined;
  const type = typeByte === 0 || typeByte === 0x37 ? "0" : String.fromCharCode(typeByte);
  // Links and folders may carry a size, but no bytes follow.
  const hasBody = !["1", "2", "3", "4", "5", "6"].includes(type);
  return { name: prefix === "" ? name : `${prefix}/${name}`, size: hasBody ? size : 0, type };
}

/** The sum of all bytes of the header, its own eight counted as blanks. */
function hasValidChecksum(block: Buffer): boolean {
  const stored = readNumber(block.subarray(148, 156));
  let sum = 8 * 0x20;
  for (let index = 0; index < blockBytes; index += 1) {
    if (index < 148 || index >= 156) sum += block[index] ?? 0;
  }
  return stored === sum;
}

/** Octal digits; or, for large files, a big-endian number behind a set top bit (GNU). */
function readNumber(bytes: Buffer): number | undefined {
  const [first = 0] = bytes;
  if (first >= 0x80) {
    let value = first & 0x7f;
    for (const byte of bytes.subarray(1)) value = value * 256 + byte;
    return Number.isSafeInteger(value) ? value : undefined;
  }
  const text = bytes.toString("latin1").replace(/[\0 ]+/g, "");
  if (!/^[0-7]*$/.test(text)) return undefined;
  return text === "" ? 0 : Number.parseInt(text, 8);
}

/** Records `length key=value\n`, the length counting itself. */
function readPax(bytes: Buffer): { name?: string; size?: number } {
  const found: { name?: string; size?: number } = {};
  let at = 0;
  while (at < bytes.length) {
    const blank = bytes.indexOf(0x20, at);
    const length = blank < 0 ? Number.NaN : Number(bytes.toString("latin1", at, blank));
    if (!Number.isSafeInteger(length) || length <= blank - at) break;
    const record = bytes.toString("utf8", blank + 1, at + length - 1);
    const equals = record.indexOf("=");
    const value = record.slice(equals + 1);
    if (record.startsWith("path=")) found.name = value;
    if (record.startsWith("size=") && /^\d{1,15}$/.test(value)) found.size = Number(value);
    at += length;
  }
  return found;
}

function textUpToZero(bytes: Buffer): string {
  const zero = bytes.indexOf(0);
  return bytes.toString("utf8", 0, zero < 0 ? bytes.length : zero);
}
