import { loadAndCompile } from "../../app.ts";
import { type ExitCode, exitCodes, UsageError } from "../exit.ts";
import { writeFailures } from "../messages.ts";
import { openList } from "../open-list.ts";
import { verbosityOf } from "../options.ts";
import { outcomeOf, ruleShape } from "../output/rule-shape.ts";
import { countOf, formatCount } from "../output/units.ts";
import { ruleFilter } from "../rule-filter.ts";
import { checkRulePaths, checkSomeRules } from "../rule-paths.ts";
import { type CliContext, isReaderGone } from "../terminal.ts";
import { timeRange } from "../time-range.ts";
import type { RulesListOptions } from "./rules.ts";

export async function runRulesList(
  options: RulesListOptions,
  context: CliContext,
): Promise<ExitCode> {
  if (options.rules.length === 0) {
    throw new UsageError("there are no rules to list", "name a file or folder");
  }
  checkRulePaths(options.rules);
  const filter = ruleFilter(options);
  const list = openList(ruleShape, options, options.rules, context);
  const { rules, failures } = await loadAndCompile({
    rulePaths: options.rules,
    selectRule: filter.select,
    strictFields: false,
    now: timeRange({}, context.clock()).now,
  });
  filter.checkAllMet();
  checkSomeRules({ rules, failures }, options);

  for (const rule of rules) await list.write(rule);
  await list.end();
  if (isReaderGone(context)) return exitCodes.done;

  writeFailures(context.stderr, failures);
  if (verbosityOf(options) >= 0) {
    const count = (outcome: string) => rules.filter((rule) => outcomeOf(rule) === outcome).length;
    const parts = ["supported", "unsupported", "failed"]
      .filter((outcome) => count(outcome) > 0)
      .map((outcome) => `${formatCount(count(outcome))} ${outcome}`);
    const outcomes = parts.length > 0 ? `: ${parts.join(", ")}` : "";
    context.stderr.stream.write(`${countOf(rules.length, "rule")}${outcomes}\n`);
  }
  return exitCodes.done;
}
