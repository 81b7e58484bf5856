import {
  durationText,
  type Rule,
  type RuleSuppression,
  type ThreatMapping,
  type Threshold,
} from "../../../rules/index.ts";
import { countOf } from "../units.ts";
import type { Fact } from "./page.ts";
import { textParameters } from "./text-parameters.ts";

/** What rules of some types count and compare, and how alerts are suppressed. */
export function settingFacts(rule: Rule): readonly Fact[] {
  const { threshold, newTerms, threatMatch, alertSuppression } = rule;
  const jobs = textParameters(rule, "machine_learning_job_id");
  return [
    { name: "Counts", values: threshold === undefined ? [] : [thresholdText(threshold)] },
    {
      name: "New terms",
      values:
        newTerms === undefined
          ? []
          : [`${newTerms.fields.join(", ")}, not seen since ${newTerms.historyWindowStart}`],
    },
    {
      name: "Compares",
      values: threatMatch === undefined ? [] : [threatMatch.mapping.map(mappingText).join("; or ")],
    },
    { name: "With", values: threatMatch?.index ?? [], isCode: true },
    {
      name: "Indicator at",
      values: threatMatch === undefined ? [] : [threatMatch.indicatorPath],
      isCode: true,
    },
    { name: "Jobs", values: jobs, isCode: true },
    { name: "Anomaly", values: anomalyText(rule) },
    {
      name: "Stored query",
      values: rule.savedId === undefined ? [] : [rule.savedId],
      isCode: true,
    },
    {
      name: "Suppresses",
      values: alertSuppression === undefined ? [] : [suppressionText(alertSuppression)],
    },
  ];
}

function thresholdText({ fields, value, cardinality }: Threshold): string {
  const by = fields.length === 0 ? "" : ` with the same ${fields.join(", ")}`;
  const distinct =
    cardinality === undefined
      ? ""
      : `, with ${countOf(cardinality.value, "value")} of ${cardinality.field}`;
  return `${countOf(value, "event")}${by}${distinct}`;
}

function mappingText(entries: readonly ThreatMapping[]): string {
  return entries
    .map(({ field, value, negate }) => `${field} ${negate ? "differs from" : "is"} ${value}`)
    .join(" and ");
}

function anomalyText({ parameters }: Rule): readonly string[] {
  const score = parameters.anomaly_threshold;
  return typeof score === "number" ? [`score of ${score} or more`] : [];
}

function suppressionText({ groupBy, durationMs, missingFieldsStrategy }: RuleSuppression): string {
  const by = groupBy.length === 0 ? "of the same group" : `with the same ${groupBy.join(", ")}`;
  const within = durationMs === undefined ? "in one run" : `for ${durationText(durationMs)}`;
  const missing = missingFieldsStrategy === "suppress" ? "" : ", none without them";
  return `alerts ${by} ${within}${missing}`;
}
