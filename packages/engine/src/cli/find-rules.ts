import { existsSync } from "node:fs";
import { type CompiledRules, loadAndCompile, type RuleRequest } from "../app.ts";
import type { CompiledRule } from "../rule-types/index.ts";
import { UsageError } from "./exit.ts";
import { ruleFilter } from "./rule-filter.ts";
import { checkRulePaths } from "./rule-paths.ts";

const namesShown = 5;

/** What `RULE` means on a command line: a file, or with `--rules` the rule_id or name of a rule; wildcards work. */
export function ruleRequest(
  name: string,
  rulePaths: readonly string[],
): Pick<RuleRequest, "rulePaths" | "selectRule"> {
  if (rulePaths.length === 0) {
    if (existsSync(name)) return { rulePaths: [name] };
    throw new UsageError(
      `there is no file ${name}`,
      "to name a rule by its id or name, say with --rules where to look for it",
    );
  }
  checkRulePaths(rulePaths);
  return { rulePaths, selectRule: ruleFilter({ rules: [], rule: [name], tag: [] }).select };
}

/** The one rule that was named. */
export async function findRule(
  name: string,
  rulePaths: readonly string[],
  options: Omit<RuleRequest, "rulePaths" | "selectRule">,
): Promise<{ readonly found: CompiledRule | undefined; readonly loaded: CompiledRules }> {
  const loaded = await loadAndCompile({ ...ruleRequest(name, rulePaths), ...options });
  const [found, ...others] = loaded.rules;
  if (found !== undefined && others.length > 0) {
    const names = loaded.rules.slice(0, namesShown).map(({ rule }) => rule.name);
    const more = loaded.rules.length > namesShown ? ", …" : "";
    throw new UsageError(
      `${name} means ${loaded.rules.length} rules: ${names.join(", ")}${more}`,
      rulePaths.length === 0 ? `choose one: RULE_ID --rules ${name}` : "give a whole name or id",
    );
  }
  if (found === undefined && loaded.failures.length === 0) {
    throw new UsageError(`there is no rule ${name}`);
  }
  return { found, loaded };
}
