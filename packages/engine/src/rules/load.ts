import { failAt, failPath } from "./failure.ts";
import { spanOfParameter } from "./fields.ts";
import { type FindOptions, findRuleFiles } from "./find.ts";
import { type FileContents, type LoadedRule, loadFile } from "./load-file.ts";
import type { Rule } from "./rule.ts";
import type { RuleFailure, RuleSet } from "./rule-set.ts";

/** Files open at a time. */
const mostOpenFiles = 16;

/**
 * Reads all rules of files, folders and quoted patterns: TOML of the rule repository, exports in
 * NDJSON, JSON of the API, YAML. A rule that can't be read is a failure; the rest load. The result
 * does not depend on the order of the paths.
 */
export async function loadRules(
  paths: readonly string[],
  options: FindOptions = {},
): Promise<RuleSet> {
  const found = await findRuleFiles(paths, options);
  const contents = await mapConcurrently(found.files, mostOpenFiles, loadFile);
  const { rules, failures } = refuseDuplicates(contents);
  const unreadable = found.unreadable.map(({ path, message }) => failPath(path, message));
  return {
    rules,
    failures: [...unreadable, ...failures],
    diagnostics: contents.flatMap(({ diagnostics }) => diagnostics),
    exceptionLists: contents.flatMap(({ exceptionLists }) => exceptionLists),
    exceptionItems: contents.flatMap(({ exceptionItems }) => exceptionItems),
    connectors: contents.flatMap(({ connectors }) => connectors),
    files: contents.filter(({ isIgnored }) => !isIgnored).length,
    deprecated: found.deprecated + contents.reduce((sum, { deprecated }) => sum + deprecated, 0),
    ignored: contents.filter(({ isIgnored }) => isIgnored).length,
  };
}

/** The first rule of an id stands; the others are failures that name it. */
function refuseDuplicates(contents: readonly FileContents[]): {
  readonly rules: readonly Rule[];
  readonly failures: readonly RuleFailure[];
} {
  const first = new Map<string, LoadedRule>();
  const failures: RuleFailure[] = [];
  for (const file of contents) {
    failures.push(...file.failures);
    for (const loaded of file.rules) {
      const { rule, document } = loaded;
      const earlier = first.get(rule.ruleId);
      if (earlier === undefined) {
        first.set(rule.ruleId, loaded);
        continue;
      }
      const span = spanOfParameter(document, rule.source, ["rule_id"]);
      const message = `another rule has the id ${rule.ruleId}: \`${earlier.rule.name}\` in ${earlier.rule.origin.file}`;
      const label = {
        span: spanOfParameter(earlier.document, earlier.rule.source, ["rule_id"]),
        message: "this rule was loaded",
      };
      const failure = failAt("rule/duplicate-id", message, span, [label]);
      failures.push({ ...failure, name: rule.name });
    }
  }
  return { rules: [...first.values()].map(({ rule }) => rule), failures };
}

/** Runs `work` on all items, a few at a time; results in the order of the items. */
async function mapConcurrently<Item, Result>(
  items: readonly Item[],
  width: number,
  work: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  let next = 0;
  const runWorker = async () => {
    for (let index = next++; index < items.length; index = next++) {
      const item = items[index];
      if (item !== undefined) results[index] = await work(item);
    }
  };
  await Promise.all(Array.from({ length: width }, runWorker));
  return results;
}
