import type { FieldChange, RuleChange, RuleSetDiff } from "../../../rules/index.ts";
import { fenceFor, inlineCode } from "../markdown-text.ts";
import { visibleText } from "../terminal-text.ts";
import { changeLines } from "./change-lines.ts";
import { diffSummary } from "./summary.ts";

/** A comparison as Markdown, for a pull request. Names are the author's: as code, nothing in them is a link or HTML. */
export function diffMarkdown(diff: RuleSetDiff): string {
  return `${[diffSummary(diff), ...diff.changes.map(sectionOf)].join("\n\n")}\n`;
}

function sectionOf(change: RuleChange): string {
  switch (change.kind) {
    case "added":
      return `## Added: ${titleOf(change.after)}`;
    case "removed":
      return `## Removed: ${titleOf(change.before)}`;
    case "changed": {
      const told = change.fields.filter(({ weight }) => weight === "meaning");
      const others = change.fields
        .filter(({ weight }) => weight !== "meaning")
        .map(({ field, weight }) => `${inlineCode(field)} (${weight})`);
      return [
        `## ${change.isSpelling ? "Same meaning" : "Changed"}: ${titleOf(change.after)}`,
        ...told.map(fieldBlock),
        ...(others.length === 0 ? [] : [`Also: ${others.join(", ")}`]),
      ].join("\n\n");
    }
    default:
      return change satisfies never;
  }
}

function titleOf({ name, ruleId }: { readonly name: string; readonly ruleId: string }): string {
  return `${inlineCode(name)}, ${inlineCode(ruleId)}`;
}

function fieldBlock(change: FieldChange): string {
  const lines = changeLines(change).map(({ mark, text }) =>
    `${mark} ${visibleText(text)}`.trimEnd(),
  );
  const fence = fenceFor(lines.join("\n"));
  return [`${inlineCode(change.field)}\n`, `${fence}diff`, ...lines, fence].join("\n");
}
