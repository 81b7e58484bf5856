import type { CompiledRule } from "../../rule-types/index.ts";
import type { Colors } from "../terminal.ts";
import type { RecordShape } from "./format.ts";
import { severityWidth, styleSeverity } from "./severity.ts";
import type { Layout } from "./table.ts";

/** Rules in a list, and whether they can run. */
export const ruleShape: RecordShape<CompiledRule> = {
  json: ({ rule, ...compiled }) => ({
    rule_id: rule.ruleId,
    name: rule.name,
    type: rule.type,
    language: rule.language ?? null,
    severity: rule.severity,
    risk_score: rule.riskScore,
    version: rule.version,
    enabled: rule.enabled,
    building_block: rule.isBuildingBlock,
    tags: rule.tags,
    file: rule.origin.file,
    ...(rule.origin.line !== undefined && { line: rule.origin.line }),
    outcome: outcomeOf({ rule, ...compiled }),
    reason: reasonOf({ rule, ...compiled }) ?? null,
  }),
  csv: [
    { title: "severity", value: ({ rule }) => rule.severity },
    { title: "type", value: ({ rule }) => rule.type },
    { title: "name", value: ({ rule }) => rule.name },
    { title: "rule_id", value: ({ rule }) => rule.ruleId },
    { title: "version", value: ({ rule }) => rule.version },
    { title: "tags", value: ({ rule }) => rule.tags.join("\n") },
    { title: "file", value: ({ rule }) => rule.origin.file },
    { title: "outcome", value: outcomeOf },
    { title: "reason", value: reasonOf },
  ],
  layout: ruleLayout,
};

export function outcomeOf({
  unsupported,
  plan,
}: CompiledRule): "supported" | "unsupported" | "failed" {
  if (unsupported !== undefined) return "unsupported";
  return plan === undefined ? "failed" : "supported";
}

function reasonOf({ unsupported, plan, diagnostics }: CompiledRule): string | undefined {
  if (unsupported !== undefined || plan !== undefined) return unsupported;
  return diagnostics.find(({ severity }) => severity === "error")?.message;
}

/** Ids of 36 characters and names compete for the width: on narrower terminals the reason goes below, then the id, too. */
function ruleLayout(width: number, colors: Colors): Layout<CompiledRule> {
  const severity = {
    title: "SEVERITY",
    width: severityWidth,
    value: ({ rule }: CompiledRule) => rule.severity,
    style: (text: string, { rule }: CompiledRule) => styleSeverity(colors, text, rule.severity),
  };
  const type = { title: "TYPE", width: 16, value: ({ rule }: CompiledRule) => rule.type };
  const name = { title: "NAME", value: ({ rule }: CompiledRule) => rule.name, maxLines: 2 };
  const id = {
    title: "RULE_ID",
    width: 36,
    value: ({ rule }: CompiledRule) => rule.ruleId,
    whole: true,
  };
  const outcome = {
    title: "OUTCOME",
    width: 11,
    value: outcomeOf,
    style: (text: string, rule: CompiledRule) =>
      outcomeOf(rule) === "failed" ? colors.red(text) : text,
  };
  const why = (rule: CompiledRule) => reasonOf(rule) ?? "";
  if (width >= 160) {
    const reason = { title: "WHY", value: why, maxLines: 2, share: 0.6 };
    return { columns: [severity, type, outcome, id, name, reason] };
  }
  if (width >= 110) {
    const below = { title: "WHY", value: why, style: colors.dim, maxLines: 2 };
    return { columns: [severity, type, outcome, id, name], below };
  }
  return {
    columns: [severity, type, outcome, name],
    below: {
      title: "RULE_ID  WHY",
      value: (rule) => [rule.rule.ruleId, why(rule)].filter((text) => text !== "").join("  "),
      style: colors.dim,
      maxLines: 2,
    },
  };
}
