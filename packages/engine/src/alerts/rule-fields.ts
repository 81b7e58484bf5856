import type { Rule } from "../rules/index.ts";
import { isObject } from "./lookup.ts";

/** How a rule's type calls itself in alerts. */
export interface RuleTypeNames {
  /** `kibana.alert.rule.category`. */
  readonly category: string;
  /** `kibana.alert.rule.rule_type_id`. */
  readonly ruleTypeId: string;
}

/** Parameters that alerts carry as the rule has them, and only where it has them (detection-semantics 4.2). */
const copiedWherePresent = [
  "created_at",
  "created_by",
  "immutable",
  "license",
  "namespace",
  "revision",
  "rule_name_override",
  "throttle",
  "timeline_id",
  "timeline_title",
  "updated_at",
  "updated_by",
] as const;

/** Lists that alerts carry even when the rule has none. */
const copiedLists = [
  "actions",
  "author",
  "exceptions_list",
  "false_positives",
  "references",
  "risk_score_mapping",
  "severity_mapping",
] as const;

/**
 * The copy of its rule that an alert carries, all but what an event may override (name) and what
 * changes with the run. Severity and risk score are the rule's own here.
 */
export function buildRuleFields(
  rule: Rule,
  { category, ruleTypeId }: RuleTypeNames,
): Readonly<Record<string, unknown>> {
  const { parameters } = rule;
  return {
    ...prefixed({
      uuid: rule.id,
      rule_id: rule.ruleId,
      type: rule.type,
      category,
      rule_type_id: ruleTypeId,
      consumer: "siem",
      producer: "siem",
      parameters,
      indices: rule.index,
      description: rule.description,
      enabled: rule.enabled,
      severity: rule.severity,
      risk_score: rule.riskScore,
      version: rule.version,
      tags: rule.tags,
      threat: rule.threat,
      from: rule.from,
      to: rule.to,
      interval: parameters.interval ?? durationText(rule.intervalMs),
      max_signals: rule.maxSignals,
    }),
    ...prefixed(Object.fromEntries(copiedLists.map((name) => [name, parameters[name] ?? []]))),
    ...prefixed(
      Object.fromEntries(
        copiedWherePresent.flatMap((name) =>
          parameters[name] === undefined ? [] : [[name, parameters[name]]],
        ),
      ),
    ),
    ...prefixed({
      ...(rule.note === undefined ? {} : { note: rule.note }),
      ...(rule.timestampOverride === undefined
        ? {}
        : { timestamp_override: rule.timestampOverride }),
      ...(rule.isBuildingBlock ? { building_block_type: "default" } : {}),
    }),
    ...metaFields(parameters.meta),
  };
}

/** `meta` is the only parameter that is laid out by its own keys. */
function metaFields(meta: unknown): Readonly<Record<string, unknown>> {
  if (!isObject(meta)) return {};
  return prefixed(
    Object.fromEntries(Object.entries(meta).map(([key, value]) => [`meta.${key}`, value])),
  );
}

function prefixed(fields: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [`kibana.alert.rule.${name}`, value]),
  );
}

/** The rule file's spelling of an interval: the largest unit that divides it. */
function durationText(milliseconds: number): string {
  const units = [
    ["d", 86_400_000],
    ["h", 3_600_000],
    ["m", 60_000],
  ] as const;
  const unit = units.find(([, size]) => milliseconds % size === 0);
  return unit === undefined ? `${milliseconds / 1000}s` : `${milliseconds / unit[1]}${unit[0]}`;
}
