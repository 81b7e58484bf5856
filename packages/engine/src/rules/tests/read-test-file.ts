import { dirname, resolve } from "node:path";
import { type Diagnostic, hasErrors, type Source } from "@harrier/lang/text";
import { parseInstant } from "@harrier/lang/values";
import { isObject } from "../classify.ts";
import type { FileObject } from "../rule-set.ts";
import { parseToml } from "../toml.ts";
import { type BaseEvents, plain, readEventList } from "./read-events.ts";
import { TableReader, TestSource } from "./table-reader.ts";
import type {
  EventSource,
  Expectation,
  ExpectedAlert,
  RuleTestCase,
  RuleTestFile,
} from "./test-file.ts";

/** What a test file held: the cases that can be run, and what is wrong with it. */
export interface ReadTestFile {
  readonly file: RuleTestFile | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads a test file; `docs/reference/rule-tests.md` has its keys. `rulePath` is the rule that it is for where it does
 * not say. A case with a mistake is left out, with an error; the others stand.
 */
export function readTestFile(source: Source, rulePath: string): ReadTestFile {
  const diagnostics: Diagnostic[] = [];
  const parsed = parseToml(source);
  const [value] = parsed.values;
  if (value === undefined || !isObject(value.value)) {
    return { file: undefined, diagnostics: parsed.diagnostics };
  }
  const file = new TestSource(source, value, (finding) => diagnostics.push(finding));
  const reader = new TableReader(value.value, [], file);
  const beside = (path: string) => resolve(dirname(source.name), path);
  const rule = reader.text("rule");
  const withRules = reader.texts("with_rules").map(beside);
  const now = readTime(reader, "now");
  const baseTable = reader.table("base");
  const bases: BaseEvents = new Map(
    Object.entries(baseTable?.members ?? {}).flatMap(([name, base]) =>
      isObject(base) ? [[name, plain(base)] as const] : [],
    ),
  );
  const cases = reader.tables("case").flatMap((each): RuleTestCase[] => {
    const found: Diagnostic[] = [];
    const own = new TableReader(
      each.members,
      each.path,
      file.reportingTo((finding) => found.push(finding)),
    );
    const read = readCase(own, { bases, beside, now });
    diagnostics.push(...found);
    return hasErrors(found) ? [] : [read];
  });
  if (!Array.isArray(reader.members.case)) {
    reader.report("test/missing-field", "there is no `[[case]]`");
  }
  reader.finish();
  return {
    file: {
      path: source.name,
      rulePath: rule === undefined ? rulePath : beside(rule),
      withRulePaths: withRules,
      cases,
    },
    diagnostics,
  };
}

interface Around {
  readonly bases: BaseEvents;
  readonly beside: (path: string) => string;
  readonly now: string | undefined;
}

function readCase(reader: TableReader, { bases, beside, now: usualNow }: Around): RuleTestCase {
  const name = reader.text("name") ?? "";
  if (name === "") reader.report("test/missing-field", "the case has no `name`");
  const now = readTime(reader, "now") ?? usualNow;
  const indices = reader.text("indices") ?? "any";
  if (indices !== "any" && indices !== "strict") reader.reject("indices", "any or strict");
  const lists = reader.table("value_lists");
  const result: RuleTestCase = {
    name,
    span: reader.span,
    history: readEvents(reader, "history", bases),
    runs: readRuns(reader, bases),
    indicators: readEvents(reader, "indicators", bases),
    exceptions: reader.tables("exception").map(exceptionObject),
    exceptionPaths: reader.texts("exceptions").map(beside),
    valueLists: Object.keys(lists?.members ?? {}).map(
      (list) => `${list}=${beside(lists?.text(list) ?? "")}`,
    ),
    ...(now !== undefined && { now }),
    indices: indices === "strict" ? "strict" : "any",
    keepsMaxSignals: reader.flag("max_signals") === true,
    expected: readExpectation(reader),
  };
  if (result.runs.length === 0) reader.report("test/missing-field", "the case has no `events`");
  reader.finish();
  checkCounts(result, reader);
  return result;
}

function readTime(reader: TableReader, key: string): string | undefined {
  const text = reader.text(key);
  if (text === undefined || parseInstant(text) !== undefined) return text;
  return reader.reject(key, "a time: 2026-03-17T09:00:00Z");
}

/** A list of events, or of lists: what had arrived by each run. One path is a list of one. */
function readRuns(reader: TableReader, bases: BaseEvents): readonly (readonly EventSource[])[] {
  const value = reader.get("events");
  if (value === undefined) return [];
  if (Array.isArray(value) && value.length > 0 && value.every(Array.isArray)) {
    return value.map((list: readonly unknown[], index) =>
      readEventList(list, reader, ["events", index], bases),
    );
  }
  return [readEvents(reader, "events", bases)];
}

function readEvents(reader: TableReader, key: string, bases: BaseEvents): readonly EventSource[] {
  const value = reader.get(key);
  if (value === undefined) return [];
  if (typeof value === "string") return readEventList([value], reader, [key], bases);
  if (Array.isArray(value)) return readEventList(value, reader, [key], bases);
  reader.reject(key, "a list of events, or the path of a file");
  return [];
}

/** An exception item as in a file of exceptions; without `rule_ids` it is the rule's under test. */
function exceptionObject(reader: TableReader): FileObject {
  return {
    value: reader.members,
    form: "short",
    source: reader.span.source,
    spanOf: ([key, ...below]) =>
      key === undefined ? reader.span : reader.spanOf(String(key), ...below),
  };
}

function readExpectation(reader: TableReader): Expectation {
  const match = reader.flag("match");
  const alerts = reader.tables("alert").map(readAlert);
  const counts = readCounts(reader);
  if (match === undefined && counts === undefined && alerts.length === 0) {
    const hint =
      "say `match = true`, `match = false`, `alerts = 2`, or describe them as `[[case.alert]]`";
    reader.report("test/missing-field", "the case expects nothing", reader.span, hint);
  }
  return {
    ...(match !== undefined && { match: { value: match, span: reader.spanOf("match") } }),
    ...(counts !== undefined && { counts }),
    alerts,
  };
}

function readCounts(reader: TableReader): Expectation["counts"] {
  const value = reader.get("alerts");
  if (value === undefined) return undefined;
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  const isCount = (each: unknown): each is number => Number.isInteger(each) && Number(each) >= 0;
  if (!list.every(isCount)) return reader.reject("alerts", "a whole number, or one for each run");
  return { value: list, isList: Array.isArray(value), span: reader.spanOf("alerts") };
}

function readAlert(reader: TableReader): ExpectedAlert {
  const events = reader.get("events");
  const isList = Array.isArray(events) && events.every(Number.isInteger);
  if (events !== undefined && !isList)
    reader.reject("events", "places of events of the case, from 1");
  const absent = reader.texts("absent");
  return {
    span: reader.span,
    ...(isList && { events: { value: events, span: reader.spanOf("events") } }),
    ...(absent.length > 0 && { absent: { value: absent, span: reader.spanOf("absent") } }),
    fields: Object.entries(plain(reader.members))
      .filter(([field]) => field !== "events" && field !== "absent")
      .map(([field, value]) => ({ field, value, span: reader.spanOf(field) })),
  };
}

function checkCounts(
  { runs, expected: { counts, match } }: RuleTestCase,
  reader: TableReader,
): void {
  if (counts === undefined) return;
  if (counts.isList ? counts.value.length !== runs.length : runs.length > 1) {
    const message = `there are ${runs.length} runs: \`alerts\` needs a number for each`;
    reader.report("test/bad-value", message, counts.span);
  }
  const total = counts.value.reduce((sum, each) => sum + each, 0);
  if (match !== undefined && match.value !== total > 0) {
    reader.report("test/bad-value", "`match` and `alerts` contradict each other", match.span);
  }
}
