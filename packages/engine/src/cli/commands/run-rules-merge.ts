import { statSync } from "node:fs";
import { type LoadedRule, loadFile, mergeRule, type RuleMerge } from "../../rules/index.ts";
import { type ExitCode, exitCodes, UsageError } from "../exit.ts";
import { writeError, writeFailures } from "../messages.ts";
import { openOutput } from "../open-output.ts";
import { verbosityOf } from "../options.ts";
import { visibleText } from "../output/terminal-text.ts";
import { countOf } from "../output/units.ts";
import { checkRulePaths } from "../rule-paths.ts";
import type { CliContext } from "../terminal.ts";
import type { RulesMergeOptions } from "./rules-merge.ts";

interface Versions<Version> {
  readonly base: Version;
  readonly local: Version;
  readonly upstream: Version;
}

export async function runRulesMerge(
  { base, local, upstream }: Versions<string>,
  options: RulesMergeOptions,
  context: CliContext,
): Promise<ExitCode> {
  checkRulePaths([base, local, upstream]);
  const { stderr } = context;
  // All is read before anything is written: the local file may be the output.
  const sink = openOutput(options, [base, upstream], context);
  const [old, own, theirs] = await Promise.all(
    [base, local, upstream].map((path) => loadOne(path, context)),
  );
  if (old === undefined || own === undefined || theirs === undefined) return exitCodes.incomplete;
  const side = options.ours === true ? "local" : options.theirs === true ? "upstream" : undefined;
  const merge = mergeRule(old, own, theirs, side);
  if (merge.text !== undefined) {
    await sink.write(merge.text);
    await sink.end();
  }
  if (verbosityOf(options) >= 0) {
    for (const line of summaryLines(merge, own)) stderr.stream.write(`${visibleText(line)}\n`);
  }
  if (merge.conflicts.length === 0) return exitCodes.done;
  const names = merge.conflicts.map(({ path }) => path.join(".")).join(", ");
  writeError(
    stderr,
    `both sides changed ${names}`,
    merge.text === undefined
      ? `only TOML has room for marks: nothing was written. --ours or --theirs decides, or convert ${local} to TOML`
      : "decide between the marks in the file, or say --ours or --theirs",
  );
  return exitCodes.findings;
}

async function loadOne(path: string, { stderr }: CliContext): Promise<LoadedRule | undefined> {
  if (statSync(path).isDirectory()) throw new UsageError(`${path} is a folder`, "name a rule file");
  const { rules, failures } = await loadFile({ path, isNamed: true, includeDeprecated: true });
  writeFailures(stderr, failures);
  if (failures.length > 0) return undefined;
  const [rule, ...others] = rules;
  if (rule === undefined || others.length > 0) {
    throw new UsageError(`${path} holds ${countOf(rules.length, "rule")}, expected one`);
  }
  return rule;
}

function summaryLines({ steps, isRewritten, conflicts }: RuleMerge, local: LoadedRule): string[] {
  const names = (isByLines: boolean) =>
    steps.filter((step) => step.isByLines === isByLines).map(({ path }) => path.join("."));
  const [taken, byLines] = [names(false), names(true)];
  const isToml = local.rule.origin.format === "toml";
  return [
    ...(taken.length === 0 ? [] : [`taken from upstream: ${taken.join(", ")}`]),
    ...(byLines.length === 0 ? [] : [`merged by lines: ${byLines.join(", ")}`]),
    ...(steps.length === 0 && conflicts.length === 0 ? ["nothing new in upstream"] : []),
    ...(isRewritten && isToml ? ["the file is written anew, without its comments"] : []),
  ];
}
