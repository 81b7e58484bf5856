/** A stream of bytes. Whoever reads it to the end, or stops early, closes what is behind it. */
export type Chunks = AsyncIterable<Uint8Array>;

/**
 * Looks at the first bytes of a stream without taking them away. `head` is shorter than `length` only
 * where the stream is. A failure while looking comes when `chunks` gets there, not from here.
 */
export async function peek(
  chunks: Chunks,
  length: number,
): Promise<{ head: Buffer; chunks: AsyncIterableIterator<Uint8Array> }> {
  const source = chunks[Symbol.asyncIterator]();
  const seen: Promise<IteratorResult<Uint8Array>>[] = [];
  const first: Uint8Array[] = [];
  let bytes = 0;
  while (bytes < length) {
    const step = source.next();
    seen.push(step);
    const result = await step.catch(() => undefined);
    if (result === undefined || result.done === true) break;
    first.push(result.value);
    bytes += result.value.length;
  }
  // Not a generator: one that was never started would not close its source.
  const replay: AsyncIterableIterator<Uint8Array> = {
    [Symbol.asyncIterator]: () => replay,
    next: () => seen.shift() ?? source.next(),
    return: async (value) => {
      seen.length = 0;
      await source.return?.();
      return { done: true, value };
    },
  };
  return { head: Buffer.concat(first).subarray(0, length), chunks: replay };
}

/** Counts the bytes that pass. */
export async function* count(
  chunks: Chunks,
  add: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    add(chunk.length);
    yield chunk;
  }
}

/**
 * The stream until `signal` fires; then it throws the signal's reason, at once, even while the source
 * lets us wait.
 */
export async function* untilAborted(
  chunks: Chunks,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  if (signal === undefined) {
    yield* chunks;
    return;
  }
  const iterator = chunks[Symbol.asyncIterator]();
  let isWaiting = false;
  try {
    while (true) {
      isWaiting = true;
      const next = await raceAbort(iterator.next(), signal);
      isWaiting = false;
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    // A source that never answers would never return either.
    const returned = iterator.return?.();
    if (!isWaiting) await returned;
  }
}

function raceAbort<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) {
      abort();
      work.catch(() => undefined);
      return;
    }
    signal.addEventListener("abort", abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}
