import { ecsSchema } from "@harrier/lang/ecs";
import { formatDiagnosticLine, type Source } from "@harrier/lang/text";
import { parseInstant } from "@harrier/lang/values";
import { describe, expect, test } from "vitest";
import { type Rule, ruleTypes } from "../rules/index.ts";
import { adHocRule, type CompileOptions, compileRule } from "./index.ts";

const options: CompileOptions = { schema: ecsSchema, strictFields: false };

function compile(query: string, changes: Partial<Rule> = {}, more: Partial<CompileOptions> = {}) {
  return compileRule({ ...adHocRule(query), ...changes }, { ...options, ...more });
}

test("EQL runs, and every other type says why it does not", () => {
  const reasons = ruleTypes.map((type) => [type, compile("any where true", { type }).unsupported]);
  expect(Object.fromEntries(reasons)).toEqual({
    query: "not yet supported: queries in KQL or Lucene",
    saved_query: "not yet supported: queries in KQL or Lucene",
    eql: undefined,
    esql: "not yet supported: queries in ES|QL",
    threshold: "not yet supported: counting events by field",
    threat_match: "not yet supported: comparing events with indicators",
    new_terms: "not yet supported: values that were never seen before",
    machine_learning: "needs a machine-learning job",
  });
  expect(compile("any where true", { type: "esql" }).plan).toBeUndefined();
});

describe("EQL", () => {
  test("each kind of query has its plan", () => {
    expect(compile("process where true").plan?.kind).toBe("event");
    expect(compile("sequence [process where true] [file where true]").plan?.kind).toBe("sequence");
    const sample = "sample by host.id [process where true] [file where true]";
    expect(compile(sample).plan?.kind).toBe("sample");
  });

  test("the event category is looked for where the rule says", () => {
    const { plan } = compile("start where true", { eventCategoryOverride: "event.type" });
    expect(JSON.stringify(plan)).toContain('"event.type"');
    expect(JSON.stringify(plan)).not.toContain('"event.category"');
  });

  test("a finding about the query points into the rule's file", () => {
    const file: Source = { name: "rules/x.toml", text: 'name = "x"\nquery = "process where"\n' };
    const start = file.text.indexOf("process");
    const query: Source = {
      name: "query",
      text: "process where",
      embedded: { in: file, offsetOf: (offset) => start + offset },
    };
    const { plan, diagnostics } = compile("", { query });
    expect(plan).toBeUndefined();
    expect(diagnostics.map(formatDiagnosticLine)[0]).toMatch(/^rules\/x\.toml:2:\d+: error\[eql\//);
  });

  test("unknown fields are warnings, or errors where that is asked for", () => {
    const query = "process where my.own.field == 1";
    expect(compile(query).plan).toBeDefined();
    expect(compile(query).diagnostics.map(({ severity }) => severity)).toEqual(["warning"]);
    const strict = compile(query, {}, { strictFields: true });
    expect(strict.plan).toBeUndefined();
    expect(strict.diagnostics.map(({ severity }) => severity)).toEqual(["error"]);
  });

  test("`now` is what the caller says", () => {
    const query = `process where process.start >= "now-1d"`;
    const now = parseInstant("2026-05-02T00:00:00Z") ?? 0n;
    expect(compile(query, {}, { now }).plan).toMatchObject({
      condition: { of: [{}, { above: { value: parseInstant("2026-05-01T00:00:00Z") } }] },
    });
  });

  test("a rule without a query is a finding", () => {
    const { query: _, ...rule } = adHocRule("any where true");
    const { plan, diagnostics } = compileRule(rule, options);
    expect(plan).toBeUndefined();
    expect(diagnostics).toHaveLength(1);
  });
});

test("an ad hoc rule has the same id for the same query", () => {
  const first = adHocRule("any where true");
  expect(first).toEqual({ ...adHocRule("any where true"), spanOf: first.spanOf });
  expect(first.ruleId).not.toBe(adHocRule("any where false").ruleId);
  expect(first).toMatchObject({ type: "eql", index: [], severity: "low" });
});
