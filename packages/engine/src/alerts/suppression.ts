import type { FieldPath, Literal } from "@harrier/lang/values";
import { type EpochNanos, formatInstant } from "@harrier/lang/values";
import type { Rule } from "../rules/index.ts";
import { space } from "./ids.ts";
import { jsonValue } from "./json-value.ts";
import { type HashedValue, hashObject } from "./object-hash.ts";

/** What an alert says of the others that it stands for (detection-semantics 5). */
export interface AlertSuppression {
  /** In the order of `group_by`, for threshold rules of the grouped fields. Null stands for a missing field. */
  readonly terms: readonly SuppressionTerm[];
  readonly start: EpochNanos;
  readonly end: EpochNanos;
  /** `end` when the alert was made, before later runs added to it: part of the ids that name the group. */
  readonly createdEnd: EpochNanos;
  /** Those that the alert stands for, without itself. */
  readonly docsCount: number;
  /** The tick of the last run that found one of them. */
  readonly lastDetected: EpochNanos;
}

export interface SuppressionTerm {
  readonly field: FieldPath;
  /** A whole list where the rule's type compares lists as one. */
  readonly value: Literal | readonly Literal[];
}

/** The fields of an alert that stands for others. They replace those that every alert has. */
export function suppressionFields(suppression: AlertSuppression, rule: Rule) {
  const { start, end, docsCount, lastDetected } = suppression;
  const terms = hashedTerms(suppression.terms);
  return {
    "kibana.alert.instance.id": hashObject([instanceOf(terms, rule), rule.id, space]),
    "kibana.alert.suppression.terms": terms,
    "kibana.alert.suppression.start": formatInstant(start),
    "kibana.alert.suppression.end": formatInstant(end),
    "kibana.alert.suppression.docs_count": docsCount,
    "kibana.alert.last_detected": formatInstant(lastDetected),
  } as const;
}

/**
 * Whether the rule's events are grouped by single values, as a store does it: an event with several
 * values is in several groups. Other types compare all values of a field as one.
 */
export function groupsInStore({ type }: Rule): boolean {
  return type === "query" || type === "saved_query";
}

export type HashedTerm = { readonly field: string; readonly value: HashedValue };

export function hashedTerms(terms: AlertSuppression["terms"]): readonly HashedTerm[] {
  return terms.map(({ field, value }) => ({
    field,
    value: isList(value) ? value.map(jsonValue) : jsonValue(value),
  }));
}

/** What tells one group from another: for threshold rules only the values, sorted. */
function instanceOf(terms: readonly HashedTerm[], rule: Rule): HashedValue {
  if (rule.type !== "threshold") return terms;
  return terms.map(({ value }) => String(value)).sort();
}

/** `Array.isArray` does not tell a readonly array from a scalar. */
function isList(value: Literal | readonly Literal[]): value is readonly Literal[] {
  return Array.isArray(value);
}
