import { formatDiagnosticLine } from "@harrier/lang/text";
import { visibleLines } from "../terminal-text.ts";
import { failuresOf, type TestReport } from "./test-report.ts";

/** The report as CI servers read it: a suite for each test file. What is wrong with a file is an error of its suite. */
export function junitText({ results, diagnostics, skipped, elapsedMs }: TestReport): string {
  const files = [...new Set(results.map(({ file }) => file))];
  const suites = files.map((file) =>
    suiteText(
      file,
      results.filter((each) => each.file === file),
    ),
  );
  const errors = diagnostics.map(
    (finding) =>
      `    <testcase classname="test files" name="${attribute(finding.span.source.name)}"><error message="${attribute(finding.message)}" type="${finding.code}">${text(formatDiagnosticLine(finding))}</error></testcase>\n`,
  );
  const errorSuite =
    errors.length === 0
      ? ""
      : `  <testsuite name="test files" tests="${errors.length}" failures="0" errors="${errors.length}">\n${errors.join("")}  </testsuite>\n`;
  const failed = results.filter(({ failures }) => failures.length > 0).length;
  const counts = `tests="${results.length + errors.length}" failures="${failed}" errors="${errors.length}" skipped="${skipped}"`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="harrier" ${counts} time="${seconds(elapsedMs)}">
${errorSuite}${suites.join("")}</testsuites>
`;
}

function suiteText(file: string, results: TestReport["results"]): string {
  const failed = results.filter(({ failures }) => failures.length > 0).length;
  const time = seconds(results.reduce((sum, { elapsedMs }) => sum + elapsedMs, 0));
  const cases = results.map((result) => {
    const head = `    <testcase classname="${attribute(result.rule.rule.name)}" name="${attribute(result.name)}" file="${attribute(file)}" time="${seconds(result.elapsedMs)}"`;
    const findings = failuresOf(result);
    if (findings.length === 0) return `${head}/>\n`;
    const body = findings.map(
      (finding) =>
        `<failure message="${attribute(finding.message)}" type="${finding.code}">${text(formatDiagnosticLine(finding))}</failure>`,
    );
    return `${head}>${body.join("")}</testcase>\n`;
  });
  return `  <testsuite name="${attribute(file)}" tests="${results.length}" failures="${failed}" errors="0" time="${time}">\n${cases.join("")}  </testsuite>\n`;
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(3);
}

/** XML has no place for control characters, not even as references: they are made visible first. */
function text(value: string): string {
  return visibleLines(value)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");
}

function attribute(value: string): string {
  return text(value).replaceAll('"', "&quot;").replaceAll("\n", "&#10;");
}
