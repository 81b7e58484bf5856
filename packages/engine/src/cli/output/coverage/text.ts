import type { Coverage, CoverageCell, CoverageColumn } from "../../../rules/index.ts";
import type { Colors } from "../../terminal.ts";
import { visibleText } from "../terminal-text.ts";
import { cutText, fitText, wrapText } from "../text-width.ts";
import { countOf, formatCount } from "../units.ts";

export interface CoverageTextOptions {
  readonly width: number;
  readonly colors: Colors;
  /** Every technique, those without a rule too, and every rule without a place. */
  readonly isVerbose: boolean;
  /** What the layer shows, as the head has it: `rules`, `rules that fired`. */
  readonly title: string;
}

const barWidth = 20;
const namesShown = 5;

/** The matrix as a list: a line for each tactic, below it the techniques that some rule names. */
export function coverageText(coverage: Coverage, options: CoverageTextOptions): string {
  const { columns, covered, total } = coverage;
  const { colors, title } = options;
  const share = total === 0 ? 0 : Math.round((covered / total) * 100);
  const lines = [
    colors.bold(
      `${formatCount(covered)} of ${countOf(total, "technique")} with ${title} (${share} %)`,
    ),
    "",
    ...columns.flatMap((column) => columnLines(column, options)),
    ...outdatedLines(coverage, options),
    ...unmappedLines(coverage, options),
  ];
  return `${lines.join("\n").trimEnd()}\n`;
}

function columnLines(column: CoverageColumn, options: CoverageTextOptions): string[] {
  const { tactic, cells, covered } = column;
  const filled = cells.length === 0 ? 0 : Math.ceil((covered / cells.length) * barWidth);
  const bar = "█".repeat(filled) + "░".repeat(barWidth - filled);
  const count = `${covered}/${cells.length}`.padStart(7);
  const head = `${fitText(tactic.name, 22)}${count}  ${options.colors.cyan(bar)}`;
  const shown = cells.filter(({ rules }) => options.isVerbose || rules.length > 0);
  return [options.colors.bold(head), ...shown.flatMap((cell) => cellLines(cell, 1, options)), ""];
}

function cellLines(cell: CoverageCell, level: number, options: CoverageTextOptions): string[] {
  const { technique, rules, below } = cell;
  const count = rules.length === 0 ? "-" : formatCount(rules.length);
  const name = `${"  ".repeat(level)}${technique.id.padEnd(10)} ${technique.name}`;
  const line = `${fitText(cutText(name, options.width - 8), options.width - 8)}${count.padStart(6)}`;
  const shown = below.filter((each) => options.isVerbose || each.rules.length > 0);
  return [
    rules.length === 0 ? options.colors.dim(line) : line,
    ...shown.flatMap((each) => cellLines(each, level + 1, options)),
  ];
}

function outdatedLines({ outdated }: Coverage, { width, colors }: CoverageTextOptions): string[] {
  if (outdated.length === 0) return [];
  const lines = outdated.flatMap(({ rule, id, successor }) => {
    const today = successor === undefined ? "unknown" : `now ${successor.id} ${successor.name}`;
    return wrapText(visibleText(`${id.slice(0, 20)} (${today}): ${rule.name}`), width - 2);
  });
  return [colors.bold("Ids that ATT&CK does not have, or no longer"), ...lines.map(indent), ""];
}

function unmappedLines({ unmapped }: Coverage, options: CoverageTextOptions): string[] {
  if (unmapped.length === 0) return [];
  const { width, colors, isVerbose } = options;
  const shown = isVerbose ? unmapped : unmapped.slice(0, namesShown);
  const lines = shown.map(({ name }) => indent(cutText(visibleText(name), width - 2)));
  const more = unmapped.length - shown.length;
  const rest = more > 0 ? [indent(`${formatCount(more)} more; -v shows all`)] : [];
  return [
    colors.bold(`${countOf(unmapped.length, "rule")} without a technique`),
    ...lines,
    ...rest,
    "",
  ];
}

function indent(line: string): string {
  return `  ${line}`;
}
