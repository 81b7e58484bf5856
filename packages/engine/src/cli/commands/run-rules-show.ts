import type { CompiledItem } from "../../exceptions/index.ts";
import type { CompiledRule } from "../../rule-types/index.ts";
import { exceptionRequest } from "../exception-request.ts";
import { type ExitCode, exitCodes, UsageError } from "../exit.ts";
import { findRule } from "../find-rules.ts";
import { writeDiagnostics, writeFailures } from "../messages.ts";
import { openOutput } from "../open-output.ts";
import { jsonText } from "../output/json-text.ts";
import { rulePage } from "../output/rule-page/build-page.ts";
import { pageHtml } from "../output/rule-page/html.ts";
import { pageMarkdown } from "../output/rule-page/markdown.ts";
import { pageText } from "../output/rule-page/text.ts";
import { type CliContext, colorsFor } from "../terminal.ts";
import { timeRange } from "../time-range.ts";
import type { PageFormat, RulesShowOptions } from "./rules.ts";

/** No wider than people like to read. */
const widestPage = 100;

export async function runRulesShow(
  name: string,
  options: RulesShowOptions,
  context: CliContext,
): Promise<ExitCode> {
  const { stderr } = context;
  const format = formatOf(options);
  const { now } = timeRange({}, context.clock());
  const request = { strictFields: false, now, ...exceptionRequest(options) };
  const { found, loaded } = await findRule(name, options.rules, request);
  if (found === undefined) {
    writeFailures(stderr, loaded.failures);
    return exitCodes.incomplete;
  }
  writeDiagnostics(stderr, loaded.exceptions.diagnostics);
  const sink = openOutput(options, [found.rule.origin.file], context);
  await sink.write(textOf(found, loaded.itemsOf(found), format, options, context));
  await sink.end();
  return exitCodes.done;
}

function textOf(
  found: CompiledRule,
  exceptions: readonly CompiledItem[],
  format: PageFormat,
  { color, output }: RulesShowOptions,
  { stdout, env }: CliContext,
): string {
  switch (format) {
    case "json":
      return `${jsonText(found.rule.parameters, 2)}\n`;
    case "html":
      return pageHtml(rulePage(found, exceptions));
    case "md":
      return pageMarkdown(rulePage(found, exceptions));
    case "text": {
      const width = Math.min(stdout.width, widestPage);
      const colors = colorsFor(stdout, output === undefined ? color : "never", env);
      return pageText(rulePage(found, exceptions), { width, colors });
    }
    default:
      return format satisfies never;
  }
}

function formatOf({ format, page, output = "" }: RulesShowOptions): PageFormat {
  if (page === true && (format === "text" || format === "json")) {
    throw new UsageError(`--page is not ${format}`, "it is md or html");
  }
  if (format !== undefined) return format;
  const ending = /\.(md|html|json)(?:\.gz)?$/i.exec(output)?.[1]?.toLowerCase();
  if (ending === "html" || ending === "md") return ending;
  if (page === true) return "md";
  return ending === "json" ? ending : "text";
}
