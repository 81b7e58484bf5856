import { ecsSchema } from "@harrier/lang/ecs";
import { printPredicate } from "@harrier/lang/ir";
import { type Diagnostic, formatDiagnosticLine, type Source } from "@harrier/lang/text";
import { parseInstant } from "@harrier/lang/values";
import { describe, expect, test } from "vitest";
import { type Rule, ruleTypes, type ThreatMatch } from "../rules/index.ts";
import { adHocRule, type CompileOptions, checkCost, compileRule } from "./index.ts";

const options: CompileOptions = { schema: ecsSchema, strictFields: false };

function compile(query: string, changes: Partial<Rule> = {}, more: Partial<CompileOptions> = {}) {
  return compileRule({ ...adHocRule(query), ...changes }, { ...options, ...more });
}

/** A rule of another type around a query in KQL. */
function compileOther(query: string, changes: Partial<Rule>, more: Partial<CompileOptions> = {}) {
  return compile(query, { language: "kuery", ...changes }, more);
}

function messagesOf({ diagnostics }: { readonly diagnostics: readonly Diagnostic[] }) {
  return diagnostics.map(({ severity, code, message }) => `${severity} ${code}: ${message}`);
}

test("types that can't run say why", () => {
  const reasons = ruleTypes.map((type) => [type, compile("any where true", { type }).unsupported]);
  expect(Object.fromEntries(reasons.filter(([, reason]) => reason !== undefined))).toEqual({
    esql: "not yet supported: queries in ES|QL",
    machine_learning: "needs a machine-learning job",
  });
  expect(compile("any where true", { type: "esql" }).plan).toBeUndefined();
});

const sh = { meta: {}, query: { term: { "process.name": "sh" } } };

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

  test("filters choose the events of every step", () => {
    const query = `sequence by host.id with maxspan=1m
      [process where true] ![file where true] [any where true]
      until [network where true]`;
    const { plan } = compile(query, { filters: [sh] });
    if (plan?.kind !== "sequence") throw new Error("no sequence");
    const steps = [...plan.steps, ...(plan.until === undefined ? [] : [plan.until])];
    expect(steps.map(({ condition }) => printPredicate(condition))).toEqual([
      '(all (== event.category "process") (== process.name "sh"))',
      '(all (== event.category "file") (== process.name "sh"))',
      '(== process.name "sh")',
      '(all (== event.category "network") (== process.name "sh"))',
    ]);
    expect(plan.steps.map(({ missing }) => missing)).toEqual([false, true, false]);
  });

  test("filters on single events and samples; a disabled one changes nothing", () => {
    const single = compile("process where true", { filters: [sh] }).plan;
    expect(single).toMatchObject({ kind: "event", condition: { kind: "all" } });
    const sample = compile("sample by host.id [process where true] [file where true]", {
      filters: [{ meta: { negate: true }, query: { term: { "process.name": "sh" } } }],
    }).plan;
    expect(
      sample?.kind === "sample" && sample.steps.map(({ condition }) => condition),
    ).toMatchObject([
      { kind: "all", of: [{}, { kind: "not" }] },
      { kind: "all", of: [{}, { kind: "not" }] },
    ]);
    const disabled = [{ meta: { disabled: true }, query: { nonsense: {} } }];
    expect(compile("process where true", { filters: disabled }).plan).toEqual(
      compile("process where true").plan,
    );
  });

  test("a filter that is not understood keeps the rule from running", () => {
    const compiled = compile("process where true", { filters: [{ query: { nonsense: {} } }] });
    expect(compiled.plan).toBeUndefined();
    expect(messagesOf(compiled)).toEqual([
      "error filter/unsupported: the clause `nonsense` is not supported",
    ]);
  });

  test("a rule without a query is a finding", () => {
    const { query: _, ...rule } = adHocRule("any where true");
    const { plan, diagnostics } = compileRule(rule, options);
    expect(plan).toBeUndefined();
    expect(diagnostics).toHaveLength(1);
  });
});

describe("queries in KQL and Lucene", () => {
  test("an event must meet the query and all filters", () => {
    const filters = [sh, { meta: { negate: true }, query: { exists: { field: "user.name" } } }];
    const { plan } = compileOther("host.name: a", { type: "query", filters });
    expect(plan).toMatchObject({ kind: "event", pipes: [] });
    expect(plan?.kind === "event" && printPredicate(plan.condition)).toBe(
      '(all (== host.name "a") (== process.name "sh") (not (exists user.name)))',
    );
  });

  test("Lucene's language, where the rule says so", () => {
    const { plan } = compileOther("host.name:a AND NOT process.name:b", {
      type: "query",
      language: "lucene",
    });
    expect(plan?.kind === "event" && printPredicate(plan.condition)).toBe(
      '(all (== host.name "a") (not (== process.name "b")))',
    );
  });

  test.each(["", "  \n"])("an empty query is every event: %j", (query) => {
    const { plan } = compileOther(query, { type: "query" });
    expect(plan).toMatchObject({ condition: { kind: "constant", value: true } });
    const { query: _, ...rule } = adHocRule("");
    expect(compileRule({ ...rule, type: "query" }, options).plan).toEqual(plan);
  });

  test("everything wrong with query and filters is told", () => {
    const filters = [{ query: { nonsense: {} } }];
    const compiled = compileOther("host.name: (a or", { type: "query", filters });
    expect(compiled.plan).toBeUndefined();
    expect(compiled.diagnostics.map(({ code }) => code)).toEqual([
      "kql/syntax",
      "filter/unsupported",
    ]);
  });

  test("a stored query is the copy that the rule has", () => {
    const changes = { type: "saved_query", savedId: "q1" } as const;
    expect(compileOther("host.name: a", changes).plan).toEqual(
      compileOther("host.name: a", { type: "query" }).plan,
    );
    const { query: _, ...rule } = { ...adHocRule(""), ...changes };
    expect(messagesOf(compileRule(rule, options))).toEqual([
      "error rule/missing-field: the stored query `q1` is not in the file, and the rule has no `query` of its own",
    ]);
  });
});

describe("thresholds", () => {
  const type = "threshold";

  test("fields have their types", () => {
    const threshold = {
      fields: ["source.ip", "host.name"],
      value: 7,
      cardinality: { field: "destination.port", value: 3 },
    };
    expect(compileOther("host.name: a", { type, threshold }).plan).toEqual({
      kind: "threshold",
      condition: {
        kind: "equals",
        field: { path: "host.name", type: "keyword" },
        values: ["a"],
        fold: false,
      },
      groupBy: [
        { path: "source.ip", type: "ip" },
        { path: "host.name", type: "keyword" },
      ],
      count: 7,
      cardinality: { field: { path: "destination.port", type: "long" }, count: 3 },
    });
  });

  test("no fields, and different values all the same", () => {
    const cardinality = { field: "user.name", value: 2 };
    const { plan } = compileOther("", { type, threshold: { fields: [], value: 1, cardinality } });
    expect(plan).toMatchObject({
      groupBy: [],
      count: 1,
      cardinality: { field: { path: "user.name" }, count: 2 },
    });
  });

  test("values are taken whole, whichever form of a field is named", () => {
    const threshold = { fields: ["process.name.caseless", "message"], value: 1 };
    expect(compileOther("", { type, threshold }).plan).toMatchObject({
      groupBy: [
        { path: "process.name", type: "keyword" },
        { path: "message", type: "keyword" },
      ],
    });
  });

  test("an unknown field is a warning, or an error where that is asked for; an object is an error", () => {
    const unknown = { type, threshold: { fields: ["host.nmae"], value: 1 } } as const;
    const lenient = compileOther("", unknown);
    expect(lenient.plan).toMatchObject({ groupBy: [{ path: "host.nmae", type: "unknown" }] });
    expect(messagesOf(lenient)).toEqual([
      "warning rule/unknown-field: there is no field `host.nmae`",
    ]);
    expect(lenient.diagnostics[0]?.hint).toBe("did you mean `host.name`?");
    expect(compileOther("", unknown, { strictFields: true }).plan).toBeUndefined();
    const object = compileOther("", { type, threshold: { fields: ["host"], value: 1 } });
    expect(object.plan).toBeUndefined();
    expect(messagesOf(object)).toEqual([
      "error rule/unusable-field: `host` is an object, which has no value of its own",
    ]);
  });
});

test("new terms have their fields and their history", () => {
  const newTerms = { fields: ["user.name", "source.ip"], historyWindowStart: "now-7d" };
  expect(compileOther("", { type: "new_terms", newTerms }).plan).toEqual({
    kind: "new_terms",
    condition: { kind: "constant", value: true },
    fields: [
      { path: "user.name", type: "keyword" },
      { path: "source.ip", type: "ip" },
    ],
    historyWindowStart: "now-7d",
  });
});

describe("indicators", () => {
  const threatMatch: ThreatMatch = {
    query: { name: "threat", text: "event.kind: enrichment" },
    language: "kuery",
    filters: [{ query: { match_phrase: { "event.module": "threatintel" } } }],
    index: ["ti-*"],
    mapping: [
      [
        { field: "source.ip", value: "threat.indicator.ip", negate: false },
        { field: "host.name", value: "threat.indicator.name", negate: true },
      ],
      [{ field: "file.hash.md5", value: "threat.indicator.file.hash.md5", negate: false }],
    ],
    indicatorPath: "threat.indicator",
  };

  test("have their own query and filters, and a mapping with types on both sides", () => {
    const { plan } = compileOther("source.ip: *", { type: "threat_match", threatMatch });
    if (plan?.kind !== "threat_match") throw new Error("no plan");
    expect(printPredicate(plan.condition)).toBe("(exists source.ip)");
    expect(printPredicate(plan.indicatorCondition)).toBe(
      '(all (== event.kind "enrichment") (== event.module "threatintel"))',
    );
    expect(plan.items).toEqual([
      [
        {
          field: { path: "source.ip", type: "ip" },
          indicatorField: { path: "threat.indicator.ip", type: "ip" },
          negate: false,
        },
        {
          field: { path: "host.name", type: "keyword" },
          indicatorField: { path: "threat.indicator.name", type: "keyword" },
          negate: true,
        },
      ],
      [
        {
          field: { path: "file.hash.md5", type: "keyword" },
          indicatorField: { path: "threat.indicator.file.hash.md5", type: "keyword" },
          negate: false,
        },
      ],
    ]);
    expect(plan.indicatorPath).toBe("threat.indicator");
  });

  test("a star in a mapped name is an ordinary character", () => {
    const mapping = [[{ field: "file.hash.*", value: "threat.indicator.ip", negate: false }]];
    const compiled = compileOther("", {
      type: "threat_match",
      threatMatch: { ...threatMatch, mapping },
    });
    expect(compiled.plan).toMatchObject({
      items: [[{ field: { path: "file.hash.*", type: "unknown" } }]],
    });
    expect(messagesOf(compiled)).toEqual([
      "warning rule/unknown-field: there is no field `file.hash.*`",
    ]);
  });

  test("a query of theirs that is none keeps the rule from running", () => {
    const query = { name: "threat", text: "a: (" };
    const compiled = compileOther("", {
      type: "threat_match",
      threatMatch: { ...threatMatch, query },
    });
    expect(compiled.plan).toBeUndefined();
    expect(compiled.diagnostics.map(({ code, span }) => [code, span.source.name])).toEqual([
      ["kql/syntax", "threat"],
    ]);
  });
});

test("an ad hoc rule has the same id for the same query", () => {
  const first = adHocRule("any where true");
  expect(first).toEqual({ ...adHocRule("any where true"), spanOf: first.spanOf });
  expect(first.ruleId).not.toBe(adHocRule("any where false").ruleId);
  expect(first).toMatchObject({ type: "eql", index: [], severity: "low" });
});

describe("regular expressions", () => {
  const regexps = (patterns: readonly string[]): Partial<Rule> => ({
    type: "query",
    language: "kuery",
    filters: patterns.map((value) => ({ meta: {}, query: { regexp: { "process.name": value } } })),
  });

  test("that all together are too large for a rule keep it from running", () => {
    // Each is 10,000 and its digits and one for the sequence: 10 of 10,002, 31 of 10,003.
    const large = Array.from({ length: 41 }, (_, index) => `[ab]{1,9999}${index}`);
    const ofEql = `any where ${large.map((each) => `process.name regex "${each}"`).join(" or ")}`;
    for (const compiled of [compile(ofEql), compileOther("", regexps(large))]) {
      expect(compiled.plan).toBeUndefined();
      expect(messagesOf(compiled)).toEqual([
        "error rule/too-large: the regular expressions of the rule come to 410,113 characters once their repetitions are written out",
      ]);
    }
    expect(compileOther("", regexps(large.slice(2))).plan).toBeDefined();
  });

  test.each([
    [
      "(a{200}){200}",
      "the pattern is larger than 20000 characters once its repetitions are written out",
    ],
    ["a".repeat(10_001), "the pattern is longer than 10000 characters"],
    ["~(.*a.{2000})", "the operator needs an automaton of more than 10,000 states"],
  ])("of a filter are refused like those of a query", (pattern, message) => {
    const inFilter = compileOther("", regexps([pattern]));
    expect(messagesOf(inFilter)).toEqual([`error filter/bad-value: ${message}`]);
    expect(inFilter.plan).toBeUndefined();
    expect(messagesOf(compile(`any where process.name regex "${pattern}"`))).toEqual([
      `error eql/regex: ${message}`,
    ]);
    expect(
      messagesOf(compileOther(`process.name:/${pattern}/`, { type: "query", language: "lucene" })),
    ).toEqual([`error lucene/regex: ${message}`]);
  });
});

describe("the cost of a rule", () => {
  const placesOf = (query: string, changes: Partial<Rule> = {}) =>
    checkCost(compile(query, changes)).map(({ code, severity, span: { source, start, end } }) => {
      return `${severity} ${code} ${source.text.slice(start, end)}`;
    });
  const kql: Partial<Rule> = { type: "query", language: "kuery" };

  test.each([
    ["any where true", "any where true"],
    ['\n  any where\n  not process.name : "a"', "any where"],
    ['any where process.name != "a" or true', 'any where process.name != "a" or true'],
    ["sequence [process where true] [any where user.id == null]", ""],
  ])("%j asks for nothing that is there", (query, shown) => {
    expect(placesOf(query)).toEqual([`note rule/always-evaluated ${shown || query}`]);
  });

  test("a query in KQL, too", () => {
    expect(placesOf('not event.action: "x"', kql)).toEqual([
      'note rule/always-evaluated not event.action: "x"',
    ]);
    expect(placesOf("", { ...kql })).toHaveLength(1);
    expect(placesOf('not event.action: "x" and event.kind: *', kql)).toEqual([]);
  });

  test.each([
    "process where true",
    'any where not process.name : "a" and user.id != null',
    "any where length(process.name) > 3",
    'any where process.name : "a" or stringContains(process.args, user.name)',
    "process where process.nmae",
  ])("%j does not", (query) => {
    expect(placesOf(query)).toEqual([]);
  });
});
