import type { CutFile, CutItem, InputFinding } from "../../ingest/index.ts";
import { FileRun, type SentBlock } from "./file-run.ts";
import type { LanePool, ScannedBlock } from "./lane.ts";

/** What came of the inputs, piece by piece in their order. */
export interface ScannedPiece {
  /** In the order in which reading from the beginning to the end would find them. */
  readonly findings: readonly InputFinding[];
  /** Bytes of text that were read for the piece, unpacked. */
  readonly readBytes: number;
  /** Absent where there was nothing to scan. */
  readonly block?: ScannedBlock;
}

/** What may be under way for each lane: enough that none waits, little enough to be held. */
const bytesAhead = 4 * 1024 * 1024;
const piecesAhead = 64;
/** Where there is no other thread, there is only the next block to be read while one is scanned. */
const piecesAheadAlone = 2;

/**
 * Scans blocks on all lanes at once and gives what came of them in the order of the blocks: whatever the
 * lanes, it is the same. Buffers of blocks that are done go to `spare`. Goes no faster than it is taken. Throws what the blocks
 * or a lane throw, and an aborted signal's reason, at once.
 */
export async function* scanInOrder(
  items: AsyncIterable<CutItem>,
  pool: LanePool,
  { signal, spare }: { readonly signal: AbortSignal; readonly spare: ArrayBuffer[] },
): AsyncGenerator<ScannedPiece> {
  const queue = new Queue(pool, signal);
  const runs = new Map<CutFile, FileRun>();
  queue.fill(items, (item) => {
    if (item.kind !== "block") return { item, bytes: 0 };
    const { file, bytes, ending } = item;
    const { length } = bytes;
    const run = runs.get(file) ?? new FileRun(runs.size, file);
    runs.set(file, run);
    pool.expect(length);
    return { item, bytes: length, run, sent: run.send(bytes, ending, pool.lanes()) };
  });
  try {
    for (let slot = await queue.next(); slot !== undefined; slot = await queue.next()) {
      const { item, run, sent } = slot;
      const { readBytes } = item;
      if (run === undefined || sent === undefined) {
        yield { findings: item.kind === "finding" ? [item.finding] : [], readBytes };
        continue;
      }
      const placed = await queue.unlessFailed(run.place(sent, pool.lanes()));
      const buffer = placed?.block.bytes?.buffer;
      if (buffer !== undefined) spare.push(buffer);
      if (placed !== undefined) yield { ...placed, readBytes };
    }
  } finally {
    queue.stop();
  }
}

interface Slot {
  readonly item: CutItem;
  /** What it holds; its block has other hands by now. */
  readonly bytes: number;
  readonly run?: FileRun;
  readonly sent?: SentBlock;
}

/** Slots between who sends and who takes, in order. Who sends waits where too much is under way. */
class Queue {
  readonly #pool: LanePool;
  readonly #slots: Slot[] = [];
  #bytes = 0;
  #hasEnded = false;
  #isStopped = false;
  #wakeSender = () => {};
  #wakeTaker = () => {};
  #failure: { readonly error: unknown } | undefined;
  #rejectWork: (error: unknown) => void = () => {};
  readonly #signal: AbortSignal;
  readonly #abort: () => void;

  constructor(pool: LanePool, signal: AbortSignal) {
    this.#pool = pool;
    // Whoever fills may be waiting for room, and whoever takes for a lane.
    this.#signal = signal;
    this.#abort = () => this.#fail(signal.reason);
    signal.addEventListener("abort", this.#abort, { once: true });
    if (signal.aborted) this.#abort();
  }

  /** Sends one item after the other, until they end or one fails. */
  async fill(items: AsyncIterable<CutItem>, send: (item: CutItem) => Slot): Promise<void> {
    try {
      for await (const item of items) {
        if (this.#isStopped) return;
        const slot = send(item);
        this.#bytes += slot.bytes;
        this.#slots.push(slot);
        this.#wakeTaker();
        while (this.#isFull() && !this.#isStopped) {
          await new Promise<void>((resolve) => {
            this.#wakeSender = resolve;
          });
        }
      }
      this.#hasEnded = true;
      this.#wakeTaker();
    } catch (error) {
      this.#fail(error);
    }
  }

  /** The next slot, once it is there; `undefined` at the end. */
  async next(): Promise<Slot | undefined> {
    while (this.#slots.length === 0 && !this.#hasEnded) {
      const isWoken = new Promise<void>((resolve) => {
        this.#wakeTaker = resolve;
      });
      await this.unlessFailed(isWoken);
    }
    const slot = this.#slots.shift();
    this.#bytes -= slot?.bytes ?? 0;
    this.#wakeSender();
    return slot;
  }

  /** The work, or the failure of whoever fills the queue. One after the other. */
  unlessFailed<T>(work: Promise<T>): Promise<T> {
    // Not `Promise.race`: a promise that lasts as long as the hunt would keep all that it ever raced with.
    return new Promise((resolve, reject) => {
      if (this.#failure !== undefined) reject(this.#failure.error);
      this.#rejectWork = reject;
      work.then(resolve, reject);
    });
  }

  stop(): void {
    this.#isStopped = true;
    this.#signal.removeEventListener("abort", this.#abort);
    this.#wakeSender();
  }

  #fail(error: unknown): void {
    this.#failure ??= { error };
    this.#rejectWork(error);
  }

  #isFull(): boolean {
    const lanes = this.#pool.lanes().length;
    const pieces = lanes === 1 ? piecesAheadAlone : lanes * piecesAhead;
    return this.#slots.length >= pieces || this.#bytes >= lanes * bytesAhead;
  }
}
