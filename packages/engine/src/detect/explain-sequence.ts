import type { SequencePlan } from "@harrier/lang/ir";
import {
  compareOrdered,
  type JoinKey,
  type OrderedEvent,
  SequenceMatcher,
  type StepHit,
} from "@harrier/lang/match";

/** Where the sequences of one key stand after an event that has to do with them. */
export interface SequenceState {
  readonly key: JoinKey;
  /** Steps, from 0, that an event can be now; of missing events those that would break it. The first is always one and left out. */
  readonly awaited: readonly number[];
  /** How many sequences the event completed. */
  readonly completed: number;
}

/** An event's place in the list that is explained, with what ordering needs and the steps it meets. */
export type SequencedEvent = Omit<OrderedEvent, "event"> & { readonly event: number };

/**
 * Runs the sequence over the events in their order, one key by itself, and tells what waits after each of them: by the
 * place of the event, for each key that it takes part with. What completes it only when time has passed is not told.
 */
export function followSequence(
  plan: SequencePlan,
  events: readonly SequencedEvent[],
): ReadonlyMap<number, readonly SequenceState[]> {
  const matchers = new Map<string, SequenceMatcher>();
  const states = new Map<number, readonly SequenceState[]>();
  for (const each of [...events].sort(compareOrdered)) {
    const own = [...keysOf(each.steps)].map(([name, key]): SequenceState => {
      const matcher = matchers.get(name) ?? new SequenceMatcher(plan);
      matchers.set(name, matcher);
      const steps = each.steps.flatMap((hit): StepHit[] => {
        const keys = hit.keys.filter((other) => nameOf(other) === name);
        return keys.length === 0 ? [] : [{ step: hit.step, keys }];
      });
      const completed = matcher.push({ ...each, steps }).length;
      const awaited = plan.steps.flatMap((_, step) =>
        step > 0 && matcher.awaits(step) ? [step] : [],
      );
      return { key, awaited, completed };
    });
    states.set(each.event, own);
  }
  return states;
}

function keysOf(steps: readonly StepHit[]): ReadonlyMap<string, JoinKey> {
  return new Map(steps.flatMap(({ keys }) => keys.map((key) => [nameOf(key), key] as const)));
}

function nameOf(key: JoinKey): string {
  return JSON.stringify(key.map((part) => `${typeof part} ${part}`));
}
