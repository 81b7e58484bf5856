import type { FieldReader } from "../fields.ts";
import { type RiskScoreMapping, type SeverityMapping, severities } from "../rule.ts";

/** `severity_mapping`; mappings without a field do nothing and are left out. */
export function readSeverityMapping(fields: FieldReader): readonly SeverityMapping[] {
  return fields.objects("severity_mapping").flatMap((mapping) => {
    const field = mapping.text("field", "present");
    const value = mapping.text("value", "present");
    mapping.word("operator", ["equals"]);
    mapping.require("severity");
    const severity = mapping.word("severity", severities);
    if (field === undefined || field === "") return [];
    return value === undefined || severity === undefined ? [] : [{ field, value, severity }];
  });
}

/** `risk_score_mapping`; the score is the event's own value, so that the mapping's has no meaning. */
export function readRiskScoreMapping(fields: FieldReader): readonly RiskScoreMapping[] {
  return fields.objects("risk_score_mapping").flatMap((mapping) => {
    const field = mapping.text("field", "present");
    mapping.word("operator", ["equals"]);
    return field === undefined || field === "" ? [] : [{ field }];
  });
}
