import type { JoinField, SequencePlan, Step } from "../../ir/index.ts";
import type { EpochNanos } from "../../values/index.ts";
import { compilePredicate } from "../compile.ts";
import type { ConditionSet } from "../condition-set.ts";
import type { EventDocument } from "../document.ts";
import { type JoinKey, joinKeys } from "../join-key.ts";
import type { MatchOptions } from "../options.ts";
import type { EventReference, StepHit } from "../ordered-event.ts";
import { SequenceMemory } from "./memory.ts";
import { type SequenceHit, SequenceMatcher, type SequenceOptions } from "./sequence-matcher.ts";

/** A sequence whose conditions are in a condition set. */
export interface WatchedSequence {
  readonly plan: SequencePlan;
  /** The places of the steps' conditions, `until` last. They belong to this sequence alone: equal conditions have a place each. */
  readonly conditions: readonly number[];
}

/** A match of one of the sequences, by its place among them. */
export interface FoundSequence extends SequenceHit<EventReference> {
  readonly sequence: number;
}

/** The folding is that of the condition set. */
export type SequenceSetOptions = SequenceOptions & MatchOptions;

interface Runner {
  readonly place: number;
  readonly matcher: SequenceMatcher;
  readonly conditions: readonly number[];
  /** By step: whether its condition is armed. */
  readonly isArmed: boolean[];
  readonly until: Until | undefined;
  /** The steps of the event at hand. */
  readonly hits: StepHit[];
}

interface Until {
  readonly step: number;
  readonly fields: Fields;
  readonly isMet: (document: EventDocument) => boolean;
}

/** What a condition is to the sequences. */
interface Use {
  readonly runner: Runner;
  readonly step: number;
  readonly fields: Fields;
}

/** The fields of a key, which many steps share, and the keys of the event at hand. */
interface Fields {
  readonly keys: readonly JoinField[];
  found: readonly JoinKey[] | undefined;
}

/**
 * Many sequences over a stream of events in order of time, with one condition set and one memory. Most later steps are as broad as
 * any start of a process; their conditions are armed only while a sequence waits for them.
 *
 * What `runPlan` finds for each sequence by itself is found here, but for what the bound of the memory takes away.
 */
export class SequenceSet {
  readonly #conditions: ConditionSet;
  readonly #runners: readonly Runner[];
  /** By the condition's place. */
  readonly #uses: readonly (Use | undefined)[];
  /** Whose keys of the event at hand are found. */
  readonly #asked: Fields[] = [];
  /** Whose time is told next. */
  #turn = 0;

  /** Arms and disarms the conditions of the sequences in the set, and no others. */
  constructor(
    conditions: ConditionSet,
    sequences: readonly WatchedSequence[],
    options: SequenceSetOptions = {},
  ) {
    this.#conditions = conditions;
    const memory = new SequenceMemory(options);
    const shared = new Map<string, Fields>();
    const fieldsOf = ({ keys }: Step): Fields => {
      const content = JSON.stringify(keys);
      const fields = shared.get(content) ?? { keys, found: undefined };
      shared.set(content, fields);
      return fields;
    };
    const uses: (Use | undefined)[] = [];
    this.#runners = sequences.map(({ plan, conditions: places }, place) => {
      const { until } = plan;
      const steps = until === undefined ? plan.steps : [...plan.steps, until];
      const runner: Runner = {
        place,
        matcher: new SequenceMatcher(plan, options, memory),
        conditions: places,
        isArmed: steps.map(() => true),
        until: until && {
          step: plan.steps.length,
          fields: fieldsOf(until),
          isMet: compilePredicate(until.condition, options),
        },
        hits: [],
      };
      steps.forEach((step, index) => {
        const condition = places[index];
        if (condition === undefined || uses[condition] !== undefined) {
          throw new Error(`step ${index} of sequence ${place} has no condition of its own`);
        }
        uses[condition] = { runner, step: index, fields: fieldsOf(step) };
      });
      return runner;
    });
    this.#uses = uses;
    for (const runner of this.#runners) this.#arm(runner);
  }

  /** The sequences that have lost something for want of room, by place: matches of them may be missing. */
  get truncated(): readonly number[] {
    return this.#runners.flatMap(({ matcher, place }) => (matcher.truncated ? [place] : []));
  }

  /** How many things are kept for all sequences together. */
  get records(): number {
    return this.#runners.reduce((sum, { matcher }) => sum + matcher.records, 0);
  }

  /**
   * Takes the next event, with what the condition set has found on it. The document is asked for only where a step
   * is met. Gives the matches that are certain now. One that a missing event could still undo comes with a later
   * event: the sequences are told the time in turn, one with each event.
   */
  push(
    met: readonly number[],
    event: EventReference,
    time: EpochNanos,
    document: () => EventDocument,
  ): readonly FoundSequence[] {
    const found: FoundSequence[] = [];
    const touched = this.#touch(met, document);
    for (const runner of touched) {
      const { matcher, hits } = runner;
      const steps = [...hits, ...this.#missedUntil(runner, document)];
      take(runner, matcher.push({ event, time, tiebreaker: null, steps }), found);
      hits.length = 0;
      this.#arm(runner);
    }
    for (const fields of this.#asked) fields.found = undefined;
    this.#asked.length = 0;
    this.#tellTime(time, found);
    return found;
  }

  /** What is left to say when no event follows, sequence by sequence. The set is used up. */
  finish(): readonly FoundSequence[] {
    const found: FoundSequence[] = [];
    for (const runner of this.#runners) take(runner, runner.matcher.finish(), found);
    return found;
  }

  /** The sequences of which the event meets a step that matters, in their order; their hits are filled in. */
  #touch(met: readonly number[], document: () => EventDocument): readonly Runner[] {
    const touched: Runner[] = [];
    for (const condition of met) {
      const use = this.#uses[condition];
      // It may be told of because an equal one is armed.
      if (use === undefined || use.runner.isArmed[use.step] !== true) continue;
      const keys = this.#keysOf(use.fields, document);
      if (keys.length === 0) continue;
      if (use.runner.hits.length === 0) touched.push(use.runner);
      use.runner.hits.push({ step: use.step, keys });
    }
    return touched.length > 1 ? touched.sort((left, right) => left.place - right.place) : touched;
  }

  /** An event may start a sequence and end it by `until`, which nobody was waiting for. */
  #missedUntil({ until, isArmed }: Runner, document: () => EventDocument): readonly StepHit[] {
    if (until === undefined || isArmed[until.step] === true || !until.isMet(document())) return [];
    return [{ step: until.step, keys: this.#keysOf(until.fields, document) }];
  }

  #tellTime(time: EpochNanos, found: FoundSequence[]): void {
    const runner = this.#runners[this.#turn];
    if (runner === undefined) return;
    this.#turn = (this.#turn + 1) % this.#runners.length;
    if (runner.matcher.records === 0) return;
    take(runner, runner.matcher.advance(time), found);
    this.#arm(runner);
  }

  #keysOf(fields: Fields, document: () => EventDocument): readonly JoinKey[] {
    if (fields.found === undefined) {
      fields.found = joinKeys(fields, document());
      this.#asked.push(fields);
    }
    return fields.found;
  }

  #arm({ matcher, conditions, isArmed }: Runner): void {
    conditions.forEach((condition, step) => {
      const isAwaited = matcher.awaits(step);
      if (isAwaited === isArmed[step]) return;
      isArmed[step] = isAwaited;
      this.#conditions.setArmed(condition, isAwaited);
    });
  }
}

function take(
  { place }: Runner,
  hits: readonly SequenceHit<EventReference>[],
  found: FoundSequence[],
): void {
  for (const hit of hits) found.push({ sequence: place, ...hit });
}
