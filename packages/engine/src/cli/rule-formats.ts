/** By themselves, so that a help text loads nothing that reads rules. */
export const ruleFormats = ["toml", "ndjson", "json", "yaml"] as const;
