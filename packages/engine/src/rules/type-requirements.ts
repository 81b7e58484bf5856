import { isObject, type RawObject } from "./classify.ts";
import { isDateMath } from "./durations.ts";
import type { FieldReader } from "./fields.ts";
import type { Rule, RuleType } from "./rule.ts";

/** Checks the parameters that only one type has, and gives the language of its query. */
type TypeRequirement = (fields: FieldReader, parameters: RawObject) => Rule["language"];

/** What each type cannot do without (detection-semantics 1.2). */
export const typeRequirements: Readonly<Record<RuleType, TypeRequirement>> = {
  query: (fields) => readKibanaLanguage(fields),
  saved_query: (fields) => {
    fields.text("saved_id", "required");
    return readKibanaLanguage(fields);
  },
  eql: (fields) => {
    fields.text("query", "required");
    return fields.word("language", ["eql"]) ?? "eql";
  },
  esql: (fields) => {
    fields.text("query", "required");
    return fields.word("language", ["esql"]) ?? "esql";
  },
  threshold: (fields, { threshold }) => {
    fields.text("query", "required");
    fields.require("threshold");
    if (isObject(threshold)) checkThreshold(fields, threshold);
    else if (threshold !== undefined) fields.reject("threshold", "`threshold` is no object");
    return readKibanaLanguage(fields);
  },
  threat_match: (fields, parameters) => {
    fields.text("query", "required");
    fields.text("threat_query", "required");
    for (const key of ["threat_mapping", "threat_index"]) {
      fields.require(key);
      if (parameters[key] !== undefined && !isFilledList(parameters[key])) {
        fields.reject(key, `\`${key}\` is no list, or an empty one`);
      }
    }
    return readKibanaLanguage(fields);
  },
  new_terms: (fields) => {
    fields.text("query", "required");
    fields.require("new_terms_fields");
    const { length } = fields.texts("new_terms_fields");
    if (length > 3) fields.reject("new_terms_fields", "`new_terms_fields` has more than 3 fields");
    const start = fields.text("history_window_start", "required");
    if (start !== undefined && !isDateMath(start)) {
      fields.reject("history_window_start", "`history_window_start` is no date math");
    }
    return readKibanaLanguage(fields);
  },
  machine_learning: (fields) => {
    fields.require("anomaly_threshold");
    fields.whole("anomaly_threshold", { least: 0, most: 100 });
    fields.require("machine_learning_job_id");
    fields.texts("machine_learning_job_id");
    return undefined;
  },
};

function readKibanaLanguage(fields: FieldReader): "kuery" | "lucene" {
  return fields.word("language", ["kuery", "lucene"]) ?? "kuery";
}

function checkThreshold(fields: FieldReader, { field, value }: RawObject): void {
  if (!Array.isArray(field) || !field.every((name) => typeof name === "string")) {
    fields.reject("threshold", "`threshold.field` is neither a field nor a list of fields");
  }
  if (typeof value !== "number" || value < 1) {
    fields.reject("threshold", "`threshold.value` is no number from 1 on");
  }
}

function isFilledList(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0;
}
