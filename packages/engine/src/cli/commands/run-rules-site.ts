import { loadAndCompile } from "../../app.ts";
import { exceptionRequest } from "../exception-request.ts";
import { type ExitCode, exitCodes, UsageError } from "../exit.ts";
import { writeDiagnostics, writeFailures } from "../messages.ts";
import { verbosityOf } from "../options.ts";
import { ruleSite } from "../output/rule-site/site.ts";
import { visibleText } from "../output/terminal-text.ts";
import { countOf } from "../output/units.ts";
import { ruleFilter } from "../rule-filter.ts";
import { checkRulePaths, checkSomeRules } from "../rule-paths.ts";
import type { CliContext } from "../terminal.ts";
import { timeRange } from "../time-range.ts";
import { writeSite } from "../write-site.ts";
import type { RulesSiteOptions } from "./rules-site.ts";

export async function runRulesSite(
  options: RulesSiteOptions,
  { stderr, clock, signal }: CliContext,
): Promise<ExitCode> {
  if (options.rules.length === 0) {
    throw new UsageError("there are no rules", "name a file or folder with rules");
  }
  checkRulePaths(options.rules);
  const filter = ruleFilter(options);
  const loaded = await loadAndCompile({
    rulePaths: options.rules,
    selectRule: filter.select,
    strictFields: false,
    now: timeRange({}, clock()).now,
    ...exceptionRequest(options),
  });
  filter.checkAllMet();
  checkSomeRules(loaded, options);
  writeFailures(stderr, loaded.failures);
  writeDiagnostics(stderr, loaded.exceptions.diagnostics);
  if (loaded.rules.length === 0) return exitCodes.incomplete;

  const { rules, itemsOf: exceptionsOf, failures } = loaded;
  const pages = ruleSite({ rules, exceptionsOf, title: options.title });
  const { output: folder, force = false } = options;
  const { isWhole, written, removed } = await writeSite(pages, { folder, force, signal });
  if (!isWhole) return exitCodes.interrupted;
  if (verbosityOf(options) >= 0) {
    const gone = removed === 0 ? "" : `, ${countOf(removed, "old page")} removed`;
    const failed = failures.length === 0 ? "" : `, ${countOf(failures.length, "file")} left out`;
    stderr.stream.write(
      `${countOf(rules.length, "rule")}${failed}, ${countOf(written, "page")}${gone}: ${visibleText(folder)}/index.html\n`,
    );
  }
  return exitCodes.done;
}
