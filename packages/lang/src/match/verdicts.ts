import type { SequenceHit } from "./sequence.ts";

/** A completed sequence that a trailing missing event may still undo. Times are milliseconds. */
export interface Undecided<E> {
  readonly hit: SequenceHit<E>;
  readonly last: number;
  /** After this no event can undo it. */
  readonly deadline: number;
  verdict: boolean | undefined;
  /** What would have undone it was given up for want of room. */
  readonly isLost: () => boolean;
  /** Called once it is decided. */
  readonly release: () => void;
}

/** Completed sequences in the order of their last events, handed out in that order as they are decided. */
export class Verdicts<E> {
  readonly #undecidedAtEnd: "match" | "drop";
  #queue: Undecided<E>[] = [];
  #head = 0;
  #now = Number.NEGATIVE_INFINITY;

  constructor(undecidedAtEnd: "match" | "drop") {
    this.#undecidedAtEnd = undecidedAtEnd;
  }

  add(undecided: Undecided<E>): void {
    this.#queue.push(undecided);
  }

  /** The hits at the front of the queue that are certain when the stream has reached `now`. */
  decide(now: number): SequenceHit<E>[] {
    this.#now = now;
    return this.#take(undefined);
  }

  finish(): SequenceHit<E>[] {
    return this.#take(this.#undecidedAtEnd === "match");
  }

  #take(otherwise: boolean | undefined): SequenceHit<E>[] {
    const hits: SequenceHit<E>[] = [];
    for (let next = this.#queue[this.#head]; next !== undefined; next = this.#queue[this.#head]) {
      const verdict = next.verdict ?? (this.#now > next.deadline ? true : otherwise);
      if (verdict === undefined) break;
      this.#head += 1;
      if (verdict && !next.isLost()) hits.push(next.hit);
      next.release();
    }
    if (this.#head > 1_000 && this.#head * 2 > this.#queue.length) {
      this.#queue = this.#queue.slice(this.#head);
      this.#head = 0;
    }
    return hits;
  }
}
