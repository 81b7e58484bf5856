import { existsSync } from "node:fs";
import { UsageError } from "./exit.ts";

/** A rule path that is not there is a slip of the pen: better said before hours of reading. */
export function checkRulePaths(paths: readonly string[]): void {
  for (const path of paths) {
    if (!existsSync(path)) throw new UsageError(`there is no file or folder ${path}`);
  }
}

/** Throws where paths hold no rule at all, good or bad. */
export function checkSomeRules(
  {
    rules,
    failures,
  }: { readonly rules: readonly unknown[]; readonly failures: readonly unknown[] },
  paths: readonly string[],
): void {
  if (rules.length > 0 || failures.length > 0) return;
  throw new UsageError(
    `there are no rules in ${paths.join(", ")}`,
    "rules are read from .toml, .ndjson, .json and .yaml files",
  );
}
