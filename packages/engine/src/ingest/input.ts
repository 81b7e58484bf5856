import { createReadStream } from "node:fs";
import type { Chunks } from "./bytes/chunks.ts";

/** As files are read, so that bytes at hand take no more memory while they are. */
const chunkBytes = 256 * 1024;

/** Something to read events from: a file, a pipe, bytes at hand. Archives are one input; their members come out while reading. */
export interface Input {
  /** As the user named it; `-` for the standard input. */
  readonly name: string;
  /** Bytes as stored; `undefined` where only reading to the end tells. */
  readonly sizeBytes: number | undefined;
  /** A file that can be read at any place. Absent for pipes and bytes. */
  readonly path?: string;
  /** Starts to read. May be called once only where the bytes come from a pipe. */
  readonly open: () => Chunks;
}

/** Bytes under a name, for programs that have their events at hand and for tests. */
export function inputFromBytes(name: string, bytes: Uint8Array | string): Input {
  const buffer = Buffer.from(bytes);
  return { name, sizeBytes: buffer.length, open: () => chunksOf(buffer) };
}

async function* chunksOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes);
}

export function inputFromFile(name: string, path: string, sizeBytes: number | undefined): Input {
  return {
    name,
    sizeBytes,
    ...(sizeBytes !== undefined && { path }),
    open: () => createReadStream(path, { highWaterMark: chunkBytes }),
  };
}
