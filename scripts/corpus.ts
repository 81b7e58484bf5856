/**
 * Reads the public rules in `corpora/detection-rules` of the shared material; writes to stdout.
 *
 * Every rule must load, and compile to a plan unless its type cannot run. Every query but ES|QL
 * must print as text that is the same tree. Every plan must run on events made to meet its conditions
 * (`npm run equivalence` compares what comes of them). The last line is
 * `N passed, N failed`, in rules; exit 1 on a failure or when fewer rules or queries load than the
 * files hold. `skipped` and exit 0 where there are no rules.
 */
import { parseEql, printEql } from "@harrier/lang/eql";
import { parseKql, printKql } from "@harrier/lang/kql";
import { parseLucene, printLucene } from "@harrier/lang/lucene";
import { runPlan } from "@harrier/lang/match";
import { type Diagnostic, formatDiagnosticLine, type Source } from "@harrier/lang/text";
import type { CompiledRule, RulePlan } from "../packages/engine/src/rule-types/index.ts";
import { loadRules } from "../packages/engine/src/rules/index.ts";
import { compileAll, conditionsOf, countFiles, type QueryText, queriesOf } from "./corpus-rules.ts";
import { makeMeetingEvents } from "./meeting-events/meeting-events.ts";
import { seededRandom } from "./random.ts";
import { findShared } from "./shared.ts";

const random = seededRandom(20_260_105);
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

  const rules = compileAll(loaded.rules);
  const failed = rules.flatMap((compiled) => {
    const reasons = checkRule(compiled);
    return reasons.length === 0 ? [] : [{ compiled, reasons }];
  });
  for (const { compiled, reasons } of failed) {
    const { rule, outcome } = compiled;
    console.log(`${outcome}: ${rule.name} (${rule.type}, ${rule.origin.file})`);
    for (const reason of reasons) console.log(`  ${reason}`);
  }

  const findings = rules.flatMap(({ diagnostics }) => diagnostics);
  const warnings = findings.filter(({ severity }) => severity === "warning");
  for (const type of new Set(rules.map(({ rule }) => rule.type))) {
    const ofType = rules.filter(({ rule }) => rule.type === type);
    printCounts(type, countBy(ofType.map(({ outcome }) => outcome)));
  }
  const queries = rules.flatMap(({ rule }) => queriesOf(rule));
  printCounts("queries", countBy(queries.map(({ language }) => language)));
  printCounts("warnings", countBy(warnings.map(({ code }) => code)));
  printCounts("unknown fields", countBy(warnings.filter(isUnknownField).map(textOfSpan)));
  const { files, failures } = loaded;
  console.log(`${files} files in ${Math.round(loadMs)} ms, ${failures.length} failed to load`);
  const expected = countFiles(folder);
  if (rules.length < expected.rules) console.log(`${expected.rules} files hold rules`);
  if (queries.length < expected.queries) console.log(`the files hold ${expected.queries} queries`);
  console.log(`${rules.length - failed.length} passed, ${failed.length} failed`);
  const isComplete = rules.length >= expected.rules && queries.length >= expected.queries;
  process.exitCode = failed.length === 0 && failures.length === 0 && isComplete ? 0 : 1;
}

/** Everything that is wrong with a rule. */
function checkRule(compiled: CompiledRule & { readonly isRight: boolean }): readonly string[] {
  const { rule, plan, diagnostics, isRight } = compiled;
  if (!isRight) return diagnostics.map(formatDiagnosticLine);
  try {
    if (plan !== undefined) runRule(plan);
    return queriesOf(rule).flatMap(checkQuery);
  } catch (error) {
    return [error instanceof Error ? (error.stack ?? error.message) : String(error)];
  }
}

/** Prints a query and reads it again. */
function checkQuery({ source, language }: QueryText): readonly string[] {
  const first = printQuery(source, language);
  if (first === undefined) return [];
  const again = printQuery({ name: "printed", text: first.text }, language);
  return again?.tree === first.tree ? [] : [`prints as another query: ${first.text}`];
}

/** A query's tree and text; `undefined` in a language that is not read yet. */
function printQuery(
  source: Source,
  language: QueryText["language"],
): { readonly tree: string; readonly text: string } | undefined {
  switch (language) {
    case "eql": {
      const statement = parseEql(source);
      return { tree: treeOf(statement), text: printEql(statement) };
    }
    case "kuery": {
      const query = parseKql(source);
      return { tree: treeOf(query), text: printKql(query) };
    }
    case "lucene": {
      const query = parseLucene(source);
      return { tree: treeOf(query), text: printLucene(query) };
    }
    case "esql":
      return undefined;
    default:
      return language satisfies never;
  }
}

/** Runs a plan over events made for it; that it does not throw is all that is asked here. */
function runRule(plan: RulePlan): void {
  if (!("pipes" in plan)) return;
  const events = conditionsOf(plan).flatMap(
    (condition) => makeMeetingEvents(condition, 2, random).meeting,
  );
  runPlan(plan, [{}, ...events]);
}

/** A tree without its spans, as text. */
function treeOf(statement: unknown): string {
  return JSON.stringify(statement, (key, value: unknown) => {
    if (key === "span" || key === "bySpan") return undefined;
    return typeof value === "bigint" ? `${value}n` : value;
  });
}

function isUnknownField({ code }: Diagnostic): boolean {
  return code.endsWith("/unknown-field");
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
