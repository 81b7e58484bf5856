import type { Pipe, Plan, SamplePlan, SequencePlan, Step } from "../ir/index.ts";
import { type EpochNanos, type FieldPath, type Literal, parseInstant } from "../values/index.ts";
import { compilePredicate } from "./compile.ts";
import { type EventDocument, fieldValues, isFieldValue } from "./document.ts";
import { columnValues } from "./expression.ts";
import { joinKeys } from "./join-key.ts";
import type { MatchOptions } from "./options.ts";
import {
  compareOrdered,
  type EventReference,
  type OrderedEvent,
  type StepHit,
} from "./ordered-event.ts";
import { matchSample } from "./sample.ts";
import { type SequenceHit, SequenceMatcher } from "./sequences/sequence-matcher.ts";

export interface RunOptions extends MatchOptions {
  /** Default: `@timestamp`. Events without a time come first, and take no part in sequences. */
  readonly timestampField?: FieldPath;
  /** Default: none. Then events of equal time keep the order of the list. */
  readonly tiebreakerField?: FieldPath;
  /** The most hits to return (eql-semantics 14.3). Default: all. */
  readonly size?: number;
  /** Which end of the hits `size` keeps where the query has no pipe. Default: `tail`. */
  readonly resultPosition?: "head" | "tail";
  /** Samples only. Default: 1. */
  readonly maxSamplesPerKey?: number;
}

interface Ordered {
  readonly event: EventDocument;
  readonly time: EpochNanos | undefined;
  readonly tiebreaker: Literal;
}

/**
 * Runs a plan over a whole list of events, as a search does: order, pipes, size. Hits are ascending.
 * A hit of an event query is one event with an empty key. What a stream needs is in `ConditionSet`
 * and `SequenceMatcher`.
 */
export function runPlan(
  plan: Plan,
  documents: readonly EventDocument[],
  options: RunOptions = {},
): readonly SequenceHit<EventDocument>[] {
  switch (plan.kind) {
    case "event": {
      const test = compilePredicate(plan.condition, options);
      const hits = inOrder(documents, options)
        .filter(({ event }) => test(event))
        .map(({ event }) => ({ key: [], events: [event] }));
      return applyPipes(hits, plan.pipes, options);
    }
    case "sequence":
      return applyPipes(
        runSequence(plan, inOrder(documents, options), options),
        plan.pipes,
        options,
      );
    case "sample":
      return applyPipes(runSample(plan, documents, options), plan.pipes, {});
    default:
      return plan satisfies never;
  }
}

function runSequence(
  plan: SequencePlan,
  ordered: readonly Ordered[],
  options: RunOptions,
): readonly SequenceHit<EventDocument>[] {
  const steps = plan.until === undefined ? plan.steps : [...plan.steps, plan.until];
  const hitsOf = compileSteps(steps, options);
  const matcher = new SequenceMatcher(plan);
  const hits: SequenceHit<EventReference>[] = [];
  for (const [place, { event, time, tiebreaker }] of ordered.entries()) {
    if (time === undefined) continue;
    const found: OrderedEvent = { event: place, time, tiebreaker, steps: hitsOf(event) };
    for (const hit of matcher.push(found)) hits.push(hit);
  }
  for (const hit of matcher.finish()) hits.push(hit);
  const eventAt = (place: EventReference | null): EventDocument | null =>
    place === null ? null : (ordered[place]?.event ?? null);
  return hits.map(({ key, events }) => ({ key, events: events.map(eventAt) }));
}

function runSample(
  plan: SamplePlan,
  documents: readonly EventDocument[],
  options: RunOptions,
): readonly SequenceHit<EventDocument>[] {
  const hitsOf = compileSteps(plan.steps, options);
  const events = documents.map((event) => ({ event, steps: hitsOf(event) }));
  return matchSample(plan, events, options);
}

/** The steps that an event takes part in. */
function compileSteps(
  steps: readonly Step[],
  options: RunOptions,
): (document: EventDocument) => readonly StepHit[] {
  const tests = steps.map((step) => compilePredicate(step.condition, options));
  return (document) =>
    steps.flatMap((step, index) => {
      if (tests[index]?.(document) !== true) return [];
      const keys = joinKeys(step, document);
      return keys.length === 0 ? [] : [{ step: index, keys }];
    });
}

function inOrder(documents: readonly EventDocument[], options: RunOptions): readonly Ordered[] {
  const { timestampField = "@timestamp", tiebreakerField } = options;
  return documents
    .map((event) => ({
      event,
      time: timeOf(event, timestampField),
      tiebreaker: tiebreakerOf(event, tiebreakerField),
    }))
    .sort((left, right) => {
      if (left.time === undefined || right.time === undefined) {
        return Number(left.time !== undefined) - Number(right.time !== undefined);
      }
      return compareOrdered(
        { time: left.time, tiebreaker: left.tiebreaker },
        { time: right.time, tiebreaker: right.tiebreaker },
      );
    });
}

function timeOf(document: EventDocument, path: FieldPath): EpochNanos | undefined {
  const value = fieldValues(document, path).find(isFieldValue);
  return value === undefined || typeof value === "boolean" ? undefined : parseInstant(value);
}

function tiebreakerOf(document: EventDocument, path: FieldPath | undefined): Literal {
  if (path === undefined) return null;
  return columnValues(document, { path, type: "unknown" })[0] ?? null;
}

/** List operations on the ascending hits; `size` caps the input of the first pipe, from that pipe's side. */
function applyPipes<T>(
  hits: readonly T[],
  pipes: readonly Pipe[],
  options: RunOptions,
): readonly T[] {
  const { size, resultPosition = "tail" } = options;
  const first = size === undefined ? [] : [{ kind: pipes[0]?.kind ?? resultPosition, count: size }];
  return [...first, ...pipes].reduce<readonly T[]>(
    (list, { kind, count }) =>
      kind === "head" ? list.slice(0, count) : list.slice(Math.max(0, list.length - count)),
    hits,
  );
}
