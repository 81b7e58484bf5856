import { githubText } from "../findings/github.ts";
import { sarifText } from "../findings/sarif.ts";
import { reportJson } from "./json.ts";
import { junitText } from "./junit.ts";
import type { ReporterName } from "./reporter-names.ts";
import { reportTable } from "./table.ts";
import { findingsOf, type ReportOptions, type TestReport } from "./test-report.ts";

/** The run in one of its forms. */
export function reportText(
  report: TestReport,
  reporter: ReporterName,
  options: ReportOptions,
): string {
  switch (reporter) {
    case "table":
      return reportTable(report, options);
    case "json":
      return reportJson(report);
    case "junit":
      return junitText(report);
    case "sarif":
      return sarifText(findingsOf(report), options.version);
    case "github":
      return githubText(findingsOf(report));
    default:
      return reporter satisfies never;
  }
}
