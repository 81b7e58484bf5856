import type { AlertSource } from "../alerts/index.ts";
import { eventIdentity } from "../ingest/index.ts";
import type { Candidate } from "./candidates.ts";
import type { Arrival } from "./columns.ts";
import type { Recorder } from "./recorder.ts";
import type { RunningRule } from "./running-rule.ts";
import type { SpooledEvent } from "./spooled-event.ts";

/** Recorded events, read back. */
export type ReadEvents = ReadonlyMap<Arrival, SpooledEvent>;

/** What is read back at once: enough that neighbours in the spool come together, little enough to be held. */
const mostEvents = 4_096;
const mostBytes = 16 * 1024 * 1024;

/**
 * Gives the items in their order, some at a time, with the events of their candidates. The events of
 * a batch are read in the order of the spool: candidates come in the order of time, and one after
 * another they would be anywhere in it.
 */
export async function* readInBatches<T>(
  items: readonly T[],
  candidateOf: (item: T) => Candidate,
  recorder: Recorder,
): AsyncGenerator<{ readonly batch: readonly T[]; readonly events: ReadEvents }> {
  let batch: T[] = [];
  let arrivals = new Set<Arrival>();
  let bytes = 0;
  for (const item of items) {
    batch.push(item);
    for (const arrival of placesOf(candidateOf(item))) {
      if (arrival === null) continue;
      if (!arrivals.has(arrival)) bytes += recorder.bytesOf(arrival);
      arrivals.add(arrival);
    }
    if (arrivals.size < mostEvents && bytes < mostBytes) continue;
    yield { batch, events: await readBack(arrivals, recorder) };
    batch = [];
    arrivals = new Set();
    bytes = 0;
  }
  if (batch.length > 0) yield { batch, events: await readBack(arrivals, recorder) };
}

/** The events of a candidate as alerts need them, in its order; null in the place of a missing event. */
export function sourcesOf(
  candidate: Candidate,
  events: ReadEvents,
): readonly (AlertSource | null)[] {
  const { running } = candidate.rule;
  return placesOf(candidate).map((arrival) => {
    const event = arrival === null ? undefined : events.get(arrival);
    return event === undefined ? null : sourceOf(event, running);
  });
}

function sourceOf(event: SpooledEvent, { lists }: RunningRule): AlertSource {
  return {
    document: event.document,
    ...eventIdentity(event),
    isIndexListed: lists(event.index),
  };
}

/** The events that a candidate is made of; of many no more than are kept as evidence. */
function placesOf(candidate: Candidate): readonly (Arrival | null)[] {
  return "events" in candidate ? candidate.events : [candidate.event];
}

async function readBack(arrivals: Iterable<Arrival>, recorder: Recorder): Promise<ReadEvents> {
  const events = new Map<Arrival, SpooledEvent>();
  for (const arrival of Uint32Array.from(arrivals).sort()) {
    events.set(arrival, await recorder.read(arrival));
  }
  return events;
}
