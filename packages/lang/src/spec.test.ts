/**
 * Runs the language cases in `spec/lang`: text files of cases, each a title, a query, and what must come of it.
 *
 * - `matches`: ids of events, or for sequences and samples one match a line. Run on the evaluator, the
 *   compiled predicate, the condition set and the whole-list runner.
 * - `rejected`: `line:column code` of every error, with fields strict.
 * - `ast`, `ir`, `print`, `diagnostics`: what the phases give. `SPEC_UPDATE=1` writes these anew.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { printTree } from "../test/print-eql-tree.ts";
import { schemaFrom } from "./ecs/index.ts";
import { compileEql, type EqlCompilation, printEql } from "./eql/index.ts";
import { type Plan, printPlan } from "./ir/index.ts";
import {
  ConditionSet,
  compilePredicate,
  type EventDocument,
  evaluatePredicate,
  fieldValues,
  runPlan,
} from "./match/index.ts";
import { type Diagnostic, outermostSpan, positionAt } from "./text/index.ts";

const folder = fileURLToPath(new URL("../../../spec/lang/", import.meta.url));
const isUpdate = process.env.SPEC_UPDATE === "1";
const sectionNames = ["ast", "ir", "print", "diagnostics", "matches", "rejected"];

interface Section {
  readonly name: string;
  text: string;
}

interface SpecCase {
  readonly title: string;
  readonly query: string;
  readonly sections: readonly Section[];
}

const readText = (path: string): string => readFileSync(join(folder, path), "utf8");
const schema = schemaFrom(JSON.parse(readText("fields.json")));
const events: readonly EventDocument[] = readText("events.ndjson")
  .trimEnd()
  .split("\n")
  .map((line) => JSON.parse(line));
const idOf = (event: EventDocument): string => String(fieldValues(event, "event.id")[0]);

for (const language of ["eql"]) {
  for (const file of readdirSync(join(folder, language)).filter((name) => name.endsWith(".txt"))) {
    describe(`${language}/${basename(file, ".txt")}`, () => {
      const path = join(language, file);
      const cases = readCases(readText(path));
      test.each(cases)("$title", (specCase) => runCase(specCase));
      afterAll(() => {
        if (isUpdate) writeFileSync(join(folder, path), cases.map(printCase).join("\n"));
      });
    });
  }
}

function runCase({ query, sections }: SpecCase): void {
  const source = { name: "query", text: query };
  const isStrict = sections.some(({ name }) => name === "rejected");
  const compiled = compileEql(source, schema, { strictFields: isStrict });
  expect(sections.length, "a case expects something").toBeGreaterThan(0);
  const saysErrors = sections.some(({ name }) => name === "rejected" || name === "diagnostics");
  if (!saysErrors) expect(printFindings(compiled.diagnostics), "findings").toBe("");
  for (const section of sections) {
    const { name, text } = section;
    if (name === "matches") checkMatches(planOf(compiled), text);
    else if (name === "rejected") expect(printErrors(compiled.diagnostics)).toBe(text);
    else if (isUpdate) section.text = outputOf(name, compiled);
    else expect(outputOf(name, compiled)).toBe(text);
  }
}

function outputOf(name: string, compiled: EqlCompilation): string {
  if (name === "diagnostics") return printFindings(compiled.diagnostics);
  if (name === "ir") return printPlan(planOf(compiled));
  const { statement } = compiled;
  if (statement === undefined) throw new Error(printFindings(compiled.diagnostics));
  return name === "ast" ? printTree(statement) : printEql(statement);
}

function planOf({ plan, diagnostics }: EqlCompilation): Plan {
  if (plan === undefined) throw new Error(printFindings(diagnostics));
  return plan;
}

function checkMatches(plan: Plan, expected: string): void {
  const hits = runPlan(plan, events, { tiebreakerField: "event.sequence" });
  const lines = hits.map((hit) =>
    hit.events.map((event) => (event === null ? "-" : idOf(event))).join(" "),
  );
  if (plan.kind !== "event") {
    expect(lines.join("\n")).toBe(expected);
    return;
  }
  const wanted = expected.split(/\s+/).filter((id) => id !== "");
  expect(lines, "runPlan").toEqual(wanted);
  if (plan.pipes.length > 0) return;
  const { condition } = plan;
  const idsWhere = (test: (event: EventDocument) => boolean): readonly string[] =>
    events.filter(test).map(idOf).sort();
  const sorted = [...wanted].sort();
  expect(
    idsWhere((event) => evaluatePredicate(condition, event)),
    "evaluatePredicate",
  ).toEqual(sorted);
  expect(idsWhere(compilePredicate(condition)), "compilePredicate").toEqual(sorted);
  const set = new ConditionSet([condition]);
  expect(
    idsWhere((event) => set.match(event).length > 0),
    "ConditionSet",
  ).toEqual(sorted);
}

/** `line:column severity[code] message`, the hint on the next line. */
function printFindings(diagnostics: readonly Diagnostic[]): string {
  return diagnostics
    .map(({ severity, code, message, hint, span }) => {
      const lines = [`${placeOf(span)} ${severity}[${code}] ${message}`];
      if (hint !== undefined) lines.push(`  ${hint}`);
      return lines.join("\n");
    })
    .join("\n");
}

function printErrors(diagnostics: readonly Diagnostic[]): string {
  return diagnostics
    .filter(({ severity }) => severity === "error")
    .map(({ code, span }) => `${placeOf(span)} ${code}`)
    .join("\n");
}

function placeOf(span: Diagnostic["span"]): string {
  const { source, start } = outermostSpan(span);
  const { line, column } = positionAt(source.text, start);
  return `${line}:${column}`;
}

/** A case starts with `# title`; its query ends at the first `==> section`; a blank line ends a section. */
function readCases(text: string): readonly SpecCase[] {
  return text
    .split(/^# /m)
    .slice(1)
    .map((part) => {
      const [head = "", ...rest] = part.split(/^==> /m);
      const [title = "", ...queryLines] = head.replace(/\n$/, "").split("\n");
      const sections = rest.map((section) => {
        const [name = "", ...lines] = section.split("\n");
        if (!sectionNames.includes(name)) throw new Error(`unknown section ${name} in: ${title}`);
        return { name, text: lines.join("\n").trimEnd() };
      });
      return { title, query: queryLines.join("\n"), sections };
    });
}

function printCase({ title, query, sections }: SpecCase): string {
  const printed = sections.map(
    ({ name, text }) => `==> ${name}\n${text === "" ? "" : `${text}\n`}`,
  );
  return `# ${title}\n${query}\n${printed.join("")}`;
}
