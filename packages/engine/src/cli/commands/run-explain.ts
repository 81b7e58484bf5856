import { existsSync } from "node:fs";
import { renderDiagnostic } from "@harrier/lang/text";
import { runExplain } from "../../app.ts";
import type { RuleExplanation } from "../../detect/index.ts";
import { exceptionRequest } from "../exception-request.ts";
import { type ExitCode, exitCodes, UsageError } from "../exit.ts";
import { findRule, ruleRequest } from "../find-rules.ts";
import { writeDiagnostics, writeError, writeFailures, writeInputFindings } from "../messages.ts";
import { verbosityOf } from "../options.ts";
import { explanationJson } from "../output/explanation-json.ts";
import { explanationText } from "../output/explanation-text.ts";
import { frameStyle } from "../output/frame-style.ts";
import { jsonText } from "../output/json-text.ts";
import { streamSink } from "../output/sink.ts";
import { readingRequest } from "../reading-request.ts";
import { type CliContext, colorsFor } from "../terminal.ts";
import { timeRange } from "../time-range.ts";
import type { ExplainOptions } from "./explain.ts";

export async function runExplainCommand(
  first: string,
  second: string | undefined,
  options: ExplainOptions,
  context: CliContext,
): Promise<ExitCode> {
  const isOfAlerts = options.query === undefined && second === undefined;
  if (isOfAlerts && options.rules.length === 0) {
    const { runExplainAlerts } = await import("./run-explain-alerts.ts");
    return runExplainAlerts(first, options, context);
  }
  if (options.alert !== undefined) throw new UsageError("--alert chooses in a file of alerts");
  const { name, events } = readArguments(first, second, options);
  const exceptions = exceptionRequest(options);
  const reading = await readingRequest(options, context);
  const query = {
    strictFields: options.strictFields === true,
    now: timeRange(options, context.clock()).now,
  };
  // A name that means no rule or several is told before stdin is read.
  if (name !== undefined) await findRule(name, options.rules, query);
  const {
    explanations,
    ruleFailures,
    findings,
    isCut,
    exceptions: read,
  } = await runExplain({
    ...(name === undefined ? { rulePaths: [] } : ruleRequest(name, options.rules)),
    ...(options.query !== undefined && { adHocQueries: [options.query] }),
    ...query,
    ...exceptions,
    paths: [events],
    folding: options.caseFolding,
    stdin: context.stdin,
    signal: context.signal,
    limit: options.limit,
    ...reading,
  });
  writeFailures(context.stderr, ruleFailures);
  writeDiagnostics(
    context.stderr,
    read.diagnostics.filter(({ severity }) => severity === "error"),
  );
  writeInputFindings(context.stderr, findings);
  const [explanation] = explanations;
  if (explanation === undefined) return exitCodes.incomplete;
  if (explanation.rule.plan === undefined) {
    writeCannotRun(explanation, options, context);
    return exitCodes.incomplete;
  }
  if (explanation.steps.every((step) => step.events.length === 0)) {
    writeError(context.stderr, `there is no event in ${events}`);
    return exitCodes.incomplete;
  }
  const sink = streamSink(context.stdout);
  await sink.write(textOf(explanation, options, context));
  await sink.end();
  if (isCut && verbosityOf(options) >= 0) {
    context.stderr.stream.write(`There are more events; --limit ${options.limit} left them out.\n`);
  }
  return exitCodes.done;
}

function readArguments(
  first: string,
  second: string | undefined,
  { query }: ExplainOptions,
): { readonly name: string | undefined; readonly events: string } {
  if (query !== undefined && second !== undefined) {
    throw new UsageError("explain takes a rule or -e, not both");
  }
  const events = query === undefined ? second : first;
  if (events === undefined) {
    throw new UsageError(
      "there is no event to explain",
      "name a file after the rule, or - for stdin",
    );
  }
  if (events !== "-" && !existsSync(events)) throw new UsageError(`there is no file ${events}`);
  return { name: query === undefined ? first : undefined, events };
}

function writeCannotRun(
  { rule }: RuleExplanation,
  { color }: ExplainOptions,
  { stderr, env }: CliContext,
): void {
  if (rule.unsupported !== undefined) {
    writeError(stderr, `${rule.rule.name} cannot run: ${rule.unsupported}`);
  }
  const style = frameStyle(colorsFor(stderr, color, env), stderr);
  for (const diagnostic of rule.diagnostics) {
    stderr.stream.write(`${renderDiagnostic(diagnostic, style)}\n`);
  }
}

function textOf(
  explanation: RuleExplanation,
  options: ExplainOptions,
  { stdout, env }: CliContext,
): string {
  if (options.format === "json") return `${jsonText(explanationJson(explanation), 2)}\n`;
  return explanationText(explanation, {
    width: stdout.width,
    colors: colorsFor(stdout, options.color, env),
    isVerbose: verbosityOf(options) > 0,
  });
}
