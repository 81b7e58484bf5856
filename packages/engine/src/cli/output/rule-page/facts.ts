import type { CompiledRule } from "../../../rule-types/index.ts";
import { durationText, type Rule, windowMsOf } from "../../../rules/index.ts";
import { outcomeOf } from "../rule-shape.ts";
import { dataSourcesOf } from "./data-sources.ts";
import { settingFacts } from "./describe-settings.ts";
import type { Fact } from "./page.ts";
import { metadataTexts, objectParameters, textParameters } from "./text-parameters.ts";

/** What a rule is, in the order of Elastic's own pages; what is not said is left out. */
export function ruleFacts(compiled: CompiledRule): readonly Fact[] {
  const { rule } = compiled;
  const { named, isAll, standIns } = dataSourcesOf(compiled);
  const facts: readonly Fact[] = [
    { name: "Severity", values: [rule.severity] },
    { name: "Risk score", values: [String(rule.riskScore)] },
    { name: "Type", values: [typeText(rule)] },
    { name: "Runs here", values: [outcomeText(compiled)] },
    { name: "Enabled", values: rule.enabled ? [] : ["no"] },
    { name: "Rule id", values: [rule.ruleId], isCode: true },
    { name: "Version", values: [String(rule.version)] },
    { name: "Indices", values: indicesOf(rule), isCode: true },
    { name: "Fed by", values: isAll ? ["every log that is mapped"] : named, isCode: true },
    { name: "May stand in", values: standIns, isCode: true },
    { name: "Runs every", values: [durationText(rule.intervalMs)] },
    { name: "Looks back", values: [lookBackText(rule)] },
    ...settingFacts(rule),
    { name: "Alerts", values: [alertsText(rule)] },
    {
      name: "Exception lists",
      values: rule.exceptionsList.map(({ listId }) => listId),
      isCode: true,
    },
    { name: "Time", values: timeFields(rule), isCode: true },
    ...overrideFacts(rule),
    { name: "Highlights", values: highlightedFields(rule), isCode: true },
    { name: "Integrations", values: integrationsOf(rule) },
    { name: "Tags", values: rule.tags },
    { name: "Authors", values: textParameters(rule, "author") },
    { name: "Licence", values: textParameters(rule, "license") },
    { name: "Timeline", values: textParameters(rule, "timeline_title") },
    { name: "Created", values: metadataTexts(rule, "creation_date") },
    { name: "Updated", values: metadataTexts(rule, "updated_date") },
    { name: "Maturity", values: metadataTexts(rule, "maturity") },
    { name: "File", values: [placeOf(rule)] },
  ];
  return facts.filter(({ values }) => values.length > 0);
}

/** None where the query says them itself, or a job reads for the rule. */
export function indicesOf({ index, type }: Rule): readonly string[] {
  const isElsewhere = type === "esql" || type === "machine_learning";
  return index.length > 0 || isElsewhere ? index : ["any"];
}

export function typeText({ type, language }: Rule): string {
  return language === undefined || language === type ? type : `${type} (${language})`;
}

export function outcomeText(compiled: CompiledRule): string {
  switch (outcomeOf(compiled)) {
    case "supported":
      return "yes";
    case "unsupported":
      return `no: ${compiled.unsupported}`;
    case "failed":
      return "no: the query has errors, `harrier check` shows them";
  }
}

/** With the look-back that goes beyond the interval, where the window is always as long. */
function lookBackText(rule: Rule): string {
  const more = (windowMsOf(rule) ?? 0) - rule.intervalMs;
  const additional = more > 0 ? `, ${durationText(more)} more than the interval` : "";
  return `${rule.from} to ${rule.to}${additional}`;
}

function alertsText({ maxSignals, isBuildingBlock }: Rule): string {
  return `at most ${maxSignals} a run${isBuildingBlock ? ", building blocks" : ""}`;
}

function timeFields({ timestampOverride, timestampOverrideFallbackDisabled }: Rule): string[] {
  if (timestampOverride === undefined) return [];
  return timestampOverrideFallbackDisabled
    ? [timestampOverride]
    : [timestampOverride, "@timestamp"];
}

function overrideFacts(rule: Rule): readonly Fact[] {
  const { severityMapping, riskScoreMapping, ruleNameOverride, eventCategoryOverride } = rule;
  return [
    {
      name: "Severity by",
      values: severityMapping.map(
        ({ field, value, severity }) => `${severity}: ${field} is ${value}`,
      ),
    },
    {
      name: "Risk score by",
      values: riskScoreMapping.slice(0, 1).map(({ field }) => field),
      isCode: true,
    },
    { name: "Named by", values: listOf(ruleNameOverride), isCode: true },
    { name: "Category", values: listOf(eventCategoryOverride), isCode: true },
    { name: "Ties broken by", values: listOf(rule.tiebreakerField), isCode: true },
  ];
}

/** `investigation_fields`: what Kibana shows first of an alert. */
function highlightedFields({ parameters }: Rule): string[] {
  const fields = parameters.investigation_fields;
  const isObject = typeof fields === "object" && fields !== null && "field_names" in fields;
  const names = isObject ? fields.field_names : undefined;
  return Array.isArray(names) ? names.filter((name) => typeof name === "string") : [];
}

/** What a packaged rule says, else the `integration` of the TOML file that it was packaged from. */
function integrationsOf(rule: Rule): string[] {
  const said = objectParameters(rule, "related_integrations").flatMap((each) => {
    const words = [each.package, each.integration, each.version];
    return typeof each.package === "string"
      ? [words.filter((word) => typeof word === "string" && word !== "").join(" ")]
      : [];
  });
  return said.length > 0 ? said : metadataTexts(rule, "integration");
}

function placeOf({ origin }: Rule): string {
  return origin.line === undefined ? origin.file : `${origin.file}:${origin.line}`;
}

function listOf<T>(value: T | undefined): readonly T[] {
  return value === undefined ? [] : [value];
}
