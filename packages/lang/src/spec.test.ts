/**
 * Runs the language cases in `spec/lang/<language>`: text files of cases, each a title, a query, and what must
 * come of it. Events and fields are those of the language's folder, if it has its own, or of `spec/lang`.
 *
 * - `matches`: ids of events, or for sequences and samples one match a line. Run on the evaluator, the
 *   compiled predicate, the condition set, on objects and on lines, and the whole-list runner.
 * - `rejected`: `line:column code` of every error, with fields strict.
 * - `ast`, `ir`, `print`, `diagnostics`: what the phases give. `SPEC_UPDATE=1` writes these anew.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { printTree } from "../test/print-eql-tree.ts";
import { printKqlTree } from "../test/print-kql-tree.ts";
import { type Schema, schemaFrom } from "./ecs/index.ts";
import { compileEql, printEql } from "./eql/index.ts";
import { type Plan, type Predicate, printPlan, printPredicate } from "./ir/index.ts";
import { compileKql, printKql } from "./kql/index.ts";
import { compileLucene, printLucene } from "./lucene/index.ts";
import {
  ConditionSet,
  compilePredicate,
  type EventDocument,
  evaluatePredicate,
  fieldValues,
  runPlan,
} from "./match/index.ts";
import { type Diagnostic, outermostSpan, positionAt, type Source } from "./text/index.ts";
import { parseInstant } from "./values/index.ts";

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

/** What a query became: `undefined` where the text is no query, or has an error. */
interface Compiled {
  readonly plan: Plan | undefined;
  readonly diagnostics: readonly Diagnostic[];
  readonly sections: {
    readonly ast: string | undefined;
    readonly ir: string | undefined;
    readonly print: string | undefined;
  };
}

type Compile = (source: Source, schema: Schema, strictFields: boolean) => Compiled;

/** What `now` is in dates. */
const now = parseInstant("2026-05-01T12:00:00Z") ?? 0n;

const languages: Readonly<Record<string, Compile>> = {
  eql: (source, schema, strictFields) => {
    const { plan, statement, diagnostics } = compileEql(source, schema, { strictFields });
    const ast = statement && printTree(statement);
    const ir = plan && printPlan(plan);
    const print = statement && printEql(statement);
    return { plan, diagnostics, sections: { ast, ir, print } };
  },
  kql: (source, schema, strictFields) => {
    const { predicate, query, diagnostics } = compileKql(source, schema, { strictFields, now });
    const ast = query && printKqlTree(query);
    const ir = predicate && printPredicate(predicate);
    const print = query && printKql(query);
    const plan = predicate && planOfEvents(predicate);
    return { plan, diagnostics, sections: { ast, ir, print } };
  },
  lucene: (source, schema, strictFields) => {
    const { predicate, query, diagnostics } = compileLucene(source, schema, { strictFields, now });
    const ir = predicate && printPredicate(predicate);
    const print = query && printLucene(query);
    const plan = predicate && planOfEvents(predicate);
    return { plan, diagnostics, sections: { ast: undefined, ir, print } };
  },
};

function planOfEvents(condition: Predicate): Plan {
  return { kind: "event", condition, pipes: [] };
}

const encoder = new TextEncoder();

const readText = (path: string): string => readFileSync(join(folder, path), "utf8");

/** A file of the language's own, or the one that all share. */
function readShared(language: string, name: string): string {
  const own = join(language, name);
  return readText(existsSync(join(folder, own)) ? own : name);
}

const readEvents = (language: string): readonly EventDocument[] =>
  readShared(language, "events.ndjson")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));

const idOf = (event: EventDocument): string => String(fieldValues(event, "event.id")[0]);

for (const [language, compile] of Object.entries(languages)) {
  const schema = schemaFrom(JSON.parse(readShared(language, "fields.json")));
  const events = readEvents(language);
  const run: Run = {
    events,
    compile: (text, isStrict) => compile({ name: "query", text }, schema, isStrict),
  };
  for (const file of readdirSync(join(folder, language)).filter((name) => name.endsWith(".txt"))) {
    describe(`${language}/${basename(file, ".txt")}`, () => {
      const path = join(language, file);
      const cases = readCases(readText(path));
      test.each(cases)("$title", (specCase) => runCase(specCase, run));
      afterAll(() => {
        if (isUpdate) writeFileSync(join(folder, path), cases.map(printCase).join("\n"));
      });
    });
  }
}

interface Run {
  readonly events: readonly EventDocument[];
  readonly compile: (text: string, isStrict: boolean) => Compiled;
}

function runCase({ query, sections }: SpecCase, { compile, events }: Run): void {
  const isStrict = sections.some(({ name }) => name === "rejected");
  const compiled = compile(query, isStrict);
  expect(sections.length, "a case expects something").toBeGreaterThan(0);
  const saysErrors = sections.some(({ name }) => name === "rejected" || name === "diagnostics");
  if (!saysErrors) expect(printFindings(compiled.diagnostics), "findings").toBe("");
  for (const section of sections) {
    const { name, text } = section;
    if (name === "matches") checkMatches(expectDone(compiled.plan, compiled), text, events);
    else if (name === "rejected") expect(printErrors(compiled.diagnostics)).toBe(text);
    else if (isUpdate) section.text = outputOf(name, compiled);
    else expect(outputOf(name, compiled)).toBe(text);
  }
}

function outputOf(name: string, compiled: Compiled): string {
  if (name === "diagnostics") return printFindings(compiled.diagnostics);
  const { ast, ir, print } = compiled.sections;
  return expectDone(name === "ast" ? ast : name === "ir" ? ir : print, compiled);
}

function expectDone<T>(output: T | undefined, { diagnostics }: Compiled): T {
  if (output === undefined) throw new Error(printFindings(diagnostics));
  return output;
}

function checkMatches(plan: Plan, expected: string, events: readonly EventDocument[]): void {
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
  const lineMatcher = set.openLines();
  const matchLine = (event: EventDocument): boolean => {
    const bytes = encoder.encode(JSON.stringify(event));
    return lineMatcher.match(bytes, 0, bytes.length)?.length === 1;
  };
  expect(idsWhere(matchLine), "LineMatcher").toEqual(sorted);
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
