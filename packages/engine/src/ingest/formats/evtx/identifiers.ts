import type { ChunkBytes } from "./chunk-bytes.ts";

/** Every byte as two hex digits. */
const hexByte: readonly string[] = Array.from({ length: 256 }, (_, byte) =>
  byte.toString(16).padStart(2, "0"),
);

/** Where the groups of a GUID lie: the first three are little-endian numbers. `-1` is a hyphen. */
const guidOrder = [3, 2, 1, 0, -1, 5, 4, -1, 7, 6, -1, 8, 9, -1, 10, 11, 12, 13, 14, 15];

export const guidLength = 16;

/** A GUID in braces and lower case, as Windows has written it since 2018. */
export function guidText(bytes: ChunkBytes, at: number): string {
  bytes.need(at, guidLength);
  let text = "{";
  for (const place of guidOrder) {
    text += place < 0 ? "-" : (hexByte[bytes.buffer[at + place] ?? 0] ?? "");
  }
  return `${text}}`;
}

/** The number of bytes of the SID at a place. */
export function sidLength(bytes: ChunkBytes, at: number): number {
  return 8 + 4 * bytes.u8(at + 1);
}

/** `S-1-5-18`. An authority above 32 bits is written in hex. */
export function sidText(bytes: ChunkBytes, at: number): string {
  bytes.need(at, sidLength(bytes, at));
  const authority = bytes.buffer.readUIntBE(at + 2, 6);
  const shown = authority > 0xffff_ffff ? `0x${authority.toString(16)}` : String(authority);
  let text = `S-${bytes.u8(at)}-${shown}`;
  const end = at + sidLength(bytes, at);
  for (let part = at + 8; part < end; part += 4) text += `-${bytes.u32(part)}`;
  return text;
}
