import { schemaFrom } from "@harrier/lang/ecs";
import { type Predicate, printPredicate, simplify } from "@harrier/lang/ir";
import { type EventDocument, evaluatePredicate } from "@harrier/lang/match";
import { parseInstant } from "@harrier/lang/values";
import { describe, expect, test } from "vitest";
import type { ValuePath } from "../../rules/index.ts";
import { compileFilters } from "./compile-filters.ts";

const schema = schemaFrom({
  "host.name": "keyword",
  "process.name": "keyword",
  "process.args": "keyword",
  "process.pid": "long",
  "file.path": "keyword",
  "file.size": "long",
  "source.ip": "ip",
  "event.created": "date",
  "event.ok": "boolean",
  "source.geo": "unsupported",
  message: "text",
  "dll.signatures": "nested",
  "dll.signatures.subject": "keyword",
  "dll.signatures.trusted": "boolean",
});

function compile(filters: readonly unknown[], strictFields = false) {
  const places: ValuePath[] = [];
  const source = { name: "rule", text: "" };
  const compiled = compileFilters(filters, {
    schema,
    strictFields,
    now: parseInstant("2026-05-02T12:00:00Z") ?? 0n,
    path: ["filters"],
    spanOf: (path) => {
      places.push(path);
      return { source, start: 0, end: 0 };
    },
  });
  const found = compiled.diagnostics.map(({ severity, code, message }, index) => {
    return { severity, code, message, at: (places[index] ?? []).slice(1).join(" ") };
  });
  return { ...compiled, found };
}

/** The condition of one clause of the DSL, which must be sound. */
function conditionOf(query: unknown, meta: object = {}): Predicate {
  const { predicate, found } = compile([{ meta, query }]);
  expect(found.filter(({ severity }) => severity === "error")).toEqual([]);
  if (predicate === undefined) throw new Error("no condition");
  return predicate;
}

function printed(query: unknown): string {
  return printPredicate(simplify(conditionOf(query)));
}

function holds(query: unknown, document: EventDocument): boolean {
  return evaluatePredicate(conditionOf(query), document);
}

describe("filters", () => {
  test("none at all let every event through", () => {
    expect(compile([]).predicate).toEqual({ kind: "constant", value: true });
  });

  test("all must hold; a disabled one does not count, whatever is in it", () => {
    const { predicate } = compile([
      { query: { term: { "host.name": "a" } } },
      { meta: { disabled: true }, query: { nonsense: 1 } },
      { meta: { disabled: false, negate: true }, query: { exists: { field: "process.name" } } },
    ]);
    expect(predicate && printPredicate(predicate)).toBe(
      '(all (== host.name "a") (not (exists process.name)))',
    );
  });

  test("the DSL stands beside `meta` in old exports", () => {
    const { predicate } = compile([
      {
        meta: { negate: true, key: "a" },
        $state: { store: "appState" },
        exists: { field: "file.path" },
      },
      { match_all: {} },
    ]);
    expect(predicate && printPredicate(predicate)).toBe("(not (exists file.path))");
  });

  test("combined filters", () => {
    const a = { meta: {}, query: { term: { "host.name": "a" } } };
    const b = { meta: { negate: true }, query: { term: { "process.name": "b" } } };
    const off = { meta: { disabled: true }, query: { term: { "process.name": "c" } } };
    const combined = (relation: string, negate = false) => {
      const { predicate } = compile([
        { meta: { type: "combined", relation, params: [a, b, off], negate }, query: {} },
      ]);
      return predicate && printPredicate(predicate);
    };
    expect(combined("AND")).toBe('(all (== host.name "a") (not (== process.name "b")))');
    expect(combined("OR")).toBe('(any (== host.name "a") (not (== process.name "b")))');
    expect(combined("OR", true)).toBe('(not (any (== host.name "a") (not (== process.name "b"))))');
  });
});

describe("clauses of one field", () => {
  test.each([
    ["term", { term: { "host.name": "A" } }, '(== host.name "A")'],
    [
      "term of an object",
      { term: { "host.name": { value: "A", boost: 2 } } },
      '(== host.name "A")',
    ],
    [
      "term without case",
      { term: { "host.name": { value: "A", case_insensitive: true } } },
      '(==~ host.name "A")',
    ],
    ["the caseless form", { term: { "host.name.caseless": "A" } }, '(==~ host.name "A")'],
    ["a number as text", { term: { "process.pid": "4" } }, "(== process.pid 4)"],
    ["a number", { term: { "process.pid": 4 } }, "(== process.pid 4)"],
    ["true", { term: { "event.ok": "true" } }, "(== event.ok true)"],
    ["a block", { term: { "source.ip": "10.0.0.0/8" } }, '(cidrMatch source.ip "10.0.0.0/8")'],
    ["terms", { terms: { "host.name": ["a", "b"], boost: 1 } }, '(== host.name "a" "b")'],
    ["no terms", { terms: { "host.name": [] } }, "false"],
    ["match", { match: { "host.name": "a b" } }, '(== host.name "a b")'],
    [
      "match of an object",
      { match: { "host.name": { query: "a", operator: "and" } } },
      '(== host.name "a")',
    ],
    ["phrase", { match_phrase: { "host.name": "a b" } }, '(== host.name "a b")'],
    [
      "old phrase",
      { match: { "host.name": { query: "a", type: "phrase" } } },
      '(== host.name "a")',
    ],
    [
      "a text that is no number, leniently",
      { match: { "process.pid": { query: "x", lenient: true } } },
      "false",
    ],
    ["prefix", { prefix: { "file.path": "/srv/" } }, '(like file.path "/srv/*")'],
    [
      "prefix with a star",
      { prefix: { "file.path": { value: "a*" } } },
      String.raw`(regex file.path "a\\*.*")`,
    ],
    ["wildcard", { wildcard: { "file.path": "/srv/*.s?" } }, '(like file.path "/srv/*.s?")'],
    [
      "wildcard without case",
      { wildcard: { "file.path": { case_insensitive: true, value: String.raw`C:\\Temp\\*` } } },
      String.raw`(like~ file.path "C:\\Temp\\*")`,
    ],
    [
      "wildcard in its old key",
      { wildcard: { "file.path": { wildcard: "a*" } } },
      '(like file.path "a*")',
    ],
    [
      "a pattern without wildcards",
      { wildcard: { "file.path": String.raw`a\*b` } },
      '(== file.path "a*b")',
    ],
    ["regexp", { regexp: { "process.name": "(nc|ncat).*" } }, '(regex process.name "(nc|ncat).*")'],
    [
      "regexp with its flags",
      { regexp: { "process.name": { value: "a", flags: "ALL" } } },
      '(regex process.name "a")',
    ],
    [
      "range",
      { range: { "process.pid": { gte: 5, lt: "9", boost: 1 } } },
      "(range process.pid >= 5 < 9)",
    ],
    [
      "old range",
      { range: { "process.pid": { from: 5, to: 9, include_upper: false } } },
      "(range process.pid >= 5 < 9)",
    ],
    [
      "a bound that is null",
      { range: { "process.pid": { gt: 5, lt: null } } },
      "(range process.pid > 5)",
    ],
    ["no bounds", { range: { "process.pid": {} } }, "(exists process.pid)"],
    ["exists", { exists: { field: "process.name" } }, "(exists process.name)"],
    ["exists of a form", { exists: { field: "process.name.text" } }, "(exists process.name)"],
    [
      "exists of a pattern",
      { exists: { field: "process.*" } },
      "(any (exists process.name) (exists process.args) (exists process.pid))",
    ],
    ["ids", { ids: { values: ["a1", "b2"] } }, '(== _id "a1" "b2")'],
    ["no ids", { ids: { values: [] } }, "false"],
    ["match_all", { match_all: { boost: 1 } }, "true"],
    ["match_none", { match_none: {} }, "false"],
  ])("%s", (_, query, expected) => {
    expect(printed(query)).toBe(expected);
  });

  test("dates round by their precision, and know `now`", () => {
    const between = (bounds: object) => ({ range: { "event.created": bounds } });
    const at = (time: string) => ({ event: { created: time } });
    expect(
      holds(between({ gte: "2026-05-01", lte: "2026-05-01" }), at("2026-05-01T23:59:59.999Z")),
    ).toBe(true);
    expect(holds(between({ gt: "2026-05-01" }), at("2026-05-01T23:59:59.999Z"))).toBe(false);
    expect(holds(between({ gte: "now-1d/d" }), at("2026-05-01T00:00:00Z"))).toBe(true);
    expect(holds(between({ gte: "now-1d/d" }), at("2026-04-30T23:59:59Z"))).toBe(false);
    const format = { gte: 1777593600000, format: "epoch_millis", time_zone: "UTC" };
    expect(holds(between(format), at("2026-05-01T00:00:00Z"))).toBe(true);
    expect(holds({ term: { "event.created": "2026-05-01" } }, at("2026-05-01T10:00:00Z"))).toBe(
      true,
    );
  });

  test("one value must lie between both bounds", () => {
    const range = { range: { "process.pid": { gt: 5, lt: 9 } } };
    expect(holds(range, { process: { pid: [3, 12] } })).toBe(false);
    expect(holds(range, { process: { pid: [3, 7] } })).toBe(true);
  });

  test("a backslash takes the meaning of a star", () => {
    const star = { wildcard: { "file.path": String.raw`C:\\Users\\\*\\upd.*` } };
    expect(holds(star, { file: { path: String.raw`C:\Users\*\upd.exe` } })).toBe(true);
    expect(holds(star, { file: { path: String.raw`C:\Users\li\upd.exe` } })).toBe(false);
  });

  test("a negated filter holds where the field is missing", () => {
    const negated = conditionOf({ wildcard: { "file.path": "/srv/*" } }, { negate: true });
    expect(evaluatePredicate(negated, {})).toBe(true);
    expect(evaluatePredicate(negated, { file: { path: ["/usr/a", "/srv/a"] } })).toBe(false);
  });
});

describe("texts", () => {
  const document = { message: "Connection REFUSED by peer 10.0.0.1" };

  test.each([
    ["some word", { match: { message: "refused nothing" } }, true],
    ["all words", { match: { message: { query: "peer refused", operator: "and" } } }, true],
    ["not all words", { match: { message: { query: "refused nothing", operator: "AND" } } }, false],
    ["words in a row", { match_phrase: { message: "refused BY peer" } }, true],
    ["words in another order", { match_phrase: { message: "by refused" } }, false],
    ["no word", { match: { message: "..." } }, false],
    [
      "no word, but all then",
      { match: { message: { query: "...", zero_terms_query: "all" } } },
      true,
    ],
    ["a word as it is", { term: { message: "refused" } }, true],
    ["a word in the wrong case", { term: { message: "REFUSED" } }, false],
    [
      "a word without case",
      { term: { message: { value: "REFUSED", case_insensitive: true } } },
      true,
    ],
    ["words in a list", { terms: { message: ["nothing", "peer"] } }, true],
    ["a pattern of a word", { wildcard: { message: "REF*" } }, true],
    ["a pattern of several words", { wildcard: { message: "refused by*" } }, false],
    ["the start of a word", { prefix: { message: "conn" } }, true],
    ["the text form of a keyword", { match: { "host.name.text": "some" } }, false],
  ])("%s: %j is %s", (_, query, expected) => {
    expect(holds(query, document)).toBe(expected);
  });

  test("the text form of a keyword looks at words", () => {
    expect(
      holds({ match: { "process.args.text": "HTTP" } }, { process: { args: ["/url http"] } }),
    ).toBe(true);
  });
});

describe("bool", () => {
  const a = { term: { "host.name": "a" } };
  const b = { term: { "process.name": "b" } };
  const c = { exists: { field: "file.path" } };

  test.each([
    ["nothing", {}, "true"],
    ["must and filter", { must: [a], filter: b }, '(all (== host.name "a") (== process.name "b"))'],
    [
      "must_not",
      { must_not: [a, b] },
      '(all (not (== host.name "a")) (not (== process.name "b")))',
    ],
    [
      "should alone asks for one",
      { should: [a, b] },
      '(any (== host.name "a") (== process.name "b"))',
    ],
    ["should beside must asks for none", { must: [c], should: [a, b] }, "(exists file.path)"],
    [
      "unless it says so",
      { must: [c], should: [a, b], minimum_should_match: 1 },
      '(all (exists file.path) (any (== host.name "a") (== process.name "b")))',
    ],
    [
      "all of them",
      { should: [a, b], minimum_should_match: "100%" },
      '(all (== host.name "a") (== process.name "b"))',
    ],
    [
      "all but none",
      { should: [a, b], minimum_should_match: -1 },
      '(any (== host.name "a") (== process.name "b"))',
    ],
    ["none of them", { should: [a, b], minimum_should_match: 0 }, "true"],
    ["more than there are", { must: [c], should: [a], minimum_should_match: 2 }, "false"],
    ["a minimum of nothing", { must: [], should: [], minimum_should_match: 1 }, "true"],
    ["in each other", { must: [{ bool: { must_not: a } }] }, '(not (== host.name "a"))'],
  ])("%s", (_, body, expected) => {
    expect(printed({ bool: body })).toBe(expected);
  });
});

describe("query_string", () => {
  test("is a query in Lucene's language", () => {
    const query = {
      query_string: {
        query: "host.name:a AND NOT process.name:(b OR c*)",
        analyze_wildcard: true,
        default_field: "*",
      },
    };
    expect(holds(query, { host: { name: "a" }, process: { name: "d" } })).toBe(true);
    expect(holds(query, { host: { name: "a" }, process: { name: "cc" } })).toBe(false);
    expect(holds(query, { host: { name: "b" } })).toBe(false);
  });

  test("without a text it means nothing", () => {
    expect(printed({ query_string: { query: " " } })).toBe("false");
  });

  test.each([
    [
      { query: "a", default_operator: "AND" },
      "`default_operator` is `AND`, which is not supported",
      "default_operator",
    ],
    [{ query: "a", fuzziness: "AUTO" }, "the option `fuzziness` is not supported", "fuzziness"],
    [{ query: 5 }, "`query` is a number, expected a text", "query"],
  ])("%j", (body, message, at) => {
    const { predicate, found } = compile([{ query: { query_string: body } }]);
    expect(found).toMatchObject([{ message, at: `0 query query_string ${at}` }]);
    expect(predicate).toBeUndefined();
  });

  test("a text that is none is told at its place", () => {
    const { predicate, found } = compile([{ query: { query_string: { query: "host.name:(a" } } }]);
    expect(predicate).toBeUndefined();
    expect(found).toMatchObject([{ code: "lucene/syntax", at: "0 query query_string query" }]);
  });
});

describe("nested", () => {
  const document = {
    dll: {
      signatures: [
        { subject: "A", trusted: false },
        { subject: "B", trusted: true },
      ],
    },
  };
  const both = (subject: string) => ({
    nested: {
      path: "dll.signatures",
      query: {
        bool: {
          filter: [
            { term: { "dll.signatures.subject": subject } },
            { term: { "dll.signatures.trusted": true } },
          ],
        },
      },
      score_mode: "none",
    },
  });

  test("one object meets all of it", () => {
    expect(holds(both("B"), document)).toBe(true);
    expect(holds(both("A"), document)).toBe(false);
  });

  test("a clause by itself looks into the object", () => {
    expect(holds({ match_phrase: { "dll.signatures.subject": "A" } }, document)).toBe(true);
    expect(holds({ exists: { field: "dll.signatures.subject" } }, document)).toBe(true);
    expect(holds({ exists: { field: "dll.signatures" } }, document)).toBe(true);
    expect(holds({ exists: { field: "dll" } }, document)).toBe(true);
    expect(holds({ exists: { field: "dll" } }, { host: { name: "a" } })).toBe(false);
  });
});

describe("what can't be", () => {
  test.each([
    [{ fuzzy: { a: "b" } }, "the clause `fuzzy` is not supported", "query fuzzy"],
    [{ script: { script: "true" } }, "the clause `script` is not supported", "query script"],
    [{}, "the filter has no clause, expected one", "query"],
    [
      { term: { a: 1 }, exists: {} },
      "the filter has 2 clauses in one object, expected one",
      "query",
    ],
    ["process.name: a", "`query` is a text, expected an object with one clause", "query"],
    [
      { match: { "host.name": { query: "a", fuzziness: "AUTO" } } },
      "the option `fuzziness` is not supported",
      "query match host.name fuzziness",
    ],
    [
      { match: { "host.name": { query: "a", operator: "xor" } } },
      "`operator` is `xor`, which is not supported",
      "query match host.name operator",
    ],
    [
      { match_phrase: { message: { query: "a b", slop: 2 } } },
      "`slop`, words between words, is not supported",
      "query match_phrase message slop",
    ],
    [{ term: {} }, "the clause names no field", "query term"],
    [
      { term: { "host.name": "a", "process.name": "b" } },
      "the clause names more than one field",
      "query term",
    ],
    [
      { term: { "host.name": { value: { a: 1 } } } },
      "`value` is an object, expected a text, a number, true or false",
      "query term host.name value",
    ],
    [
      { term: { "host.name": null } },
      "`host.name` is null, expected a text, a number, true or false",
      "query term host.name",
    ],
    [
      { terms: { "host.name": { index: "i", id: "1", path: "p" } } },
      "`host.name` is an object, expected a list of values",
      "query terms host.name",
    ],
    [{ term: { "process.pid": "x" } }, 'a long field cannot take "x"', "query term process.pid"],
    [
      { terms: { "source.ip": ["10.0.0.1", "x"] } },
      '"x" is no IP address',
      "query terms source.ip 1",
    ],
    [
      { wildcard: { "process.pid": "4*" } },
      "`process.pid` holds long values, which have no patterns",
      "query wildcard process.pid",
    ],
    [
      { wildcard: { "file.path": { value: 5 } } },
      "`value` is a number, expected a text",
      "query wildcard file.path value",
    ],
    [
      { wildcard: { "file.path": { value: "a", case_insensitive: "yes" } } },
      "`case_insensitive` is a text, expected true or false",
      "query wildcard file.path case_insensitive",
    ],
    [
      { range: { message: { gt: "a" } } },
      "`message` is a text, which has no order",
      "query range message",
    ],
    [
      { range: { "event.created": { gt: "2026", time_zone: "+02:00" } } },
      "`time_zone` is `+02:00`, which is not supported",
      "query range event.created time_zone",
    ],
    [
      { range: { "event.created": { gt: "01/02/2026", format: "dd/MM/yyyy" } } },
      "`format` is `dd/MM/yyyy`, which is not supported",
      "query range event.created format",
    ],
    [
      { range: { "event.ok": { gt: true } } },
      "true and false have no order for `>`",
      "query range event.ok gt",
    ],
    [{ exists: {} }, "`field` is nothing, expected the name of a field", "query exists field"],
    [
      { term: { "source.geo": "a" } },
      "`source.geo` is of a type that no filter can compare",
      "query term source.geo",
    ],
    [
      { term: { process: "a" } },
      "`process` is an object, which has no value of its own",
      "query term process",
    ],
    [
      { bool: { must: [{ term: { "host.name": "a" } }, { zzz: 1 }] } },
      "the clause `zzz` is not supported",
      "query bool must 1 zzz",
    ],
    [
      {
        bool: {
          should: [{ match_all: {} }, { match_all: {} }, { match_all: {} }],
          minimum_should_match: 2,
        },
      },
      "`minimum_should_match` is `2`; only none, one or all of the clauses can be asked for",
      "query bool minimum_should_match",
    ],
    [
      { nested: { path: "process", query: { match_all: {} } } },
      "`process` is no nested object here",
      "query nested path",
    ],
    [
      { nested: { path: "dll.signatures", query: { exists: { field: "host.name" } } } },
      "`host.name` is not among the fields of the nested object `dll.signatures`",
      "query nested query exists field",
    ],
    [
      { nested: { path: "dll.signatures", query: { term: { "host.name": "a" } } } },
      "`host.name` is not among the fields of the nested object `dll.signatures`",
      "query nested query term host.name",
    ],
    [{ ids: { values: [1] } }, "`values` is a list, expected a list of texts", "query ids values"],
  ])("%j", (query, message, at) => {
    const { predicate, found } = compile([{ meta: {}, query }]);
    const errors = found.filter(({ severity }) => severity === "error");
    expect(errors).toMatchObject([{ message, at: `0 ${at}` }]);
    expect(predicate).toBeUndefined();
  });

  test("everything wrong is told, and where", () => {
    const { predicate, found } = compile([
      { meta: {}, query: { zzz: 1 } },
      { meta: {}, query: { bool: { must: [{ yyy: 1 }], must_not: { xxx: 1 } } } },
      { meta: { type: "combined", params: "a" } },
      { meta: { type: "combined", relation: "XOR", params: [] } },
      5,
    ]);
    expect(predicate).toBeUndefined();
    expect(found.map(({ at }) => at)).toEqual([
      "0 query zzz",
      "1 query bool must 0 yyy",
      "1 query bool must_not xxx",
      "2 meta params",
      "3 meta relation",
      "4",
    ]);
  });

  test("a regular expression that is none", () => {
    const { found } = compile([{ query: { regexp: { "process.name": "a(" } } }]);
    expect(found).toMatchObject([{ code: "filter/bad-value", at: "0 query regexp process.name" }]);
  });

  test("an unknown field is a warning, or an error where that is asked for", () => {
    const filters = [{ query: { term: { "process.nmae": "a" } } }];
    const { predicate, found } = compile(filters);
    expect(predicate && printPredicate(predicate)).toBe('(== process.nmae "a")');
    expect(found).toMatchObject([{ severity: "warning", code: "filter/unknown-field" }]);
    expect(compile(filters, true)).toMatchObject({
      predicate: undefined,
      found: [{ severity: "error" }],
    });
  });

  test("clauses beyond all depth", () => {
    let query: unknown = { match_all: {} };
    for (let level = 0; level < 5000; level += 1) query = { bool: { must: query } };
    const { predicate, found } = compile([{ query }]);
    expect(predicate).toBeUndefined();
    expect(found.map(({ message }) => message)).toEqual([
      "the filter nests its clauses too deeply",
    ]);
  });
});
