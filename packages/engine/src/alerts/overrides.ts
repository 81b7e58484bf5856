import { type EventDocument, fieldValues } from "@harrier/lang/match";
import { type Rule, type Severity, type SeverityMapping, severities } from "../rules/index.ts";
import { valueAt } from "./lookup.ts";

/** What an event may change of its rule (detection-semantics 4.6). */
export interface Overridden {
  readonly severity: Severity;
  readonly riskScore: number;
  readonly name: string;
}

/** The rule's own severity, risk score and name, or what the event's fields make of them. */
export function applyOverrides(rule: Rule, document: EventDocument): Overridden {
  return {
    severity: mappedSeverity(rule, document),
    riskScore: mappedRiskScore(rule, document),
    name: mappedName(rule, document),
  };
}

/** The highest severity among the mappings whose value the event has. */
function mappedSeverity(rule: Rule, document: EventDocument): Severity {
  const matching = rule.severityMapping.filter((mapping) => hasMappedValue(document, mapping));
  const highest = severities.findLast((severity) =>
    matching.some((mapping) => mapping.severity === severity),
  );
  return highest ?? rule.severity;
}

function hasMappedValue(document: EventDocument, mapping: SeverityMapping): boolean {
  const values = fieldValues(document, mapping.field);
  if (mapping.field === "event.severity") {
    const wanted = Math.floor(Number(mapping.value));
    return values.some((value) => typeof value === "number" && value === wanted);
  }
  // Decimals and booleans never match: Elastic compares only strings and safe integers.
  return values.some(
    (value) =>
      (typeof value === "string" || Number.isSafeInteger(value)) && String(value) === mapping.value,
  );
}

/** The largest usable score at the first mapping's field. */
function mappedRiskScore(rule: Rule, document: EventDocument): number {
  const [mapping] = rule.riskScoreMapping;
  if (mapping === undefined) return rule.riskScore;
  const scores = fieldValues(document, mapping.field)
    .filter((value) => typeof value === "number" || typeof value === "string")
    .map(Number)
    .filter((score) => score >= 0 && score <= 100);
  return scores.length === 0 ? rule.riskScore : scores.reduce((a, b) => Math.max(a, b));
}

/** Only a single string replaces the name: a list or a number does not. */
function mappedName(rule: Rule, document: EventDocument): string {
  const { ruleNameOverride: field } = rule;
  if (field === undefined) return rule.name;
  const value = valueAt(document, field);
  return typeof value === "string" && value !== "" ? value : rule.name;
}
