import type { EventDocument, FieldValue } from "@harrier/lang/match";
import type { FieldPath } from "@harrier/lang/values";
import { jsonValue } from "./json-value.ts";
import { isObject, valueAt } from "./lookup.ts";

/** An indicator that an event shares a value with. */
export interface IndicatorMatch {
  readonly indicator: EventDocument;
  /** `_id` and `_index` of the indicator, or what stands for them. */
  readonly id: string;
  readonly index: string;
  /** The event's field, and its values that the indicator has. */
  readonly field: FieldPath;
  readonly values: readonly FieldValue[];
}

/** The event with what its indicators say, behind the enrichments that it may already have (detection-semantics 3.4). */
export function enrich(
  document: EventDocument,
  matches: readonly IndicatorMatch[],
  indicatorPath: FieldPath,
): EventDocument {
  const known = valueAt(document, "threat.enrichments");
  const before: readonly unknown[] = Array.isArray(known)
    ? known
    : known === undefined
      ? []
      : [known];
  const enrichments = [...before, ...matches.map((match) => enrichmentOf(match, indicatorPath))];
  const { "threat.enrichments": _, ...rest } = document;
  const { threat } = rest;
  return isObject(threat)
    ? { ...rest, threat: { ...threat, enrichments } }
    : { ...rest, "threat.enrichments": enrichments };
}

function enrichmentOf({ indicator, id, index, field, values }: IndicatorMatch, path: FieldPath) {
  const found = valueAt(indicator, path);
  const described: unknown = Array.isArray(found) ? found[0] : found;
  const feed = valueAt(indicator, "threat.feed.name");
  const [first, ...others] = values.map(jsonValue);
  return {
    indicator: isObject(described) ? described : {},
    feed: feed === undefined ? {} : { name: feed },
    matched: {
      field,
      atomic: others.length === 0 ? first : [first, ...others],
      id,
      index,
      type: "indicator_match_rule",
    },
  };
}
