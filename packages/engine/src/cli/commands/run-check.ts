import { ecsSchema } from "@harrier/lang/ecs";
import { type Diagnostic, renderDiagnostic } from "@harrier/lang/text";
import { type CompiledRules, loadAndCompile } from "../../app.ts";
import { checkRules } from "../../rules/index.ts";
import { checkGuide } from "../../triage/index.ts";
import { exceptionRequest } from "../exception-request.ts";
import { type ExitCode, exitCodes } from "../exit.ts";
import { verbosityOf } from "../options.ts";
import { diagnosticJson } from "../output/diagnostic-json.ts";
import { frameStyle } from "../output/frame-style.ts";
import { jsonText } from "../output/json-text.ts";
import { streamSink } from "../output/sink.ts";
import { countOf, formatCount } from "../output/units.ts";
import { checkRulePaths, checkSomeRules } from "../rule-paths.ts";
import { type CliContext, colorsFor } from "../terminal.ts";
import { timeRange } from "../time-range.ts";
import type { CheckOptions } from "./check.ts";

export async function runCheckCommand(
  paths: readonly string[],
  options: CheckOptions,
  context: CliContext,
): Promise<ExitCode> {
  checkRulePaths(paths);
  const compiled = await loadAndCompile({
    rulePaths: paths,
    ...exceptionRequest({ ...options, exceptions: [], endpointExceptions: true }),
    strictFields: options.strictFields === true,
    now: timeRange(options, context.clock()).now,
  });
  if (compiled.exceptions.items === 0) {
    checkSomeRules(compiled, { rules: paths, rule: [], tag: [] });
  }
  const findings = findingsOf(compiled);

  const sink = streamSink(context.stdout);
  if (options.format === "json") {
    await sink.write(`${jsonText(findings.map(diagnosticJson), 2)}\n`);
  } else {
    const style = frameStyle(colorsFor(context.stdout, options.color, context.env), context.stdout);
    for (const finding of findings) await sink.write(`${renderDiagnostic(finding, style)}\n\n`);
  }
  await sink.end();

  if (verbosityOf(options) >= 0) {
    context.stderr.stream.write(`${closingLine(compiled, findings)}\n`);
  }
  const hasError = findings.some(({ severity }) => severity === "error");
  return hasError ? exitCodes.findings : exitCodes.done;
}

function findingsOf(compiled: CompiledRules): readonly Diagnostic[] {
  const { failures, diagnostics, rules, exceptions } = compiled;
  return [
    ...[...failures, ...rules].flatMap((each) => each.diagnostics),
    ...checkRules(rules.map(({ rule }) => rule)),
    ...rules.flatMap(({ rule }) => checkGuide(rule, ecsSchema)),
    ...diagnostics,
    ...exceptions.diagnostics,
  ];
}

function closingLine(
  { rules, failures, files, exceptions }: CompiledRules,
  findings: readonly Diagnostic[],
): string {
  const count = (severity: Diagnostic["severity"]) =>
    findings.filter((finding) => finding.severity === severity).length;
  const notes = count("note") > 0 ? `, ${countOf(count("note"), "note")}` : "";
  const found =
    findings.length === 0
      ? "nothing wrong"
      : `${countOf(count("error"), "error")}, ${countOf(count("warning"), "warning")}${notes}`;
  const unsupported = rules.filter((rule) => rule.unsupported !== undefined).length;
  const parts = [found];
  if (failures.length > 0) parts.push(`${formatCount(failures.length)} could not be read`);
  if (unsupported > 0) parts.push(`${formatCount(unsupported)} cannot run yet`);
  const read = [
    ...(rules.length > 0 || exceptions.items === 0 ? [countOf(rules.length, "rule")] : []),
    ...(exceptions.items > 0 ? [countOf(exceptions.items, "exception item")] : []),
  ];
  return `${read.join(" and ")} in ${countOf(files, "file")}: ${parts.join("; ")}`;
}
