import { watch } from "node:fs";
import { dirname } from "node:path";
import type { Diagnostic } from "@harrier/lang/text";
import { compileWildcard } from "@harrier/lang/values";
import { type CaseResult, runBaseline, runRuleTests } from "../../app.ts";
import { applyFixes } from "../apply-fixes.ts";
import { changedFiles } from "../changed-files.ts";
import { type ExitCode, exitCodes, UsageError } from "../exit.ts";
import { openOutput } from "../open-output.ts";
import { verbosityOf } from "../options.ts";
import { startProgress } from "../output/progress.ts";
import { reportText } from "../output/test-report/report.ts";
import type { TestReport } from "../output/test-report/test-report.ts";
import { updatesOf } from "../output/test-report/updates.ts";
import { countOf } from "../output/units.ts";
import { readVersion } from "../read-version.ts";
import { checkRulePaths } from "../rule-paths.ts";
import { type CliContext, colorsFor } from "../terminal.ts";
import { findTests, missingTests, type TestPlan } from "../test-plan.ts";
import { timeRange } from "../time-range.ts";
import type { TestOptions } from "./test.ts";

export async function runTestCommand(
  paths: readonly string[],
  options: TestOptions,
  context: CliContext,
): Promise<ExitCode> {
  checkRulePaths([...paths, ...options.baseline]);
  if (options.known.length > 0 && options.baseline.length === 0) {
    throw new UsageError("--known has no effect without --baseline");
  }
  if (options.watch === true) {
    if (options.output !== undefined)
      throw new UsageError("--watch writes to the screen, not to a file");
    return watchTests(paths, options, context);
  }
  return runOnce(paths, options, context);
}

async function runOnce(
  paths: readonly string[],
  options: TestOptions,
  context: CliContext,
): Promise<ExitCode> {
  const plan = await planOf(paths, options);
  const sink = openOutput(options, [], context);
  let report = await runPlan(plan, options, context);
  if (options.update === true && (await update(report, context))) {
    report = await runPlan(plan, options, context);
  }
  const colors = colorsFor(
    context.stdout,
    options.output === undefined ? options.color : "never",
    context.env,
  );
  await sink.write(
    reportText(report, options.reporter, {
      width: context.stdout.width,
      colors,
      isVerbose: verbosityOf(options) > 0,
      version: readVersion(),
    }),
  );
  await sink.end();
  return isFailed(report) ? exitCodes.findings : exitCodes.done;
}

async function planOf(paths: readonly string[], { changed }: TestOptions): Promise<TestPlan> {
  const plan = await findTests(paths);
  if (changed !== undefined) {
    const files = await changedFiles(changed === true ? "HEAD" : changed);
    return {
      testPaths: plan.testPaths.filter((path) => files.touches(path, plan.ruleOf(path))),
      rulePaths: plan.rulePaths.filter((path) => files.touches(path)),
      ruleOf: plan.ruleOf,
    };
  }
  if (plan.testPaths.length === 0 && plan.rulePaths.length === 0) {
    throw new UsageError(
      `there are no rules and no tests in ${paths.join(", ")}`,
      "tests stand beside a rule, in <rule>.test.toml",
    );
  }
  return plan;
}

async function runPlan(
  plan: TestPlan,
  options: TestOptions,
  context: CliContext,
): Promise<TestReport> {
  const startedMs = performance.now();
  const filter = options.filter.map((pattern) => compileWildcard(pattern, true, "unicode"));
  const report = await runRuleTests({
    testPaths: plan.testPaths,
    now: timeRange(options, context.clock()).now,
    folding: options.caseFolding,
    signal: context.signal,
    selectCase: (name, file) =>
      filter.length === 0 || filter.some((matches) => matches(name) || matches(file)),
  });
  const missing: readonly Diagnostic[] =
    options.minTests === undefined
      ? []
      : await missingTests(plan, report.results, options.minTests);
  const baseline = await baselineFindings(plan, options, context);
  return {
    ...report,
    diagnostics: [...report.diagnostics, ...missing, ...baseline],
    elapsedMs: performance.now() - startedMs,
  };
}

async function baselineFindings(
  { rulePaths }: TestPlan,
  options: TestOptions,
  context: CliContext,
): Promise<readonly Diagnostic[]> {
  const { baseline, known } = options;
  if (baseline.length === 0 || rulePaths.length === 0) return [];
  const { now } = timeRange(options, context.clock());
  const progress = startProgress(context, verbosityOf(options));
  const {
    diagnostics,
    events,
    known: met,
  } = await runBaseline({
    rulePaths,
    paths: baseline,
    knownPaths: known,
    today: now,
    now,
    strictFields: false,
    indices: "any",
    folding: options.caseFolding,
    stdin: context.stdin,
    signal: context.signal,
    onProgress: progress.update,
  });
  progress.clear();
  if (verbosityOf(options) >= 0) {
    const counts = `${countOf(events, "event")}, ${countOf(met, "known alert")}`;
    context.stderr.stream.write(`baseline: ${counts}\n`);
  }
  return diagnostics;
}

/** Writes what came out into the test files, and shows each change. Gives whether there was one. */
async function update({ results }: TestReport, { stderr }: CliContext): Promise<boolean> {
  const updates = results.flatMap((result: CaseResult) => updatesOf(result));
  for (const { before, after, place } of updates) {
    stderr.stream.write(`${place}\n- ${before}\n+ ${after}\n`);
  }
  return (await applyFixes(updates.map(({ finding }) => finding))) > 0;
}

function isFailed({ results, diagnostics }: TestReport): boolean {
  return (
    results.some(({ failures }) => failures.length > 0) ||
    diagnostics.some(({ severity }) => severity === "error")
  );
}

/** How long files must have rested: an editor writes several at once. */
const restMs = 150;

/** Runs the tests again after every change below the paths, until the signal ends it. */
async function watchTests(
  paths: readonly string[],
  options: TestOptions,
  context: CliContext,
): Promise<ExitCode> {
  const { signal, stdout } = context;
  let isDue = true;
  let wake = (): void => {};
  const onChange = (): void => {
    isDue = true;
    wake();
  };
  const plan = await findTests(paths);
  const folders = new Set([...plan.testPaths, ...plan.rulePaths].map((path) => dirname(path)));
  const watchers = [...folders].map((folder) => watch(folder, { signal }, onChange));
  for (const watcher of watchers) watcher.on("error", () => {});
  signal.addEventListener("abort", () => wake());
  while (!signal.aborted) {
    if (isDue) {
      isDue = false;
      if (stdout.isTerminal) stdout.stream.write("\u001b[2J\u001b[H");
      await runOnce(paths, options, context);
      continue;
    }
    await new Promise<void>((resolve) => {
      wake = () => setTimeout(resolve, signal.aborted ? 0 : restMs);
    });
  }
  return exitCodes.interrupted;
}
