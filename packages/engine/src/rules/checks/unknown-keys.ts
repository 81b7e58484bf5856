import { similarNames } from "@harrier/lang/ecs";
import type { Diagnostic } from "@harrier/lang/text";
import { finding, type RuleCheck } from "./check.ts";

/** The keys of a rule of any type (detection-semantics 1.1 and 1.2), and those that only a stored rule has. */
const keys: readonly string[] = [
  ...[
    "id",
    "rule_id",
    "name",
    "description",
    "severity",
    "risk_score",
    "type",
    "version",
    "enabled",
  ],
  ...["tags", "author", "license", "references", "false_positives", "note", "setup", "threat"],
  ...[
    "interval",
    "from",
    "to",
    "max_signals",
    "index",
    "data_view_id",
    "query",
    "language",
    "filters",
  ],
  ...["severity_mapping", "risk_score_mapping", "rule_name_override", "timestamp_override"],
  ...["timestamp_override_fallback_disabled", "building_block_type", "exceptions_list", "actions"],
  ...[
    "throttle",
    "meta",
    "outcome",
    "alias_target_id",
    "alias_purpose",
    "namespace",
    "output_index",
  ],
  ...[
    "investigation_fields",
    "related_integrations",
    "required_fields",
    "response_actions",
    "guide",
  ],
  ...["timeline_id", "timeline_title", "saved_id", "alert_suppression", "threshold", "new_terms"],
  ...["new_terms_fields", "history_window_start", "threat_index", "threat_query", "threat_filters"],
  ...["threat_mapping", "threat_language", "threat_indicator_path", "concurrent_searches"],
  ...["items_per_search", "event_category_override", "timestamp_field", "tiebreaker_field"],
  ...["anomaly_threshold", "machine_learning_job_id", "immutable", "rule_source", "revision"],
  ...["created_at", "created_by", "updated_at", "updated_by", "execution_summary", "exceptions"],
  ...["rule_ids", "is_customized"],
];
const knownKeys: ReadonlySet<string> = new Set(keys);

/** Keys that no rule has: a slip of the pen changes nothing and says nothing. They are kept as they are. */
export const checkKeys: RuleCheck = (rule) =>
  Object.keys(rule.parameters).flatMap((key): Diagnostic[] => {
    if (knownKeys.has(key)) return [];
    const [similar] = similarNames(key, keys);
    const hint = similar === undefined ? undefined : `did you mean \`${similar}\`?`;
    const message = `no rule has a \`${key.slice(0, 60)}\``;
    return [finding(rule, [key], "warning", "rule/unknown-key", message, hint)];
  });
