import type { Source } from "@harrier/lang/text";
import type { FieldReader } from "../fields.ts";
import type { ThreatMapping, ThreatMatch } from "../rule.ts";
import { readFilters } from "./filters.ts";
import { readKibanaLanguage } from "./language.ts";

const defaultIndicatorPath = "threat.indicator";

/**
 * What an indicator match rule compares with (detection-semantics 1.2). `undefined`, with a finding,
 * where something is wrong.
 */
export function readThreatMatch(
  fields: FieldReader,
  embed: (key: string, text: string) => Source,
): ThreatMatch | undefined {
  const query = fields.text("threat_query", "present");
  const index = readIndex(fields);
  const mapping = readMapping(fields);
  const path = fields.text("threat_indicator_path");
  const language = readKibanaLanguage(fields, "threat_language");
  const filters = readFilters(fields, "threat_filters");
  if (query === undefined) return undefined;
  return {
    query: embed("threat_query", query),
    language,
    filters,
    index,
    mapping,
    indicatorPath: path === undefined || path === "" ? defaultIndicatorPath : path,
  };
}

function readIndex(fields: FieldReader): readonly string[] {
  fields.require("threat_index");
  const index = fields.texts("threat_index");
  if (isEmptyList(fields.members.threat_index)) {
    fields.reject("threat_index", "`threat_index` names no index");
  }
  return index;
}

function readMapping(fields: FieldReader): ThreatMatch["mapping"] {
  fields.require("threat_mapping");
  if (isEmptyList(fields.members.threat_mapping)) {
    fields.reject("threat_mapping", "`threat_mapping` has no item");
  }
  return fields.objects("threat_mapping").map(readItem);
}

/** Entries that must all hold; at least one of them says what the indicator has. */
function readItem(item: FieldReader): readonly ThreatMapping[] {
  item.require("entries");
  const entries = item.objects("entries").map(readEntry);
  if (Array.isArray(item.members.entries) && entries.every((entry) => entry?.negate === true)) {
    const message =
      entries.length === 0
        ? "an item of `threat_mapping` has no entry"
        : "an item of `threat_mapping` has only negated entries";
    item.rejectWhole(message, "it needs an entry that says which value both have");
  }
  const known = entries.filter((entry) => entry !== undefined);
  const contradiction = known.find(
    (one) => one.negate && known.some((other) => !other.negate && isSamePair(one, other)),
  );
  if (contradiction !== undefined) {
    const { field, value } = contradiction;
    item.rejectWhole(`\`${field}\` and \`${value}\` must be equal and differ in one item`);
  }
  return known;
}

function readEntry(entry: FieldReader): ThreatMapping | undefined {
  const field = entry.text("field", "required");
  const value = entry.text("value", "required");
  entry.word("type", ["mapping"]);
  const negate = entry.flag("negate") ?? false;
  return field === undefined || value === undefined ? undefined : { field, value, negate };
}

function isSamePair(one: ThreatMapping, other: ThreatMapping): boolean {
  return one.field === other.field && one.value === other.value;
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}
