import { resolve } from "node:path";
import { loadAndCompile, runHunt } from "../../app.ts";
import type { Rule, RuleFailure } from "../../rules/index.ts";
import {
  attackPlatforms,
  type Coverage,
  coverageOf,
  readSource,
  readTestFile,
  rulePathOf,
} from "../../rules/index.ts";
import { type ExitCode, exitCodes, UsageError } from "../exit.ts";
import { writeFailures } from "../messages.ts";
import { openOutput } from "../open-output.ts";
import { verbosityOf } from "../options.ts";
import { coverageHtml } from "../output/coverage/html.ts";
import { coverageJson } from "../output/coverage/json.ts";
import { navigatorLayer } from "../output/coverage/navigator.ts";
import { coverageText } from "../output/coverage/text.ts";
import { startProgress } from "../output/progress.ts";
import { readingRequest } from "../reading-request.ts";
import { ruleFilter } from "../rule-filter.ts";
import { checkRulePaths, checkSomeRules } from "../rule-paths.ts";
import { type CliContext, colorsFor } from "../terminal.ts";
import { findTests } from "../test-plan.ts";
import { timeRange } from "../time-range.ts";
import type { CoverageFormat, CoverageLayer, CoverageOptions } from "./coverage.ts";

/** No wider than people like to read. */
const widestText = 100;

const titles: Readonly<Record<CoverageLayer, string>> = {
  rules: "rules",
  tested: "rules that have tests",
  data: "rules that the events have data for",
  fired: "rules that fired",
};

export async function runCoverageCommand(
  paths: readonly string[],
  options: CoverageOptions,
  context: CliContext,
): Promise<ExitCode> {
  checkOptions(paths, options);
  checkRulePaths(options.rules);
  const sink = openOutput(options, [...paths, ...options.rules], context);
  const platforms = options.platform.map(platformNamed);
  const { rules, failures, isInterrupted } = await rulesOf(paths, options, context);
  if (isInterrupted) return exitCodes.interrupted;
  writeFailures(context.stderr, failures);
  const coverage = coverageOf(rules, { platforms });
  await sink.write(textOf(coverage, options, context));
  await sink.end();
  const share = coverage.total === 0 ? 0 : (coverage.covered / coverage.total) * 100;
  return share < (options.failUnder ?? 0) ? exitCodes.findings : exitCodes.done;
}

function checkOptions(paths: readonly string[], { rules, layer }: CoverageOptions): void {
  if (rules.length === 0) {
    throw new UsageError("there are no rules", "name a file or folder with --rules");
  }
  const isOfEvents = layer === "data" || layer === "fired";
  if (!isOfEvents && paths.length > 0) {
    throw new UsageError(
      "all rules count, whatever the events",
      "say --layer data or --layer fired",
    );
  }
  if (isOfEvents && paths.length === 0) {
    throw new UsageError(`--layer ${layer} needs events`, "name files or folders, or - for stdin");
  }
}

interface LayerRules {
  readonly rules: readonly Rule[];
  readonly failures: readonly RuleFailure[];
  readonly isInterrupted: boolean;
}

/** The rules of the layer. A rule that is switched off covers nothing. */
async function rulesOf(
  paths: readonly string[],
  options: CoverageOptions,
  context: CliContext,
): Promise<LayerRules> {
  const filter = ruleFilter(options);
  const { now } = timeRange(options, context.clock());
  const request = { rulePaths: options.rules, selectRule: filter.select, strictFields: false, now };
  if (options.layer === "rules" || options.layer === "tested") {
    const loaded = await loadAndCompile(request);
    filter.checkAllMet();
    checkSomeRules(loaded, options);
    const enabled = loaded.rules.map(({ rule }) => rule).filter((rule) => rule.enabled);
    const rules = options.layer === "tested" ? await withTests(enabled, options.rules) : enabled;
    return { rules, failures: loaded.failures, isInterrupted: false };
  }
  const progress = startProgress(context, verbosityOf(options));
  const { summary, ruleFailures } = await runHunt({
    ...request,
    ...(await readingRequest(options, context)),
    paths,
    indices: "any",
    stdin: context.stdin,
    signal: context.signal,
    onRules: (compiled) => {
      filter.checkAllMet();
      checkSomeRules(compiled, options);
    },
    onProgress: progress.update,
    onAlert: () => {},
  });
  progress.clear();
  const kinds = options.layer === "fired" ? ["fired"] : ["fired", "silent"];
  const rules = summary.rules
    .filter(({ kind, rule }) => kinds.includes(kind) && rule.enabled)
    .map(({ rule }) => rule);
  return { rules, failures: ruleFailures, isInterrupted: summary.interrupted };
}

/** The rules that some readable test file is for. */
async function withTests(
  rules: readonly Rule[],
  paths: readonly string[],
): Promise<readonly Rule[]> {
  const { testPaths } = await findTests(paths);
  const tested = new Set<string>();
  for (const path of testPaths) {
    const { file } = readTestFile(await readSource(path), rulePathOf(path));
    if (file !== undefined && file.cases.length > 0) tested.add(resolve(file.rulePath));
  }
  return rules.filter(({ origin }) => tested.has(resolve(origin.file)));
}

function textOf(coverage: Coverage, options: CoverageOptions, { stdout, env }: CliContext): string {
  const title = titles[options.layer];
  switch (formatOf(options)) {
    case "json":
      return coverageJson(coverage);
    case "html":
      return coverageHtml(coverage, title);
    case "navigator":
      return navigatorLayer(coverage, title);
    case "text":
      return coverageText(coverage, {
        width: Math.min(stdout.width, widestText),
        colors: colorsFor(stdout, options.output === undefined ? options.color : "never", env),
        isVerbose: verbosityOf(options) > 0,
        title,
      });
  }
}

function formatOf({ format, output }: CoverageOptions): CoverageFormat {
  if (format !== undefined) return format;
  if (output?.endsWith(".html") === true) return "html";
  return output?.endsWith(".json") === true ? "json" : "text";
}

function platformNamed(name: string): string {
  const found = attackPlatforms.find((each) => each.toLowerCase() === name.toLowerCase());
  if (found !== undefined) return found;
  throw new UsageError(`there is no platform ${name}`, `ATT&CK has ${attackPlatforms.join(", ")}`);
}
