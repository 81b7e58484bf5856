import { existsSync } from "node:fs";
import { renderDiagnostic } from "@harrier/lang/text";
import { type AlertExplanation, explainAlerts } from "../../app.ts";
import { type ExitCode, exitCodes, UsageError } from "../exit.ts";
import { writeError, writeInputFindings } from "../messages.ts";
import { verbosityOf } from "../options.ts";
import { explanationJson } from "../output/explanation-json.ts";
import { explanationText } from "../output/explanation-text.ts";
import { frameStyle } from "../output/frame-style.ts";
import { jsonText } from "../output/json-text.ts";
import { streamSink } from "../output/sink.ts";
import { visibleText } from "../output/terminal-text.ts";
import { readingRequest } from "../reading-request.ts";
import { type CliContext, colorsFor } from "../terminal.ts";
import { timeRange } from "../time-range.ts";
import type { ExplainOptions } from "./explain.ts";

/** Explains alerts by what they hold themselves. */
export async function runExplainAlerts(
  path: string,
  options: ExplainOptions,
  context: CliContext,
): Promise<ExitCode> {
  if (path !== "-" && !existsSync(path)) throw new UsageError(`there is no file ${path}`);
  const { alerts, findings, isCut } = await explainAlerts({
    paths: [path],
    stdin: context.stdin,
    signal: context.signal,
    ...(options.alert !== undefined && { alertId: options.alert }),
    limit: options.limit,
    folding: options.caseFolding,
    now: timeRange(options, context.clock()).now,
    ...(await readingRequest(options, context)),
  });
  writeInputFindings(context.stderr, findings);
  if (alerts.length === 0) {
    const what = options.alert === undefined ? "alert" : `alert ${options.alert}`;
    writeError(
      context.stderr,
      `there is no ${what} in ${path}`,
      "to explain a rule, name the events, too: harrier explain RULE EVENTS",
    );
    return exitCodes.incomplete;
  }
  const sink = streamSink(context.stdout);
  await sink.write(
    options.format === "json"
      ? `${jsonText(alerts.map(alertJson), 2)}\n`
      : alerts.map((alert) => alertText(alert, options, context)).join("\n"),
  );
  await sink.end();
  if (isCut && verbosityOf(options) >= 0) {
    context.stderr.stream.write(`There are more alerts; --limit ${options.limit} left them out.\n`);
  }
  return exitCodes.done;
}

function alertText(
  { alertId, reason, explanation, diagnostics }: AlertExplanation,
  options: ExplainOptions,
  { stdout, env }: CliContext,
): string {
  const colors = colorsFor(stdout, options.color, env);
  const head = `${colors.dim(visibleText(`alert ${alertId}: ${reason}`))}\n`;
  if (explanation !== undefined) {
    const isVerbose = verbosityOf(options) > 0;
    return head + explanationText(explanation, { width: stdout.width, colors, isVerbose });
  }
  const style = frameStyle(colors, stdout);
  return head + diagnostics.map((finding) => `${renderDiagnostic(finding, style)}\n`).join("");
}

function alertJson({ alertId, explanation, diagnostics }: AlertExplanation): object {
  if (explanation !== undefined) return { alert_id: alertId, ...explanationJson(explanation) };
  return { alert_id: alertId, findings: diagnostics.map(({ message }) => message) };
}
