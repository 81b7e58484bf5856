import { ecsSchema } from "@harrier/lang/ecs";
import { type Diagnostic, diagnosticCodes } from "@harrier/lang/text";
import { type CompiledRules, loadAndCompile } from "../../app.ts";
import { checkCost, checkPlan } from "../../rule-types/index.ts";
import { checkRules } from "../../rules/index.ts";
import { checkGuide } from "../../triage/index.ts";
import { applyFixes } from "../apply-fixes.ts";
import { filterByCode, findCode } from "../code-filter.ts";
import { exceptionRequest } from "../exception-request.ts";
import { type ExitCode, exitCodes, UsageError } from "../exit.ts";
import { verbosityOf } from "../options.ts";
import { findingsText } from "../output/findings/format.ts";
import { frameStyle } from "../output/frame-style.ts";
import { streamSink } from "../output/sink.ts";
import { wrapText } from "../output/text-width.ts";
import { countOf, formatCount } from "../output/units.ts";
import { readVersion } from "../read-version.ts";
import { checkRulePaths, checkSomeRules } from "../rule-paths.ts";
import { type CliContext, colorsFor } from "../terminal.ts";
import { timeRange } from "../time-range.ts";
import type { CheckOptions } from "./check.ts";

export async function runCheckCommand(
  paths: readonly string[],
  options: CheckOptions,
  context: CliContext,
): Promise<ExitCode> {
  if (options.explain !== undefined) return explainCode(options.explain, context);
  if (paths.length === 0)
    throw new UsageError("there is nothing to check", "name files or folders");
  checkRulePaths(paths);
  const isShown = filterByCode(options);
  let { compiled, findings } = await check(paths, options, context);
  let fixed = 0;
  if (options.fix === true) {
    fixed = await applyFixes(findings.filter(isShown));
    // Once more: a fix may be wrong, and the positions of the rest have moved.
    if (fixed > 0) ({ compiled, findings } = await check(paths, options, context));
  }
  const shown = findings.filter(isShown);

  const sink = streamSink(context.stdout);
  const style = frameStyle(colorsFor(context.stdout, options.color, context.env), context.stdout);
  await sink.write(findingsText(shown, options.format, { style, version: readVersion() }));
  await sink.end();

  if (verbosityOf(options) >= 0) {
    const mended = fixed > 0 ? `${countOf(fixed, "finding")} mended; ` : "";
    context.stderr.stream.write(`${mended}${closingLine(compiled, shown)}\n`);
  }
  const hasError = shown.some(({ severity }) => severity === "error");
  return hasError ? exitCodes.findings : exitCodes.done;
}

async function check(paths: readonly string[], options: CheckOptions, context: CliContext) {
  const compiled = await loadAndCompile({
    rulePaths: paths,
    ...exceptionRequest({ ...options, exceptions: [], endpointExceptions: true }),
    strictFields: options.strictFields === true,
    now: timeRange(options, context.clock()).now,
  });
  if (compiled.exceptions.items === 0) {
    checkSomeRules(compiled, { rules: paths, rule: [], tag: [] });
  }
  return { compiled, findings: findingsOf(compiled) };
}

async function explainCode(name: string, { stdout }: CliContext): Promise<ExitCode> {
  const code = findCode(name);
  const sink = streamSink(stdout);
  await sink.write(`${code}\n\n${wrapText(diagnosticCodes[code], stdout.width).join("\n")}\n`);
  await sink.end();
  return exitCodes.done;
}

function findingsOf(compiled: CompiledRules): readonly Diagnostic[] {
  const { failures, diagnostics, rules, exceptions } = compiled;
  return [
    ...[...failures, ...rules].flatMap((each) => each.diagnostics),
    ...checkRules(rules.map(({ rule }) => rule)),
    ...rules.flatMap(checkPlan),
    ...rules.flatMap(checkCost),
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
