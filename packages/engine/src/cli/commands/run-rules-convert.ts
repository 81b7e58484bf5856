import { statSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, extname, join } from "node:path";
import { hasErrors } from "@harrier/lang/text";
import { convertRules, type RuleConversion, type RuleFormat } from "../../app.ts";
import { type ExitCode, exitCodes, UsageError } from "../exit.ts";
import { writeDiagnostics, writeFailures } from "../messages.ts";
import { checkNewFile, openOutput } from "../open-output.ts";
import { verbosityOf } from "../options.ts";
import { lossLines } from "../output/loss-text.ts";
import { startProgressOf } from "../output/progress.ts";
import { visibleText } from "../output/terminal-text.ts";
import { countOf } from "../output/units.ts";
import { ruleFormats } from "../rule-formats.ts";
import { checkRulePaths } from "../rule-paths.ts";
import type { CliContext } from "../terminal.ts";
import type { RulesConvertOptions } from "./rules-convert.ts";

export async function runRulesConvert(
  paths: readonly string[],
  options: RulesConvertOptions,
  context: CliContext,
): Promise<ExitCode> {
  checkRulePaths(paths);
  const { output, force = false, includeDeprecated = false } = options;
  const folder = output !== undefined && isFolder(output) ? output : undefined;
  const format = formatOf(options, folder);
  const sink = folder === undefined ? openOutput(options, paths, context) : undefined;
  const verbosity = verbosityOf(options);
  const progress = startProgressOf(
    context,
    verbosity,
    ([done, total]: readonly [number, number]) => `${countOf(done, "file")} of ${total} read`,
  );
  const conversion = await convertRules({
    paths,
    format,
    keepTree: folder !== undefined,
    includeDeprecated,
    onFile: (done, total) => progress.update([done, total]),
  });
  progress.clear();
  if (sink === undefined) {
    await writeTree(folder ?? "", conversion, force, paths);
  } else {
    if (format === "toml" && conversion.rules > 1) {
      throw new UsageError(
        `TOML holds one rule a file, and these are ${conversion.rules}`,
        "name a folder: -o rules/",
      );
    }
    for (const { text } of conversion.files) await sink.write(text);
    if (conversion.files.length > 0) await sink.end();
  }

  const { stderr } = context;
  writeFailures(stderr, conversion.failures);
  writeDiagnostics(stderr, conversion.diagnostics);
  if (verbosity >= 0) {
    const lines = summaryLines(conversion, format, folder !== undefined, verbosity);
    for (const line of lines) stderr.stream.write(`${visibleText(line)}\n`);
  }
  const isWhole = conversion.failures.length === 0 && !hasErrors(conversion.diagnostics);
  return isWhole ? exitCodes.done : exitCodes.findings;
}

function isFolder(path: string): boolean {
  return /[/\\]$/.test(path) || statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

function formatOf(
  { to, output = "" }: RulesConvertOptions,
  folder: string | undefined,
): RuleFormat {
  const ending = folder === undefined ? extname(output).slice(1).toLowerCase() : "";
  const named = ruleFormats.find((format) => format === (ending === "yml" ? "yaml" : ending));
  const format = to ?? named;
  if (format === undefined)
    throw new UsageError("which form?", "say --to toml, ndjson, json or yaml");
  return format;
}

async function writeTree(
  folder: string,
  { files }: RuleConversion,
  force: boolean,
  inputs: readonly string[],
): Promise<void> {
  const paths = files.map(({ path }) => join(folder, path));
  // Before anything is written: half a tree would be of no use.
  for (const path of paths) checkNewFile(path, force, inputs);
  for (const [index, { text }] of files.entries()) {
    const path = paths[index] ?? "";
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text, { flag: force ? "w" : "wx" });
  }
}

/** More files than this are counted, not named. */
const mostNamed = 10;

function summaryLines(
  conversion: RuleConversion,
  format: RuleFormat,
  inFolder: boolean,
  verbosity: number,
): readonly string[] {
  const { rules, items, files, skipped, failures, losses, left, deprecated } = conversion;
  const others = items === 0 ? "" : ` and ${countOf(items, "exception item")}`;
  const place = inFolder ? ` in ${countOf(files.length, "file")}` : "";
  const named = verbosity > 0 ? skipped : skipped.slice(0, mostNamed);
  const more = skipped.length - named.length;
  return [
    `${countOf(rules, "rule")}${others} written as ${format}${place}`,
    ...lossLines(losses, verbosity > 0),
    ...(left.items === 0
      ? []
      : [
          `${countOf(left.items, "exception item")} left out: \`harrier exceptions convert\` writes them as TOML`,
        ]),
    ...(left.connectors === 0
      ? []
      : [`${countOf(left.connectors, "connector")} left out: TOML has no place for them`]),
    ...(deprecated === 0 ? [] : [`${countOf(deprecated, "deprecated rule")} left out`]),
    ...(failures.length === 0 ? [] : [`${countOf(failures.length, "failure")}: not written`]),
    ...named.map(({ path, reason }) => `skipped ${path}: ${reason}`),
    ...(more === 0 ? [] : [`skipped ${countOf(more, "more file")}; -v names all`]),
  ];
}
