import { compileOwnSearch } from "./condition.ts";
import type { Compilation, RuleTypeDefinition } from "./rule-type.ts";

/** Single events that meet a query in KQL or Lucene, and Kibana's filters. */
export const query: RuleTypeDefinition = {
  type: "query",
  category: "Custom Query Rule",
  ruleTypeId: "siem.queryRule",
  compile: (rule, options): Compilation => {
    const { condition, diagnostics } = compileOwnSearch(rule, options);
    if (condition === undefined) return { diagnostics };
    return { plan: { kind: "event", condition, pipes: [] }, diagnostics };
  },
};
