import {
  type EventDocument,
  type Explanation,
  explainPredicate,
  fieldValues,
  type JoinKey,
  joinKeys,
  type MatchOptions,
  runPlan,
} from "@harrier/lang/match";
import { firstValue, timeOf } from "../alerts/index.ts";
import type { IngestedEvent } from "../ingest/index.ts";
import type { CompiledRule } from "../rule-types/index.ts";
import type { Rule } from "../rules/index.ts";
import { orderField } from "./clock.ts";
import { type CountExplanation, explainCounts } from "./explain-counts.ts";
import {
  explainExceptions,
  type ItemConditions,
  type ItemExplanation,
} from "./explain-exceptions.ts";
import { followSequence, type SequencedEvent, type SequenceState } from "./explain-sequence.ts";
import { type FieldChange, findFlip } from "./flip.ts";
import { stepsOf } from "./watch-list.ts";
import { readsIdentity, withIdentity } from "./with-identity.ts";

/** Why a rule matches the given events, or does not. */
export interface RuleExplanation {
  readonly rule: CompiledRule;
  /** One for an event rule; the steps of a sequence or sample in order, `until` last. Empty where the rule has no plan. */
  readonly steps: readonly StepExplanation[];
  /** What exceptions say about the events that meet a step: a list for each event given, in the same order. */
  readonly exceptions: readonly (readonly ItemExplanation[])[];
  /**
   * What the rule finds in these events as a whole: places in the list of events given, `undefined`
   * at the place of a missing event. A rule for single events has one place a match; a group that
   * is large enough is a match of all its events.
   */
  readonly matches: readonly (readonly (number | undefined)[])[];
  /** Of a sequence: what waits after an event, by its place in the list given. Events without a time are not among them. */
  readonly states?: ReadonlyMap<number, readonly SequenceState[]>;
  /** What is counted or compared, where the rule does so. */
  readonly counts?: CountExplanation;
}

export interface StepExplanation {
  /** `missing`: no such event may be there. */
  readonly role: "event" | "step" | "missing" | "until";
  /** One for each event given, in the same order. */
  readonly events: readonly EventExplanation[];
}

export interface EventExplanation {
  readonly event: IngestedEvent;
  readonly condition: Explanation;
  /** The join keys the event has in this step: one for each combination of values; empty when a required key is absent. */
  readonly keys: readonly JoinKey[];
  /** Required key fields that the event lacks. */
  readonly missingKeys: readonly string[];
  /** The least change of the event that turns the verdict round, where one is found. */
  readonly flip?: readonly FieldChange[];
}

export interface ExplainOptions extends MatchOptions {
  /** The rule's exceptions. */
  readonly exceptions?: readonly ItemConditions[];
}

/** Explains a rule on a few events: every clause of every step for each of them, and what all make together. */
export function explainRule(
  compiled: CompiledRule,
  events: readonly IngestedEvent[],
  { exceptions: items = [], ...options }: ExplainOptions = {},
): RuleExplanation {
  const { rule, plan } = compiled;
  if (plan === undefined) return { rule: compiled, steps: [], exceptions: [], matches: [] };
  const roleOf = (place: number, missing: boolean): StepExplanation["role"] => {
    if (plan.kind !== "sequence" && plan.kind !== "sample") return "event";
    if (place === plan.steps.length) return "until";
    return missing ? "missing" : "step";
  };
  // The second step of a threshold asks the same again, for other values.
  const asked = "pipes" in plan ? stepsOf(plan) : stepsOf(plan).slice(0, 1);
  const asksNames = readsIdentity(asked.map(({ condition }) => condition));
  const documents = events.map((event) => (asksNames ? withIdentity(event) : event.document));
  const steps = asked.map(
    (step, place): StepExplanation => ({
      role: roleOf(place, step.missing),
      events: events.map((event, index) => {
        const document = documents[index] ?? event.document;
        const condition = explainPredicate(step.condition, document, options);
        const flip = findFlip(condition, document, options);
        return {
          event,
          condition,
          ...(flip !== undefined && { flip }),
          keys: joinKeys(step, document),
          missingKeys: step.keys
            .filter(
              ({ field, optional }) => !optional && fieldValues(document, field.path).length === 0,
            )
            .map(({ field }) => field.path),
        };
      }),
    }),
  );
  const exceptions = events.map(({ document }, place) => {
    const isSought = steps.some((step) => step.events[place]?.condition.verdict === true);
    return isSought ? explainExceptions(items, document, options) : [];
  });
  const kept = [...events.keys()].filter((place) =>
    exceptions[place]?.every(({ outcome }) => outcome !== "holds"),
  );
  if (!("pipes" in plan)) {
    const met = kept.filter((place) => steps[0]?.events[place]?.condition.verdict === true);
    const counts = explainCounts(plan, events, met);
    const groups = counts?.kind === "threshold" ? counts.groups : [];
    const matches = groups.flatMap((group) => (group.isEnough ? [group.events] : []));
    return { rule: compiled, steps, exceptions, matches, ...(counts && { counts }) };
  }
  const places = new Map(documents.map((document, place) => [document, place]));
  const isKept = new Set(kept);
  const { tiebreakerField } = rule;
  const hits = runPlan(
    plan,
    documents.filter((_, place) => isKept.has(place)),
    {
      ...options,
      timestampField: orderField(rule),
      ...(tiebreakerField === undefined ? {} : { tiebreakerField }),
    },
  );
  return {
    rule: compiled,
    steps,
    exceptions,
    ...(plan.kind === "sequence" && {
      states: followSequence(
        plan,
        kept.flatMap((place) => sequenced(place, steps, documents, rule)),
      ),
    }),
    matches: hits.map((hit) =>
      hit.events.map((document) => (document === null ? undefined : places.get(document))),
    ),
  };
}

/** The event as the sequence sees it; nothing where it has no time. */
function sequenced(
  place: number,
  steps: readonly StepExplanation[],
  documents: readonly EventDocument[],
  rule: Rule,
): readonly SequencedEvent[] {
  const document = documents[place];
  const time = document && timeOf(document, orderField(rule));
  if (document === undefined || time === undefined) return [];
  const { tiebreakerField } = rule;
  const tiebreaker =
    tiebreakerField === undefined ? null : (firstValue(document, tiebreakerField) ?? null);
  const hits = steps.flatMap(({ events }, step) => {
    const explained = events[place];
    return explained?.condition.verdict === true && explained.keys.length > 0
      ? [{ step, keys: explained.keys }]
      : [];
  });
  return [{ event: place, time, tiebreaker, steps: hits }];
}
