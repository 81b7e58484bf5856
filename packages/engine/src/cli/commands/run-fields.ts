import { surveyFields } from "../../app.ts";
import { type ExitCode, exitCodes } from "../exit.ts";
import { writeFailures, writeInputFindings } from "../messages.ts";
import { openList } from "../open-list.ts";
import { verbosityOf } from "../options.ts";
import { fieldShape } from "../output/field-shape.ts";
import { possibilityShape } from "../output/possibility-shape.ts";
import { startProgress } from "../output/progress.ts";
import { countOf, formatCount } from "../output/units.ts";
import { readingRequest } from "../reading-request.ts";
import { ruleFilter } from "../rule-filter.ts";
import { checkRulePaths, checkSomeRules } from "../rule-paths.ts";
import { type CliContext, isReaderGone } from "../terminal.ts";
import { timeRange } from "../time-range.ts";
import type { FieldsCommandOptions } from "./fields.ts";

export async function runFieldsCommand(
  paths: readonly string[],
  options: FieldsCommandOptions,
  context: CliContext,
): Promise<ExitCode> {
  checkRulePaths(options.rules);
  const filter = ruleFilter(options);
  const reading = await readingRequest(options, context);
  const hasRules = options.rules.length > 0;
  const fieldList = hasRules ? undefined : openList(fieldShape, options, paths, context);
  const ruleList = hasRules ? openList(possibilityShape, options, paths, context) : undefined;
  const progress = startProgress(context, verbosityOf(options));
  const found = await surveyFields({
    onProgress: progress.update,
    paths,
    stdin: context.stdin,
    signal: context.signal,
    rulePaths: options.rules,
    selectRule: filter.select,
    strictFields: false,
    now: timeRange(options, context.clock()).now,
    onRules: (loaded) => {
      filter.checkAllMet();
      if (hasRules) checkSomeRules(loaded, options);
    },
    ...reading,
  });
  progress.clear();
  for (const field of found.fields) await fieldList?.write(field);
  await fieldList?.end();
  for (const rule of found.rules) if (rule.kind === "cannot-fire") await ruleList?.write(rule);
  await ruleList?.end();
  if (isReaderGone(context)) return exitCodes.done;

  const { stderr } = context;
  writeFailures(stderr, found.ruleFailures);
  writeInputFindings(stderr, found.summary.findings);
  if (verbosityOf(options) >= 0) stderr.stream.write(`${closingText(found, hasRules)}\n`);
  if (found.summary.interrupted) return exitCodes.interrupted;
  const { files, failed } = found.summary;
  return files === 0 && failed > 0 ? exitCodes.incomplete : exitCodes.done;
}

function closingText(
  { fields, rules, sources, isCut, summary }: Awaited<ReturnType<typeof surveyFields>>,
  hasRules: boolean,
): string {
  const from = sources.map(({ name, events }) => `${name} ${formatCount(events)}`).join(", ");
  const read = `${countOf(summary.events, "event")}${from === "" ? "" : `: ${from}`}`;
  const cut = isCut ? ", and more that were not told apart" : "";
  const lines = [`${read}; ${countOf(fields.length, "field")}${cut}`];
  if (hasRules) {
    const count = (kind: (typeof rules)[number]["kind"]) =>
      rules.filter((rule) => rule.kind === kind).length;
    const parts = [
      [count("possible"), "have all they need"],
      [count("cannot-fire"), "cannot fire"],
      [count("unsupported"), "unsupported"],
      [count("failed"), "failed"],
    ] as const;
    const shown = parts.filter(([number]) => number > 0);
    const texts = shown.map(([number, what]) => `${formatCount(number)} ${what}`);
    lines.push(`${countOf(rules.length, "rule")}: ${texts.join(", ")}`);
  }
  if (summary.interrupted)
    lines.unshift("Interrupted: this is what was read until then, not the whole.");
  return lines.join("\n");
}
