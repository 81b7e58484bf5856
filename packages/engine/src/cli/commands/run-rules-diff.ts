import { diffRuleSets, loadRules, type RuleSetDiff } from "../../rules/index.ts";
import { type ExitCode, exitCodes } from "../exit.ts";
import { writeFailures } from "../messages.ts";
import { verbosityOf } from "../options.ts";
import { diffJson } from "../output/rule-diff/json.ts";
import { diffMarkdown } from "../output/rule-diff/markdown.ts";
import { diffSummary } from "../output/rule-diff/summary.ts";
import { diffText } from "../output/rule-diff/text.ts";
import { streamSink } from "../output/sink.ts";
import { checkRulePaths } from "../rule-paths.ts";
import { type CliContext, colorsFor } from "../terminal.ts";
import type { RulesDiffOptions } from "./rules-diff.ts";

export async function runRulesDiff(
  before: string,
  after: string,
  options: RulesDiffOptions,
  context: CliContext,
): Promise<ExitCode> {
  checkRulePaths([before, after]);
  const { stdout, stderr } = context;
  const [old, fresh] = await Promise.all([loadRules([before]), loadRules([after])]);
  const diff = diffRuleSets(old.rules, fresh.rules);
  const sink = streamSink(stdout);
  await sink.write(textOf(diff, options, context));
  await sink.end();

  const failures = [...old.failures, ...fresh.failures];
  writeFailures(stderr, failures);
  if (verbosityOf(options) >= 0) stderr.stream.write(`${diffSummary(diff)}\n`);
  // A rule that can't be read looks like one that came or went.
  if (failures.length > 0) return exitCodes.incomplete;
  const isChanged = diff.changes.some((change) => change.kind !== "changed" || !change.isSpelling);
  return isChanged && options.exitCode === true ? exitCodes.findings : exitCodes.done;
}

function textOf(
  diff: RuleSetDiff,
  { format, color }: RulesDiffOptions,
  context: CliContext,
): string {
  switch (format) {
    case "text":
      return diffText(diff, colorsFor(context.stdout, color, context.env));
    case "md":
      return diffMarkdown(diff);
    case "json":
      return diffJson(diff);
    default:
      return format satisfies never;
  }
}
