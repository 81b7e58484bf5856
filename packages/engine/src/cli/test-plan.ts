import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { Diagnostic } from "@harrier/lang/text";
import { type CaseResult, loadAndCompile } from "../app.ts";
import { findRuleFiles, findTestFiles, isTestFile, rulePathOf } from "../rules/index.ts";
import { countOf } from "./output/units.ts";

/** What there is to test. */
export interface TestPlan {
  readonly testPaths: readonly string[];
  /** Files that may hold rules, with or without tests. */
  readonly rulePaths: readonly string[];
  /** The rule that a test file is for by its name. */
  readonly ruleOf: (testPath: string) => string;
}

/** Test files among and beside the paths, and the files of rules among them. */
export async function findTests(paths: readonly string[]): Promise<TestPlan> {
  const rulePaths = paths.filter((path) => !isTestFile(path));
  const [rules, tests] = await Promise.all([findRuleFiles(rulePaths), findTestFiles(paths)]);
  const named = rules.files.filter(({ isNamed }) => isNamed).map(({ path }) => path);
  // A rule that is named brings the tests that stand beside it.
  const beside = await findTestFiles(
    named.flatMap((path) => {
      const stem = path.replace(/\.[^./\\]+$/, "");
      return [`${stem}.test.toml`, `${stem}.test`].filter((each) => existsSync(each));
    }),
  );
  const found = [...tests.files, ...beside.files].map(({ path }) => path);
  return {
    testPaths: [...new Set(found.filter(isTestFile))].sort(),
    rulePaths: rules.files.map(({ path }) => path).filter((path) => !isTestFile(path)),
    ruleOf: rulePathOf,
  };
}

/** Rules with fewer cases than asked for: so many that match, and so many that do not. */
export async function missingTests(
  { rulePaths }: TestPlan,
  results: readonly CaseResult[],
  least: number,
): Promise<readonly Diagnostic[]> {
  if (rulePaths.length === 0) return [];
  const { rules } = await loadAndCompile({ rulePaths, strictFields: false, now: 0n });
  return rules.flatMap(({ rule }): Diagnostic[] => {
    const own = results.filter(
      (result) =>
        result.rule.rule.ruleId === rule.ruleId &&
        isSame(result.rule.rule.origin.file, rule.origin.file),
    );
    const matching = own.filter(({ isMatch }) => isMatch).length;
    const silent = own.length - matching;
    if (matching >= least && silent >= least) return [];
    const message = `${rule.name} has ${countOf(matching, "case")} that match and ${silent} that do not, of ${least} each`;
    return [{ severity: "error", code: "test/too-few", message, span: rule.spanOf(["name"]) }];
  });
}

function isSame(left: string, right: string): boolean {
  return resolve(left) === resolve(right);
}
