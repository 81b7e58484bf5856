import { writeFileSync } from "node:fs";
import { renderDiagnostic } from "@harrier/lang/text";
import { type CompiledRules, type HuntReport, runHunt } from "../../app.ts";
import { describeError } from "../../describe-error.ts";
import type { HuntSummary } from "../../detect/index.ts";
import { isHarmless } from "../../ingest/index.ts";
import { type Severity, severities } from "../../rules/index.ts";
import { exceptionRequest } from "../exception-request.ts";
import { type ExitCode, exitCodes, OutputError, UsageError } from "../exit.ts";
import { checkNewFile, openOutput } from "../open-output.ts";
import { verbosityOf } from "../options.ts";
import { alertShape, fieldsShape } from "../output/alert-shape.ts";
import { chooseFormat } from "../output/format.ts";
import { frameStyle } from "../output/frame-style.ts";
import { jsonText } from "../output/json-text.ts";
import { profileText } from "../output/profile-text.ts";
import { startProgress } from "../output/progress.ts";
import { type AlertWriter, gatherSequences } from "../output/sequence-gatherer.ts";
import { summaryJson } from "../output/summary-json.ts";
import { errorText, summaryText } from "../output/summary-text.ts";
import { readingRequest } from "../reading-request.ts";
import { ruleFilter } from "../rule-filter.ts";
import { checkRulePaths, checkSomeRules } from "../rule-paths.ts";
import { type CliContext, colorsFor, isReaderGone } from "../terminal.ts";
import { timeRange } from "../time-range.ts";
import type { HuntOptions } from "./hunt.ts";

/** Longer lines are hard to read. */
const widestSummary = 100;

export async function runHuntCommand(
  paths: readonly string[],
  options: HuntOptions,
  context: CliContext,
): Promise<ExitCode> {
  checkOptions(paths, options);
  checkRulePaths(options.rules);
  const exceptions = exceptionRequest(options);
  const { now, ...range } = timeRange(options, context.clock());
  const reading = await readingRequest(options, context);
  const filter = ruleFilter(options);
  const format = chooseFormat(options.format, options.output, context.stdout);
  const sink = openOutput(options, paths, context);
  if (options.summary !== undefined) {
    checkNewFile(options.summary, options.force === true, paths);
  }

  const writer = format.open(
    options.fields === undefined ? alertShape : fieldsShape(options.fields),
    sink,
    {
      width: context.stdout.width,
      colors: colorsFor(
        context.stdout,
        options.output === undefined ? options.color : "never",
        context.env,
      ),
    },
  );
  const progress = startProgress(context, verbosityOf(options));
  const output: AlertWriter =
    format.isForPeople && options.includeBuildingBlocks !== true
      ? gatherSequences(writer.write)
      : { write: (alert) => writer.write({ alert, blocks: [] }), end: () => {} };
  const report = await runHunt({
    paths,
    rulePaths: options.rules,
    adHocQueries: options.query,
    selectRule: filter.select,
    ...exceptions,
    indicatorPaths: options.indicators,
    strictFields: options.strictFields === true,
    now,
    ...range,
    indices: options.indices,
    folding: options.caseFolding,
    ...(options.limit !== undefined && { limit: options.limit }),
    keepsMaxSignals: options.maxSignals === true,
    ...(options.threads !== undefined && { threads: options.threads }),
    isProfiled: options.profile === true,
    ...reading,
    stdin: context.stdin,
    signal: context.signal,
    onRules: (compiled) => {
      checkQueries(compiled, options, context);
      filter.checkAllMet();
      checkSomeRules(compiled, options);
    },
    onProgress: progress.update,
    onAlert: (alert) => {
      progress.clear();
      return output.write(alert);
    },
  });
  progress.clear();
  if (isReaderGone(context)) return exitCodes.done;
  await output.end();
  await writer.end();
  await sink.end();

  if (options.summary !== undefined) writeSummary(options.summary, options.force === true, report);
  tell(report, options, context);
  return exitCodeOf(report, options);
}

function checkOptions(paths: readonly string[], options: HuntOptions): void {
  if (paths.length === 0) {
    throw new UsageError("there is nothing to read", "name files or folders, or - for stdin");
  }
  if (options.rules.length > 0) return;
  if (options.query.length === 0) {
    throw new UsageError(
      "there are no rules to run",
      "name a file or folder with --rules, or a query with -e",
    );
  }
  if (options.rule.length > 0 || options.tag.length > 0 || options.minSeverity !== undefined) {
    throw new UsageError("--rule, --tag and --min-severity choose among --rules, which is missing");
  }
}

/** A query on the command line that cannot run is wrong usage; a rule in a file that cannot is a line of the summary. */
function checkQueries(
  { rules }: CompiledRules,
  options: HuntOptions,
  { stderr, env }: CliContext,
): void {
  const adHoc = rules.slice(rules.length - new Set(options.query).size);
  const errors = adHoc
    .filter(({ plan }) => plan === undefined)
    .flatMap(({ diagnostics }) => diagnostics);
  if (errors.length === 0) return;
  const style = frameStyle(colorsFor(stderr, options.color, env), stderr);
  for (const error of errors) stderr.stream.write(`${renderDiagnostic(error, style)}\n`);
  throw new UsageError("the query cannot run");
}

function writeSummary(file: string, overwrite: boolean, report: HuntReport): void {
  try {
    writeFileSync(file, `${jsonText(summaryJson(report), 2)}\n`, { flag: overwrite ? "w" : "wx" });
  } catch (error) {
    throw new OutputError(`cannot write ${file}: ${describeError(error)}`, { cause: error });
  }
}

function tell(report: HuntReport, options: HuntOptions, context: CliContext): void {
  const { stderr, stdout } = context;
  const verbosity = verbosityOf(options);
  const colors = colorsFor(stderr, options.color, context.env);
  const settings = {
    width: Math.min(stderr.width, widestSummary),
    colors,
    isVerbose: verbosity > 0,
    isStrictIndex: options.indices === "strict",
  };
  if (verbosity < 0) {
    stderr.stream.write(errorText(report, settings));
    return;
  }
  if (verbosity > 0) {
    for (const diagnostic of report.ruleDiagnostics) {
      stderr.stream.write(`${renderDiagnostic(diagnostic, frameStyle(colors, stderr))}\n\n`);
    }
  }
  const follows = stdout.isTerminal && options.output === undefined && report.summary.alerts > 0;
  stderr.stream.write((follows ? "\n" : "") + summaryText(report, settings));
  const { profile } = report.summary;
  if (profile !== undefined) stderr.stream.write(`\n${profileText(profile, settings)}`);
}

function exitCodeOf(report: HuntReport, { failOn, strict }: HuntOptions): ExitCode {
  const { summary } = report;
  if (summary.interrupted) return exitCodes.interrupted;
  if (failOn !== undefined && hasAlertOf(summary, failOn)) return exitCodes.findings;
  if (summary.inputs.read === 0 && summary.inputs.failed > 0) return exitCodes.incomplete;
  return strict === true && !isComplete(report) ? exitCodes.incomplete : exitCodes.done;
}

function hasAlertOf({ alertsBySeverity }: HuntSummary, least: Severity): boolean {
  return severities
    .slice(severities.indexOf(least))
    .some((severity) => alertsBySeverity[severity] > 0);
}

/**
 * Everything was read, every rule ran and every exception was applied. A rule that cannot fire on these events did run; an event
 * without a time was read. Findings that were only counted may be of any sort.
 */
function isComplete({ summary, ruleFailures, exceptions }: HuntReport): boolean {
  return (
    exceptions.unapplied === 0 &&
    summary.inputs.failed === 0 &&
    summary.findings.every(isHarmless) &&
    summary.findingsTotal === summary.findings.length &&
    !summary.sequencesTruncated &&
    ruleFailures.length === 0 &&
    summary.rules.every(({ kind }) => kind !== "unsupported" && kind !== "failed")
  );
}
