import type { Gunzip, InflateRaw } from "node:zlib";
import type { Chunks } from "./chunks.ts";

/** Deflate makes at most 1,032 bytes of one: a slice bounds what one step can give out. */
const sliceBytes = 64 * 1024;

/**
 * Sends a stream through one of zlib's. Everything before a damaged or missing place is given out
 * before the error is thrown; piping would lose what is under way, and how much depends on luck.
 */
export async function* inflate(
  chunks: Chunks,
  unzip: Gunzip | InflateRaw,
): AsyncGenerator<Uint8Array> {
  let output: Uint8Array[] = [];
  let failure: Error | undefined;
  let wake = () => {};
  unzip.on("data", (chunk: Uint8Array) => output.push(chunk));
  unzip.on("error", (error) => {
    failure = error;
    wake();
  });
  // What follows the last member is not part of it, and zlib stops there.
  unzip.on("end", () => wake());
  const step = (begin: (done: () => void) => void): Promise<void> =>
    new Promise((resolve) => {
      wake = resolve;
      begin(resolve);
    });
  const take = (): Uint8Array[] => {
    const taken = output;
    output = [];
    return taken;
  };
  try {
    for await (const chunk of chunks) {
      for (let at = 0; at < chunk.length; at += sliceBytes) {
        const slice = chunk.subarray(at, at + sliceBytes);
        await step((done) => unzip.write(slice, () => done()));
        yield* take();
        if (failure !== undefined) throw failure;
        if (unzip.readableEnded) return;
      }
    }
    await step((done) => unzip.end(() => unzip.readableEnded && done()));
    yield* take();
    if (failure !== undefined) throw failure;
  } finally {
    unzip.destroy();
  }
}
