import type { RulePossibility } from "../../detect/index.ts";
import type { Colors } from "../terminal.ts";
import type { RecordShape } from "./format.ts";
import { cannotFireText } from "./reason-text.ts";
import { severityWidth, styleSeverity } from "./severity.ts";
import type { Layout } from "./table.ts";

/** Rules, and what they lack. */
export const possibilityShape: RecordShape<RulePossibility> = {
  json: (possibility) => ({
    rule_id: possibility.rule.ruleId,
    name: possibility.rule.name,
    severity: possibility.rule.severity,
    outcome: possibility.kind,
    lacks: possibility.kind === "cannot-fire" ? possibility.reasons : [],
    reason: reasonOf(possibility),
  }),
  csv: [
    { title: "rule_id", value: ({ rule }) => rule.ruleId },
    { title: "name", value: ({ rule }) => rule.name },
    { title: "severity", value: ({ rule }) => rule.severity },
    { title: "outcome", value: ({ kind }) => kind },
    { title: "reason", value: reasonOf },
  ],
  layout: possibilityLayout,
};

function reasonOf(possibility: RulePossibility): string {
  switch (possibility.kind) {
    case "cannot-fire":
      return cannotFireText(possibility.reasons);
    case "unsupported":
      return possibility.reason;
    default:
      return "";
  }
}

function possibilityLayout(_width: number, colors: Colors): Layout<RulePossibility> {
  return {
    columns: [
      {
        title: "SEVERITY",
        width: severityWidth,
        value: ({ rule }) => rule.severity,
        style: (text, { rule }) => styleSeverity(colors, text, rule.severity),
      },
      { title: "RULE", value: ({ rule }) => rule.name, maxLines: 3 },
      { title: "WHY IT CANNOT FIRE", value: reasonOf, maxLines: 4 },
    ],
  };
}
