import { renderDiagnostic } from "@harrier/lang/text";
import type { CaseResult } from "../../../app.ts";
import { explanationText } from "../explanation-text.ts";
import { frameStyle } from "../frame-style.ts";
import { visibleText } from "../terminal-text.ts";
import { cutText } from "../text-width.ts";
import { formatCount, formatDuration } from "../units.ts";
import { failuresOf, type ReportOptions, type TestReport } from "./test-report.ts";

/** Lines of an explanation that are shown without `-v`. */
const mostExplained = 40;
/** Columns before what is said of a case. */
const detailIndent = 4;

/** A line for each rule, below it the cases that fail (with `-v` all), why they do, and the clauses that decided. */
export function reportTable(report: TestReport, options: ReportOptions): string {
  const { results, diagnostics } = report;
  const style = frameStyle(options.colors, { width: options.width });
  const lines = diagnostics.map((finding) => `${renderDiagnostic(finding, style)}\n`);
  for (const [file, cases] of groupByFile(results)) {
    lines.push(fileLine(file, cases, options));
    for (const each of cases) {
      if (each.failures.length > 0) lines.push(...failedLines(each, options));
      else if (options.isVerbose)
        lines.push(`  ${options.colors.green("ok")}    ${nameOf(each, options)}`);
    }
  }
  lines.push("", closingLine(report, options));
  return `${lines.join("\n").trimStart()}\n`;
}

function groupByFile(results: readonly CaseResult[]): ReadonlyMap<string, readonly CaseResult[]> {
  const groups = new Map<string, CaseResult[]>();
  for (const result of results) {
    const group = groups.get(result.file) ?? [];
    groups.set(result.file, group);
    group.push(result);
  }
  return groups;
}

function fileLine(
  file: string,
  cases: readonly CaseResult[],
  { width, colors }: ReportOptions,
): string {
  const failed = cases.filter(({ failures }) => failures.length > 0).length;
  const count = failed === 0 ? `${cases.length} passed` : `${failed} of ${cases.length} failed`;
  const name = cutText(visibleText(file), Math.max(20, width - count.length - 8));
  return `${failed === 0 ? colors.green("ok") : colors.red("fail")}  ${name}  ${colors.dim(count)}`;
}

function failedLines(result: CaseResult, options: ReportOptions): readonly string[] {
  const { colors } = options;
  const width = options.width - detailIndent;
  const style = frameStyle(colors, { width });
  const frames = failuresOf(result).map((finding) => renderDiagnostic(finding, style));
  const explained =
    result.explanation === undefined
      ? []
      : explanationText(result.explanation, {
          width,
          colors,
          isVerbose: options.isVerbose,
          showsWayOut: true,
        })
          .trimEnd()
          .split("\n");
  const shown = options.isVerbose ? explained : explained.slice(0, mostExplained);
  const more = explained.length - shown.length;
  const rest = more > 0 ? [colors.dim(`${formatCount(more)} more lines; -v shows all`)] : [];
  return [
    `  ${colors.red("fail")}  ${nameOf(result, options)}`,
    ...indent(frames.join("\n").split("\n")),
    "",
    ...indent([...shown, ...rest]),
    "",
  ];
}

function nameOf({ name }: CaseResult, { width }: ReportOptions): string {
  return cutText(visibleText(name), Math.max(20, width - 10));
}

function indent(lines: readonly string[]): readonly string[] {
  return lines.map((line) => (line === "" ? "" : " ".repeat(detailIndent) + line));
}

function closingLine(
  { results, diagnostics, skipped, elapsedMs }: TestReport,
  { colors }: ReportOptions,
): string {
  const failed = results.filter(({ failures }) => failures.length > 0).length;
  const problems = diagnostics.filter(({ severity }) => severity === "error").length;
  const parts = [
    colors.green(`${formatCount(results.length - failed)} passed`),
    ...(failed > 0 ? [colors.red(`${formatCount(failed)} failed`)] : ["0 failed"]),
    ...(problems > 0 ? [colors.red(`${formatCount(problems)} could not run`)] : []),
    ...(skipped > 0 ? [`${formatCount(skipped)} left out`] : []),
  ];
  return `${parts.join(", ")} in ${formatDuration(elapsedMs)}`;
}
