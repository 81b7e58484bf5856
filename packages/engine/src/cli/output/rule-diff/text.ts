import type { FieldChange, RuleChange, RuleSetDiff } from "../../../rules/index.ts";
import type { Colors } from "../../terminal.ts";
import { visibleText } from "../terminal-text.ts";
import { type ChangeLine, changeLines } from "./change-lines.ts";

/** A comparison for a terminal: a block for each rule that came, went or changed. */
export function diffText({ changes }: RuleSetDiff, colors: Colors): string {
  return changes.map((change) => `${blockOf(change, colors).join("\n")}\n`).join("\n");
}

function blockOf(change: RuleChange, colors: Colors): readonly string[] {
  switch (change.kind) {
    case "added":
      return [colors.green(`+ ${titleOf(change.after)}`)];
    case "removed":
      return [colors.red(`- ${titleOf(change.before)}`)];
    case "changed": {
      const { after, fields, isSpelling } = change;
      const told = fields.filter(({ weight }) => weight === "meaning");
      const others = [
        ...namesOf(fields, "spelling", "only spelled otherwise"),
        ...namesOf(fields, "bookkeeping", "bookkeeping"),
      ];
      return [
        colors.bold(`${isSpelling ? "=" : "~"} ${titleOf(after)}`),
        ...told.flatMap((field) => fieldLines(field, colors)),
        ...others.map((line) => colors.dim(`  ${line}`)),
      ];
    }
    default:
      return change satisfies never;
  }
}

function titleOf({ name, ruleId }: { readonly name: string; readonly ruleId: string }): string {
  return visibleText(`${name} (${ruleId})`);
}

function namesOf(
  fields: readonly FieldChange[],
  weight: FieldChange["weight"],
  what: string,
): readonly string[] {
  const names = fields.filter((field) => field.weight === weight).map(({ field }) => field);
  return names.length === 0 ? [] : [visibleText(`${what}: ${names.join(", ")}`)];
}

function fieldLines(change: FieldChange, colors: Colors): readonly string[] {
  return [
    `  ${visibleText(change.field)}`,
    ...changeLines(change).map((line) => `    ${colored(line, colors)}`.trimEnd()),
  ];
}

function colored({ mark, text }: ChangeLine, colors: Colors): string {
  const line = `${mark} ${visibleText(text)}`;
  if (mark === "+") return colors.green(line);
  return mark === "-" ? colors.red(line) : line;
}
