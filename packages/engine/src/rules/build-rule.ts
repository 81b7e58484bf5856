import { basename, extname } from "node:path";
import type { Report, Source } from "@harrier/lang/text";
import { toApiShape } from "./api-shape.ts";
import type { RawObject, RuleDocument } from "./classify.ts";
import { isDateMath, parseInterval } from "./durations.ts";
import { type FieldReader, readFields, spanOfParameter } from "./fields.ts";
import { embedText } from "./offset-map.ts";
import { readAlertSuppression } from "./parameters/alert-suppression.ts";
import { readExceptionsList } from "./parameters/exceptions-list.ts";
import { readRiskScoreMapping, readSeverityMapping } from "./parameters/overrides.ts";
import { renderNote } from "./render-note.ts";
import { type Rule, type RuleOrigin, type RuleType, ruleTypes, severities } from "./rule.ts";
import { splitSetup } from "./split-setup.ts";
import { readThreats } from "./threat.ts";
import { readTypeSettings } from "./type-settings.ts";

/**
 * Checks a rule and fills in its defaults (detection-semantics 1.1 and 1.2). Everything wrong is
 * reported; a rule with an error is `undefined`.
 */
export function buildRule(
  document: RuleDocument,
  source: Source,
  origin: RuleOrigin,
  report: Report,
): Rule | undefined {
  let isSound = true;
  const parameters = packageGuide(toApiShape(document.rule), document);
  const fields = readFields(parameters, document, source, (diagnostic) => {
    if (diagnostic.severity === "error") isSound = false;
    report(diagnostic);
  });

  const name = fields.text("name", "required");
  const severity = fields.word("severity", severities);
  const riskScore = fields.whole("risk_score", { least: 0, most: 100 });
  fields.require("severity");
  fields.require("risk_score");
  const type = readType(fields);
  const ruleId = fields.text("rule_id") ?? `${stemOf(origin.file)}/${name ?? ""}`;
  const query = fields.text("query");
  const schedule = readSchedule(fields);
  const optional = readOptional(fields);
  const shared = {
    ruleId,
    id: fields.text("id") ?? ruleId,
    description: fields.text("description", "expected") ?? "",
    version: fields.whole("version", { least: 1 }) ?? 1,
    // A file that does not say is meant to run. Kibana starts from false, where a rule is first
    // installed and then switched on.
    enabled: fields.flag("enabled") ?? true,
    tags: fields.texts("tags"),
    index: fields.texts("index"),
    maxSignals: fields.whole("max_signals", { least: 1 }) ?? 100,
    isBuildingBlock: fields.text("building_block_type") !== undefined,
    exceptionsList: readExceptionsList(fields),
    severityMapping: readSeverityMapping(fields),
    riskScoreMapping: readRiskScoreMapping(fields),
    timestampOverrideFallbackDisabled: fields.flag("timestamp_override_fallback_disabled") ?? false,
    threat: readThreats(parameters.threat),
  };
  for (const key of ["author", "references", "false_positives"]) fields.texts(key);
  const embed = (key: string, text: string) =>
    embedText(source, document.parsed, [...document.path, key], text);
  const settings = type && readTypeSettings(type, fields, { from: schedule.from, embed });
  const alertSuppression = type && readAlertSuppression(fields, type);

  if (!isSound || name === undefined || severity === undefined) return undefined;
  if (riskScore === undefined || type === undefined || settings === undefined) return undefined;
  return {
    ...shared,
    name,
    type,
    severity,
    riskScore,
    ...settings,
    ...(query === undefined ? {} : { query: embed("query", query) }),
    ...(alertSuppression === undefined ? {} : { alertSuppression }),
    ...schedule,
    ...optional,
    parameters,
    ...(document.metadata === undefined ? {} : { metadata: document.metadata }),
    ...(document.transform === undefined ? {} : { transform: document.transform }),
    origin,
    source,
    spanOf: (path) => spanOfParameter(document, source, path),
  };
}

/** The name that a rule gives itself, as far as it can be told before the rule is checked. */
export function nameOf({ rule }: RuleDocument): string | undefined {
  return typeof rule.name === "string" && rule.name !== "" ? rule.name : undefined;
}

/** What packaging does with the guide of a rule of the repository: fills in its buttons, moves its setup out. */
function packageGuide(parameters: RawObject, { metadata, transform }: RuleDocument): RawObject {
  const { note: written, setup } = parameters;
  if (metadata === undefined || typeof written !== "string") return parameters;
  const note = transform === undefined ? written : renderNote(written, transform);
  const hasSetup = typeof setup === "string" && setup !== "";
  return { ...parameters, note, ...(hasSetup ? {} : splitSetup(note)) };
}

function readType(fields: FieldReader): RuleType | undefined {
  fields.require("type");
  return fields.word("type", ruleTypes);
}

function readSchedule(fields: FieldReader): Pick<Rule, "intervalMs" | "from" | "to"> {
  const interval = fields.text("interval") ?? "5m";
  const intervalMs = parseInterval(interval);
  if (intervalMs === undefined) {
    fields.reject("interval", "`interval` is no duration", "write a number and s, m, h or d: `5m`");
  }
  const bounds = { from: fields.text("from") ?? "now-6m", to: fields.text("to") ?? "now" };
  for (const key of ["from", "to"] as const) {
    if (!isDateMath(bounds[key])) {
      fields.reject(key, `\`${key}\` is no date math`, "write it as `now-9m`");
    }
  }
  return { intervalMs: intervalMs ?? 0, ...bounds };
}

function readOptional(fields: FieldReader): Partial<Rule> {
  const texts = {
    ruleNameOverride: fields.text("rule_name_override"),
    timestampOverride: fields.text("timestamp_override"),
    eventCategoryOverride: fields.text("event_category_override"),
    timestampField: fields.text("timestamp_field"),
    tiebreakerField: fields.text("tiebreaker_field"),
    note: fields.text("note"),
    setup: fields.text("setup"),
  };
  return Object.fromEntries(
    Object.entries(texts).filter(([, text]) => text !== undefined && text !== ""),
  );
}

function stemOf(file: string): string {
  return basename(file, extname(file));
}
