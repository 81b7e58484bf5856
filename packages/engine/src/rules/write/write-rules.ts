import type { RawObject } from "../classify.ts";
import type { LoadedRule } from "../load-file.ts";
import { envelopeOf } from "./envelope.ts";
import { writeJson, writeNdjson } from "./json.ts";
import { toRepositoryShape } from "./repository-shape.ts";
import { writeToml } from "./toml.ts";
import { writeYaml } from "./yaml.ts";

/** Rules, and what an export has beside them, in the API's spelling. */
export interface WritableRules {
  readonly rules: readonly LoadedRule[];
  readonly exceptionLists: readonly RawObject[];
  readonly exceptionItems: readonly RawObject[];
  readonly connectors: readonly RawObject[];
}

/**
 * Rules as one file of JSON, NDJSON or YAML. Reading it again gives the same rules, with the keys that we don't know, but for
 * what `findLosses` names. NDJSON is what Kibana exports and imports; JSON is the API's object, or a list of them.
 */
export function writeRules(set: WritableRules, format: "json" | "ndjson" | "yaml"): string {
  const others = [...set.exceptionLists, ...set.exceptionItems, ...set.connectors];
  switch (format) {
    case "ndjson": {
      const rules = set.rules.map(({ rule }) => rule.parameters);
      return writeNdjson([...rules, ...others, countExport(set)]);
    }
    case "json": {
      const all = [...set.rules.map(({ rule }) => rule.parameters), ...others];
      return writeJson(all.length === 1 ? all[0] : all);
    }
    case "yaml": {
      const rules = set.rules.map(({ rule, document }) => envelopeOf(document) ?? rule.parameters);
      return writeYaml([...rules, ...others]);
    }
    default:
      return format satisfies never;
  }
}

/** A rule as a file of the rule repository: TOML, whose files hold one rule each. */
export function writeTomlRule({ rule, document }: LoadedRule): string {
  return writeToml(envelopeOf(document) ?? { rule: toRepositoryShape(rule.parameters) });
}

/** The last line of an export. */
function countExport({
  rules,
  exceptionLists,
  exceptionItems,
  connectors,
}: WritableRules): RawObject {
  const counts = [rules, exceptionLists, exceptionItems, connectors].map(({ length }) => length);
  return {
    exported_count: counts.reduce((sum, count) => sum + count, 0),
    exported_rules_count: rules.length,
    missing_rules: [],
    missing_rules_count: 0,
    exported_exception_list_count: exceptionLists.length,
    exported_exception_list_item_count: exceptionItems.length,
    missing_exception_list_item_count: 0,
    missing_exception_list_items: [],
    missing_exception_lists: [],
    missing_exception_lists_count: 0,
    exported_action_connector_count: connectors.length,
    missing_action_connection_count: 0,
    missing_action_connections: [],
    excluded_action_connection_count: 0,
    excluded_action_connections: [],
  };
}
