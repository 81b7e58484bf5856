import type { FieldChange, RuleChange, RuleSetDiff } from "../../../rules/index.ts";
import { visibleText } from "../terminal-text.ts";
import { changeLines } from "./change-lines.ts";
import { diffSummary } from "./summary.ts";

/** A comparison as Markdown, for a pull request. */
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
        .map(({ field, weight }) => `${code(field)} (${weight})`);
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
  return `${code(name)}, ${code(ruleId)}`;
}

function fieldBlock(change: FieldChange): string {
  const lines = changeLines(change).map(({ mark, text }) =>
    `${mark} ${visibleText(text)}`.trimEnd(),
  );
  const fence = "`".repeat(Math.max(3, longestRun(lines.join("\n")) + 1));
  return [`${code(change.field)}\n`, `${fence}diff`, ...lines, fence].join("\n");
}

/** Names are the author's: as code, nothing in them is a link, an image or HTML. */
function code(text: string): string {
  const visible = visibleText(text);
  const fence = "`".repeat(longestRun(visible) + 1);
  // Blanks keep backquotes of the text apart from ours; Markdown takes one away on each side.
  const pad = visible.startsWith("`") || visible.endsWith("`") ? " " : "";
  return `${fence}${pad}${visible}${pad}${fence}`;
}

/** The length of the longest run of backquotes. */
function longestRun(text: string): number {
  return (text.match(/`+/g) ?? []).reduce((longest, run) => Math.max(longest, run.length), 0);
}
