import type { SamplePlan } from "../ir/index.ts";
import { compareKeys, encodeKey, type JoinKey } from "./join-key.ts";
import type { StepHit } from "./ordered-event.ts";
import type { SequenceHit } from "./sequences/sequence-matcher.ts";

/** An event with the filters of the sample that it meets, and its keys for each. */
export interface SampleEvent<E> {
  readonly event: E;
  readonly steps: readonly StepHit[];
}

export interface SampleOptions {
  /** Picks to report for one key. Default: 1. */
  readonly maxSamplesPerKey?: number;
  /** The most samples in all. Default: no limit. */
  readonly size?: number;
}

/** Attempts to place an event, for one key. Only keys whose filters nearly all want the same few events come near it. */
const mostAttempts = 100_000;

/**
 * For each key that every filter has an event for: picks of one event per filter, all different
 * (eql-semantics 13). Samples are ordered by key, picks by the order of the events.
 */
export function matchSample<E>(
  plan: SamplePlan,
  events: readonly SampleEvent<E>[],
  options: SampleOptions = {},
): readonly SequenceHit<E>[] {
  const size = options.size ?? Number.POSITIVE_INFINITY;
  const perKey = options.maxSamplesPerKey ?? 1;
  const groups = [...groupByKey(plan.steps.length, events).values()]
    .filter(({ candidates }) => candidates.every((filter) => filter.length > 0))
    .sort((left, right) => compareKeys(left.key, right.key));
  const hits: SequenceHit<E>[] = [];
  for (const { key, candidates } of groups) {
    if (hits.length >= size) break;
    const picks = pick(candidates, Math.min(perKey, size - hits.length));
    for (const chosen of picks) hits.push({ key, events: chosen.map((event) => event.event) });
  }
  return hits;
}

interface Group<E> {
  readonly key: JoinKey;
  /** For each filter its events, in their order. */
  readonly candidates: readonly SampleEvent<E>[][];
}

function groupByKey<E>(filters: number, events: readonly SampleEvent<E>[]): Map<string, Group<E>> {
  const groups = new Map<string, Group<E>>();
  for (const event of events) {
    for (const { step, keys } of event.steps) {
      for (const key of keys) {
        const text = encodeKey(key);
        let group = groups.get(text);
        if (group === undefined) {
          group = { key, candidates: Array.from({ length: filters }, () => []) };
          groups.set(text, group);
        }
        group.candidates[step]?.push(event);
      }
    }
  }
  return groups;
}

/** The first `count` picks, trying the candidates in order, filter by filter, with back-tracking. */
function pick<E>(
  candidates: readonly (readonly SampleEvent<E>[])[],
  count: number,
): readonly (readonly SampleEvent<E>[])[] {
  const picks: SampleEvent<E>[][] = [];
  const chosen: SampleEvent<E>[] = [];
  let attempts = 0;
  const place = (filter: number): void => {
    const events = candidates[filter];
    if (events === undefined) {
      picks.push([...chosen]);
      return;
    }
    for (const event of events) {
      if (picks.length >= count || attempts >= mostAttempts) return;
      attempts += 1;
      if (chosen.includes(event)) continue;
      chosen.push(event);
      place(filter + 1);
      chosen.pop();
    }
  };
  place(0);
  return picks;
}
