import type { Source } from "@harrier/lang/text";
import type { FieldReader } from "./fields.ts";
import { readFilters } from "./parameters/filters.ts";
import { readKibanaLanguage } from "./parameters/language.ts";
import { readNewTerms } from "./parameters/new-terms.ts";
import { readThreatMatch } from "./parameters/threat-match.ts";
import { readThreshold } from "./parameters/threshold.ts";
import type { Rule, RuleType } from "./rule.ts";

/** What only rules of some types have. */
type TypeSettings = Pick<Rule, "filters"> &
  Partial<Pick<Rule, "language" | "savedId" | "threshold" | "newTerms" | "threatMatch">>;

interface Around {
  /** The start of the rule's window. */
  readonly from: string;
  /** A text of the rule as a source whose spans lead into the rule's file. */
  readonly embed: (key: string, text: string) => Source;
}

type ReadSettings = (fields: FieldReader, around: Around) => TypeSettings;

/** What each type can't do without, and what it has besides (detection-semantics 1.2). */
const readers: Readonly<Record<RuleType, ReadSettings>> = {
  query: (fields) => ({ ...readQuery(fields), ...readSavedId(fields) }),
  saved_query: (fields) => ({ ...readQuery(fields), ...readSavedId(fields, "required") }),
  eql: (fields) => {
    fields.text("query", "required");
    return { language: fields.word("language", ["eql"]) ?? "eql", filters: readFilters(fields) };
  },
  esql: (fields) => {
    fields.text("query", "required");
    return { language: fields.word("language", ["esql"]) ?? "esql", filters: [] };
  },
  threshold: (fields) => {
    const shared = { ...requireQuery(fields), ...readSavedId(fields) };
    const threshold = readThreshold(fields);
    return threshold === undefined ? shared : { ...shared, threshold };
  },
  threat_match: (fields, { embed }) => {
    const shared = { ...requireQuery(fields), ...readSavedId(fields) };
    const threatMatch = readThreatMatch(fields, embed);
    return threatMatch === undefined ? shared : { ...shared, threatMatch };
  },
  new_terms: (fields, { from }) => {
    const shared = requireQuery(fields);
    const newTerms = readNewTerms(fields, from);
    return newTerms === undefined ? shared : { ...shared, newTerms };
  },
  machine_learning: (fields) => {
    fields.require("anomaly_threshold");
    fields.whole("anomaly_threshold", { least: 0, most: 100 });
    fields.require("machine_learning_job_id");
    fields.texts("machine_learning_job_id");
    return { filters: [] };
  },
};

export function readTypeSettings(
  type: RuleType,
  fields: FieldReader,
  around: Around,
): TypeSettings {
  return readers[type](fields, around);
}

function readQuery(fields: FieldReader): TypeSettings {
  return { language: readKibanaLanguage(fields), filters: readFilters(fields) };
}

/** An empty query is one, for every event; none at all is a mistake. */
function requireQuery(fields: FieldReader): TypeSettings {
  fields.text("query", "present");
  return readQuery(fields);
}

function readSavedId(fields: FieldReader, need?: "required"): Pick<TypeSettings, "savedId"> {
  const savedId = fields.text("saved_id", need);
  return savedId === undefined || savedId === "" ? {} : { savedId };
}
