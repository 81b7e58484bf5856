import * as zlib from "node:zlib";

const polynomial = 0xedb88320;

const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = (value >>> 1) ^ (value & 1 ? polynomial : 0);
  return value;
});

/** One byte of the CRC-32 of zip, gzip and EVTX, without the inversions at both ends. */
export function stepCrc32(state: number, byte: number): number {
  return ((table[(state ^ byte) & 0xff] ?? 0) ^ (state >>> 8)) >>> 0;
}

/** The CRC-32 of what came before, `crc` (0 at first), and of `bytes`. */
export function addCrc32(crc: number, bytes: Uint8Array): number {
  // Node's own, ten times as fast, came with 20.15.
  if (typeof zlib.crc32 === "function") return zlib.crc32(bytes, crc);
  let state = ~crc >>> 0;
  for (let at = 0; at < bytes.length; at += 1) {
    state = (table[(state ^ (bytes[at] ?? 0)) & 0xff] ?? 0) ^ (state >>> 8);
  }
  return ~state >>> 0;
}
