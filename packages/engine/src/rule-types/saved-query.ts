import { query } from "./query.ts";
import type { RuleTypeDefinition } from "./rule-type.ts";

/**
 * A query that Kibana keeps elsewhere and looks up at each run. A file has only the copy that the rule
 * itself may hold: what Kibana falls back to when the stored one is gone (detection-semantics 3.1).
 */
export const savedQuery: RuleTypeDefinition = {
  type: "saved_query",
  category: "Saved Query Rule",
  ruleTypeId: "siem.savedQueryRule",
  compile: (rule, options) => {
    if (rule.query !== undefined) return query.compile(rule, options);
    return {
      diagnostics: [
        {
          severity: "error",
          code: "rule/missing-field",
          message: `the stored query \`${rule.savedId ?? ""}\` is not in the file, and the rule has no \`query\` of its own`,
          span: rule.spanOf(["saved_id"]),
          hint: "put the query itself into the rule",
        },
      ],
    };
  },
};
