/**
 * Reads the public rules in `corpora/detection-rules` of the shared material; writes to stdout.
 *
 * Every rule must load, and compile to a plan unless its type cannot run. Every EQL query must be
 * checked without an error, print as text that is the same tree, and run: on events made to meet all,
 * half and none of its conditions the compiled forms must say what the evaluator says. The last line
 * is `N passed, N failed`; exit 1 on a failure or when fewer rules load than the files hold.
 * `skipped` and exit 0 where there are no rules.
 */
import { ecsSchema } from "@harrier/lang/ecs";
import { compileEql, parseEql, printEql } from "@harrier/lang/eql";
import { conditionsOf, type Plan, type Predicate } from "@harrier/lang/ir";
import { ConditionSet, compilePredicate, evaluatePredicate, runPlan } from "@harrier/lang/match";
import { type Diagnostic, formatDiagnosticLine, type Source } from "@harrier/lang/text";
import { loadRules, type Rule } from "../packages/engine/src/rules/index.ts";
import { judgeOutcomes } from "./corpus-outcomes.ts";
import { meetingEvents } from "./meeting-events.ts";
import { findShared } from "./shared.ts";

const corpus = findShared("corpora/detection-rules");
if (corpus === undefined)
  console.log("skipped: there is no corpora/detection-rules beside the checkout");
else await checkCorpus(corpus);

async function checkCorpus(folder: string): Promise<void> {
  const started = performance.now();
  const loaded = await loadRules([folder], { includeDeprecated: true });
  const loadMs = performance.now() - started;
  for (const { file, name, diagnostics } of loaded.failures) {
    console.log(`not loaded: ${name ?? file}`);
    for (const diagnostic of diagnostics) console.log(`  ${formatDiagnosticLine(diagnostic)}`);
  }

  const rules = loaded.rules.filter(({ type }) => type === "eql");
  const warnings: Diagnostic[] = [];
  const failed = rules.flatMap((rule) => {
    const reasons = checkRule(rule, warnings);
    return reasons.length === 0 ? [] : [{ rule, reasons }];
  });
  for (const { rule, reasons } of failed) {
    console.log(`failed: ${rule.name} (${rule.origin.file})`);
    for (const reason of reasons) console.log(`  ${reason}`);
  }

  const outcomes = judgeOutcomes(loaded.rules, folder);
  for (const line of [...outcomes.complaints, ...outcomes.table]) console.log(line);
  printCounts("warnings", countBy(warnings.map(({ code }) => code)));
  printCounts("unknown fields", countBy(warnings.filter(isUnknownField).map(textOfSpan)));
  const { files, failures } = loaded;
  console.log(`${files} files in ${Math.round(loadMs)} ms, ${failures.length} failed to load`);
  console.log(`${rules.length - failed.length} passed, ${failed.length} failed`);
  const isSound = failed.length === 0 && failures.length === 0 && outcomes.complaints.length === 0;
  process.exitCode = isSound ? 0 : 1;
}

/** Everything that is wrong with a rule; warnings go on the list. */
function checkRule(rule: Rule, warnings: Diagnostic[]): readonly string[] {
  const { query, eventCategoryOverride: categoryField } = rule;
  if (query === undefined) return ["no query"];
  try {
    const { plan, statement, diagnostics } = compileEql(query, ecsSchema, {
      now: 1_767_225_600_000_000_000n,
      ...(categoryField === undefined ? {} : { categoryField }),
    });
    warnings.push(...diagnostics.filter(({ severity }) => severity === "warning"));
    if (plan === undefined || statement === undefined) return diagnostics.map(formatDiagnosticLine);
    const printed: Source = { name: "printed", text: printEql(statement) };
    const isSameTree = treeOf(parseEql(printed)) === treeOf(statement);
    return [...(isSameTree ? [] : [`prints as another query: ${printed.text}`]), ...runRule(plan)];
  } catch (error) {
    return [error instanceof Error ? (error.stack ?? error.message) : String(error)];
  }
}

/** Runs a plan and its conditions over events made for it; says where two ways of running disagree. */
function runRule(plan: Plan): readonly string[] {
  const conditions = conditionsOf(plan);
  const events = [{}, ...conditions.flatMap(meetingEvents)];
  const set = new ConditionSet(conditions);
  const compiled = conditions.map((condition) => compilePredicate(condition));
  const disagreements = events.flatMap((event) => {
    const meant = conditions.flatMap((condition: Predicate, index) =>
      evaluatePredicate(condition, event) ? [index] : [],
    );
    const ran = compiled.flatMap((test, index) => (test(event) ? [index] : []));
    const inSet = set.match(event);
    return meant.join() === ran.join() && meant.join() === inSet.join()
      ? []
      : [`conditions [${meant}] hold, compiled [${ran}], in a set [${inSet}]: ${show(event)}`];
  });
  runPlan(plan, events);
  return disagreements;
}

/** A tree without its spans, as text. */
function treeOf(statement: unknown): string {
  return JSON.stringify(statement, (key, value: unknown) => {
    if (key === "span" || key === "bySpan") return undefined;
    return typeof value === "bigint" ? `${value}n` : value;
  });
}

function show(event: unknown): string {
  return JSON.stringify(event).slice(0, 500);
}

function isUnknownField({ code }: Diagnostic): boolean {
  return code === "eql/unknown-field";
}

function textOfSpan({ span }: Diagnostic): string {
  return span.source.text.slice(span.start, span.end);
}

function countBy(keys: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

function printCounts(title: string, counts: ReadonlyMap<string, number>): void {
  const rows = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  console.log(`${title}: ${rows.map(([key, count]) => `${key} ${count}`).join(", ") || "none"}`);
}
