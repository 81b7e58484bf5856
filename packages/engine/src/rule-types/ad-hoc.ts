import { createHash } from "node:crypto";
import type { Source } from "@harrier/lang/text";
import type { Rule } from "../rules/index.ts";

/** The name under which findings about a query from the command line are shown. */
const sourceName = "-e";

/**
 * A rule around an EQL query that was given without one. Its id comes from the query's text, so that
 * the same query makes the same alert ids.
 */
export function adHocRule(query: string): Rule {
  const source: Source = { name: sourceName, text: query };
  const ruleId = `ad-hoc-${createHash("sha256").update(query).digest("hex").slice(0, 16)}`;
  const name = "Ad hoc query";
  const description = "An EQL query given on the command line.";
  return {
    ruleId,
    id: ruleId,
    name,
    description,
    type: "eql",
    severity: "low",
    riskScore: 21,
    version: 1,
    enabled: true,
    tags: [],
    index: [],
    language: "eql",
    query: source,
    filters: [],
    intervalMs: 300_000,
    from: "now-6m",
    to: "now",
    maxSignals: 100,
    isBuildingBlock: false,
    exceptionsList: [],
    severityMapping: [],
    riskScoreMapping: [],
    timestampOverrideFallbackDisabled: false,
    threat: [],
    parameters: {
      rule_id: ruleId,
      name,
      description,
      type: "eql",
      language: "eql",
      query,
      severity: "low",
      risk_score: 21,
    },
    origin: { file: sourceName, format: "json" },
    source,
    spanOf: () => ({ source, start: 0, end: query.length }),
  };
}
