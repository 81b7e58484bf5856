import type { CompiledRule } from "../../rule-types/index.ts";
import { type ExitCode, exitCodes } from "../exit.ts";
import { findRule } from "../find-rules.ts";
import { writeFailures } from "../messages.ts";
import { jsonText } from "../output/json-text.ts";
import { pageMarkdown, pageText, rulePage } from "../output/rule-page.ts";
import { streamSink } from "../output/sink.ts";
import { type CliContext, colorsFor } from "../terminal.ts";
import { timeRange } from "../time-range.ts";
import type { RulesShowOptions } from "./rules.ts";

/** No wider than people like to read. */
const widestPage = 100;

export async function runRulesShow(
  name: string,
  options: RulesShowOptions,
  context: CliContext,
): Promise<ExitCode> {
  const { stdout, stderr } = context;
  const { now } = timeRange({}, context.clock());
  const { found, loaded } = await findRule(name, options.rules, { strictFields: false, now });
  if (found === undefined) {
    writeFailures(stderr, loaded.failures);
    return exitCodes.incomplete;
  }
  const sink = streamSink(stdout);
  await sink.write(textOf(found, options, context));
  await sink.end();
  return exitCodes.done;
}

function textOf(found: CompiledRule, options: RulesShowOptions, context: CliContext): string {
  const { stdout, env } = context;
  switch (options.format) {
    case "json":
      return `${jsonText(found.rule.parameters, 2)}\n`;
    case "md":
      return pageMarkdown(rulePage(found));
    case "text": {
      const width = Math.min(stdout.width, widestPage);
      return pageText(rulePage(found), width, colorsFor(stdout, options.color, env));
    }
  }
}
