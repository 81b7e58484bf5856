import type { Ending } from "./file-reading.ts";

/** Stands for the failure of a source that somebody else has read. */
class SourceFailure extends Error {}

/**
 * Turns a reader that pulls its bytes into one that is given them. The result takes the next bytes and is
 * done when the reader asks for more of them; it says whether the reader has ended. A failure of the source
 * reaches the reader as an error at its place; where that one comes back, the reader has not ended by itself.
 */
export function feed<T>(
  read: (chunks: AsyncIterable<Uint8Array>) => AsyncIterable<T>,
  take: (item: T) => void,
): (bytes: Uint8Array, ending: Ending) => Promise<boolean> {
  const chunks = new Chunks();
  let reading: Promise<void> | undefined;
  let hasEnded = false;
  const readAll = async () => {
    try {
      for await (const item of read(chunks)) take(item);
      hasEnded = true;
    } catch (error) {
      if (!(error instanceof SourceFailure)) throw error;
    }
  };
  return async (bytes, ending) => {
    const isEaten = chunks.offer(bytes, ending);
    reading ??= readAll();
    // A reader that fails or has had enough asks for nothing more.
    await (ending === "more" ? Promise.race([isEaten, reading]) : reading);
    return hasEnded;
  };
}

/** One chunk at a time, handed over. */
class Chunks implements AsyncIterable<Uint8Array> {
  #chunk: Uint8Array | undefined;
  #ending: Ending = "more";
  #wakeReader: (() => void) | undefined;
  #sayEaten: (() => void) | undefined;

  offer(bytes: Uint8Array, ending: Ending): Promise<void> {
    this.#chunk = bytes;
    this.#ending = ending;
    const isEaten = new Promise<void>((resolve) => {
      this.#sayEaten = resolve;
    });
    this.#wakeReader?.();
    return isEaten;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    while (true) {
      const chunk = this.#chunk;
      this.#chunk = undefined;
      if (chunk !== undefined && chunk.length > 0) yield chunk;
      if (this.#chunk !== undefined) continue;
      if (this.#ending === "end") return;
      if (this.#ending !== "more") throw new SourceFailure(this.#ending.message);
      const isOffered = new Promise<void>((resolve) => {
        this.#wakeReader = resolve;
      });
      this.#sayEaten?.();
      await isOffered;
    }
  }
}
