import { existsSync } from "node:fs";
import { UsageError } from "./exit.ts";
import type { RuleOptions } from "./options.ts";

/** A rule path that is not there is a slip of the pen: better said before hours of reading. */
export function checkRulePaths(paths: readonly string[]): void {
  for (const path of paths) {
    if (!isPattern(path) && !existsSync(path)) {
      throw new UsageError(`there is no file or folder ${path}`);
    }
  }
}

/** `rules/**\/*.toml`: whoever reads it knows whether something is there. */
function isPattern(path: string): boolean {
  return /[*?[{]/.test(path);
}

/** Throws where the paths hold no rule, good or bad, that the options let through. */
export function checkSomeRules(
  loaded: { readonly rules: readonly unknown[]; readonly failures: readonly unknown[] },
  { rules: paths, rule, tag, minSeverity }: RuleOptions,
): void {
  if (loaded.rules.length > 0 || loaded.failures.length > 0) return;
  const isFiltered = rule.length > 0 || tag.length > 0 || minSeverity !== undefined;
  throw new UsageError(
    `there are no ${isFiltered ? "such " : ""}rules in ${paths.join(", ")}`,
    isFiltered ? undefined : "rules are read from .toml, .ndjson, .json and .yaml files",
  );
}
