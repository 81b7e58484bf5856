import { diagnosticJson } from "../diagnostic-json.ts";
import { jsonText } from "../json-text.ts";
import { failuresOf, type TestReport } from "./test-report.ts";

/** The whole run for programs: each case with what failed, and where. */
export function reportJson(report: TestReport): string {
  const { results, diagnostics, skipped, elapsedMs } = report;
  const failed = results.filter(({ failures }) => failures.length > 0).length;
  const value = {
    passed: results.length - failed,
    failed,
    skipped,
    elapsed_ms: Math.round(elapsedMs),
    findings: diagnostics.map(diagnosticJson),
    cases: results.map((result) => ({
      name: result.name,
      file: result.file,
      rule_id: result.rule.rule.ruleId,
      rule: result.rule.rule.name,
      passed: result.failures.length === 0,
      alerts: result.alerts.length,
      elapsed_ms: Math.round(result.elapsedMs * 10) / 10,
      failures: failuresOf(result).map(diagnosticJson),
    })),
  };
  return `${jsonText(value, 2)}\n`;
}
