import { type EventDocument, fieldValues } from "@harrier/lang/match";
import { compareText, type EpochNanos, type FieldPath, type Literal } from "@harrier/lang/values";
import { commonOf, groupsInStore, type SuppressionTerm } from "../alerts/index.ts";
import type { RuleSuppression } from "../rules/index.ts";
import type { Candidate, Survivor, ThresholdCandidate } from "./candidates.ts";
import { type ReadEvents, readInBatches, sourcesOf } from "./read-back.ts";
import type { Recorder } from "./recorder.ts";
import { type Suppressible, suppress } from "./suppress.ts";

/** Combinations of values that one event is grouped by; more would be an attack on memory. */
const mostGroups = 1_000;

/**
 * The candidates of one rule that become alerts, and how many others those stand for. A rule that
 * does not suppress keeps all.
 */
export async function suppressCandidates(
  candidates: readonly Candidate[],
  recorder: Recorder,
): Promise<{ readonly survivors: readonly Survivor[]; readonly suppressed: number }> {
  const settings = candidates[0]?.rule.running.rule.alertSuppression;
  if (settings === undefined) {
    return { survivors: candidates.map((candidate) => ({ candidate })), suppressed: 0 };
  }
  const found: Suppressible<Candidate>[] = [];
  const add = (candidate: Candidate, groups: Suppressible<Candidate>["groups"]) => {
    found.push({ ...boundsOf(candidate), candidate, identity: identify(candidate), groups });
  };
  const ofEvents: Exclude<Candidate, ThresholdCandidate>[] = [];
  for (const candidate of candidates) {
    if (candidate.kind === "threshold") add(candidate, [groupTerms(candidate, recorder)]);
    else ofEvents.push(candidate);
  }
  for await (const { batch, events } of readInBatches(ofEvents, (each) => each, recorder)) {
    for (const candidate of batch) add(candidate, groupsOf(candidate, settings, events));
  }
  const { durationMs } = settings;
  return suppress(found, durationMs === undefined ? undefined : BigInt(durationMs) * 1_000_000n);
}

/** What happens at no known time happens when it is found. */
function boundsOf({ tick, first = tick, time = tick }: Candidate): {
  tick: EpochNanos;
  start: EpochNanos;
  end: EpochNanos;
} {
  return { tick, start: first, end: time };
}

/** The same events joined by two keys are one sequence; an event has an alert for each of its new terms. */
function identify(candidate: Candidate): string {
  switch (candidate.kind) {
    case "event":
    case "threat_match":
      return String(candidate.event);
    case "new_terms":
      return `${candidate.event} ${candidate.key}`;
    case "threshold":
      return `${candidate.tick} ${candidate.key}`;
    case "joined":
      return candidate.events.join(" ");
    default:
      return candidate satisfies never;
  }
}

/** The groups of a candidate; undefined where it lacks a field and the rule wants such ones alone. */
function groupsOf(
  candidate: Exclude<Candidate, ThresholdCandidate>,
  { groupBy, missingFieldsStrategy }: RuleSuppression,
  events: ReadEvents,
): Suppressible<Candidate>["groups"] {
  const document = documentOf(candidate, events);
  const values = groupBy.map((field) => fieldValues(document, field));
  const isComplete = values.every(({ length }) => length > 0);
  if (missingFieldsStrategy === "doNotSuppress" && !isComplete) return undefined;
  if (groupsInStore(candidate.rule.running.rule)) return combine(groupBy, values);
  const isOrdered = candidate.kind === "joined";
  return [groupBy.map((field, place) => wholeTerm(field, values[place] ?? [], isOrdered))];
}

/** A threshold rule groups by the fields that it counts by. */
function groupTerms(
  { rule, key }: ThresholdCandidate,
  recorder: Recorder,
): readonly SuppressionTerm[] {
  const { plan } = rule.running;
  if (plan.kind !== "threshold") return [];
  const values = recorder.keyOf(key);
  return plan.groupBy.map(({ path }, place) => ({ field: path, value: values[place] ?? null }));
}

/** The fields that a candidate is grouped by: those of its event, of a sequence what its events have in common. */
function documentOf(
  candidate: Exclude<Candidate, ThresholdCandidate>,
  events: ReadEvents,
): EventDocument {
  if (candidate.kind !== "joined") return events.get(candidate.event)?.document ?? {};
  return commonOf(candidate.rule.running.context, sourcesOf(candidate, events));
}

/** As a store groups: by single values, a missing field is a value of its own. */
function combine(
  groupBy: readonly FieldPath[],
  values: readonly (readonly Literal[])[],
): readonly (readonly SuppressionTerm[])[] {
  let groups: (readonly SuppressionTerm[])[] = [[]];
  groupBy.forEach((field, place) => {
    const found = values[place] ?? [];
    const different = found.length === 0 ? [null] : [...new Set(found)];
    groups = groups
      .flatMap((terms) => different.map((value) => [...terms, { field, value }]))
      .slice(0, mostGroups);
  });
  return groups;
}

/** All values of the field together; their order counts only where the events of a sequence agreed on it. */
function wholeTerm(
  field: FieldPath,
  values: readonly Literal[],
  isOrdered: boolean,
): SuppressionTerm {
  if (values.length === 0) return { field, value: null };
  const list = isOrdered
    ? values
    : [...values].sort((left, right) => compareText(String(left), String(right)));
  return { field, value: list };
}
