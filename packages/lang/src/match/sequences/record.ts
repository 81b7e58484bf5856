/**
 * What a record's first cell holds, by place. The key follows in cells of its own, and so do events after the first.
 *
 * A record is one of three things: a sequence that waits for its next stage; the latest leading missing events
 * of a key; or a complete sequence that a trailing missing event may still undo.
 */

// Whole numbers.
export const hashAt = 1;
/** Neighbours in the record's list of ages. */
export const olderAt = 2;
export const youngerAt = 3;
/** Which slot of which sequence. */
export const slotAt = 4;
/** The key's first cell; none for the key without values. */
export const keyAt = 5;
/** The cell of the latest events; none where there is but one event. */
export const eventsAt = 6;
/** What is known of it, in bits. */
export const marksAt = 7;

/** A missing event came in the gap that the sequence waits in: its time is at `lastAt`. */
export const hasIntruder = 1;
/** A missing event lies in some gap: the sequence still takes its slots, but is not reported. */
export const isBroken = 2;
/** It is certain, and only waits for its turn. */
export const isCertain = 4;
/**
 * Above the marks stand the first event's nanoseconds within its millisecond; in a complete sequence a bit for each of
 * the key's values that is a `bigint`.
 */
export const restShift = 3;

// Doubles. Times are milliseconds; minus infinity for none.
/** The first event's time. In a record of leading missing events the latest time, */
export const firstAt = 4;
/** The first event. In a record of leading missing events the latest time before that one. */
export const eventAt = 5;
/** The last event's time. */
export const lastAt = 6;
/** The latest leading missing event before the first event; once complete, after which time nothing can undo it. */
export const leadAt = 7;

// In a complete sequence over `firstAt`: the others of the same key that came later.
/** The next of them. */
export const followerAt = 8;
/** In the first of them: the last one. */
export const lastFollowerAt = 9;
