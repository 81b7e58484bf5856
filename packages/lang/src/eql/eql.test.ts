import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { arbitraryStatement, bare } from "../../test/arbitrary-eql.ts";
import { schemaFrom } from "../ecs/index.ts";
import { type Diagnostic, DiagnosticError, hasErrors, type Source } from "../text/index.ts";
import { checkEql, compileEql, type ExpressionNode, parseEql, printEql } from "./index.ts";
import { keywords } from "./token.ts";

const schema = schemaFrom({
  "event.category": "keyword",
  "process.name": "keyword",
  pid: "long",
  flag: "boolean",
});

const sourceOf = (text: string): Source => ({ name: "query", text });
const parse = (text: string) => parseEql(sourceOf(text));
const findingsOf = (text: string): readonly Diagnostic[] =>
  compileEql(sourceOf(text), schema).diagnostics;

function conditionOf(text: string): ExpressionNode {
  const { query } = parse(text);
  if (query.kind !== "event") throw new Error("no event query");
  return query.filter.condition;
}

describe("print", () => {
  test("then parse gives the same tree", () => {
    fc.assert(
      fc.property(arbitraryStatement, (statement) => {
        const text = printEql(statement);
        const again = parse(text);
        expect(bare(again)).toEqual(bare(statement));
        expect(printEql(again)).toBe(text);
      }),
      { numRuns: 200 },
    );
  });
});

describe("size", () => {
  const deepest = 200;
  const nestings: readonly (readonly [string, (levels: number) => string])[] = [
    ["brackets", (n) => `${"(".repeat(n)}true${")".repeat(n)}`],
    ["not", (n) => `${"not ".repeat(n)}true`],
    ["signs", (n) => `${"-".repeat(n)}pid == 1`],
    ["calls", (n) => `${"string(".repeat(n)}pid${")".repeat(n)} == "1"`],
    ["lists", (n) => `${"pid in (".repeat(n)}1${")".repeat(n)}`],
  ];

  test.each(nestings)("%s may be nested so deep and no deeper", (_, write) => {
    const codes = (levels: number) =>
      findingsOf(`any where ${write(levels)}`).map(({ code }) => code);
    expect(codes(deepest)).not.toContain("eql/too-deep");
    expect(codes(deepest + 1)).toEqual(["eql/too-deep"]);
    expect(codes(20_000)).toEqual(["eql/too-deep"]);
  });

  test("arithmetic is bounded, for a chain is a deep tree", () => {
    expect(findingsOf(`any where pid${" + 1".repeat(500)} == 1`)).toEqual([]);
    expect(findingsOf(`any where pid${" + 1".repeat(501)} == 1`)).toMatchObject([
      { code: "eql/too-deep" },
    ]);
  });

  test.each(["and", "or"])("a chain of `%s` may be as long as you like", (op) => {
    const text = `any where pid == 1${` ${op} not pid == 2`.repeat(5_000)}`;
    const { plan, statement, diagnostics } = compileEql(sourceOf(text), schema);
    expect(diagnostics).toEqual([]);
    expect(plan).toMatchObject({
      kind: "event",
      condition: { kind: op === "and" ? "all" : "any" },
    });
    if (statement === undefined) throw new Error("no statement");
    expect(printEql(statement)).toBe(text);
  });

  test("a list may be as long as you like", () => {
    const list = Array.from({ length: 20_000 }, (_, index) => index).join(", ");
    expect(findingsOf(`any where pid in (${list})`)).toEqual([]);
  });

  test("a text of many pieces that nothing can read is read in one go", () => {
    for (const piece of ["`", '"', "'a", '"""', "/*", '?"', "\\", "![", "0.", "\u{1f600}"]) {
      expect(findingsOf(`any where ${piece.repeat(20_000)}`).length).toBeGreaterThan(0);
    }
  });
});

describe("findings", () => {
  const words = [
    ...keywords,
    ..."()[],.:=|?+-*/%<>!~`'\"".split(""),
    ...["![", "==", "!=", "//", "/*", "*/", '"""', '"a*"', "'a'", "pid", "flag", "process.name"],
    ...[
      "runs",
      "head",
      "length(",
      "endsWith~(",
      "1",
      "2.5",
      "5m",
      "\n",
      "\\",
      "\u{d800}",
      "é",
      "@",
    ],
  ];

  test("whatever the text is, compiling gives a plan or errors inside the text", () => {
    const text = fc
      .array(fc.constantFrom(...words), { maxLength: 25 })
      .chain((parts) => fc.constantFrom(parts.join(" "), parts.join("")))
      .chain((body) =>
        fc.constantFrom(body, `process where ${body}`, `sequence [any where true] ${body}`),
      );
    fc.assert(
      fc.property(text, (query) => {
        const { plan, diagnostics } = compileEql(sourceOf(query), schema);
        expect(plan === undefined).toBe(hasErrors(diagnostics));
        for (const { span, labels = [] } of diagnostics) {
          for (const each of [span, ...labels.map((label) => label.span)]) {
            expect(each.start).toBeGreaterThanOrEqual(0);
            expect(each.end).toBeGreaterThanOrEqual(each.start);
            expect(each.end).toBeLessThanOrEqual(query.length);
          }
        }
      }),
      { numRuns: 1000 },
    );
  });

  test("patterns that are each small enough may be too large together", () => {
    const large = `"${"(a|b|c|d|e){900}"}"`;
    const regexOf = (count: number) =>
      findingsOf(`any where process.name regex (${Array(count).fill(large).join(", ")})`);
    expect(regexOf(1)).toEqual([]);
    expect(regexOf(20)).toMatchObject([{ code: "eql/regex", span: { start: 10 } }]);
  });

  test("parseEql throws all of them at once", () => {
    const broken = "sequence [process where a = 1] [process where b = 2]";
    expect(() => parse(broken)).toThrow(DiagnosticError);
    expect(findingsOf(broken).map(({ span }) => span.start)).toEqual([26, 48]);
  });

  test.each([
    ['any where process.name regex "ab["', "["],
    ['any where process.name regex "a\\\\\\u{22}["', "["],
    ['any where process.name regex """a\\.["""', "["],
    ['any where process.name regex "\\\\.\\t["', "["],
    ['any where process.name == "a\\w"', "\\w"],
    ['any where process.name == "\\u{d800}"', "\\u{d800}"],
    ["any where length(process) == 1", "process"],
    ["any where pid in (1, true)", "true"],
    ["any where cidrMatch(null, process.name)", "process.name"],
  ])("%s is labelled at the place inside", (text, place) => {
    const [finding] = findingsOf(text);
    const { start = 0, end = 0 } = finding?.labels?.[0]?.span ?? {};
    expect(text.slice(start, end)).toBe(place);
  });

  test("every code of the room is shown by a case", () => {
    const folder = fileURLToPath(new URL("../../../../spec/lang/eql/", import.meta.url));
    const shown = ["rejected", "syntax", "functions", "types", "names", "wildcards", "strings"]
      .map((topic) => readFileSync(join(folder, `${topic}.txt`), "utf8"))
      .join("\n");
    const codes = readFileSync(new URL("../text/codes.ts", import.meta.url), "utf8").matchAll(
      /"(eql\/[a-z-]+)":/g,
    );
    expect([...codes].map(([, code = ""]) => code).filter((code) => !shown.includes(code))).toEqual(
      [],
    );
  });
});

describe("check", () => {
  test("tells the type of every expression", () => {
    const text = 'any where concat(process.name, pid + 1.5) == "a" and not ?nothing';
    const condition = conditionOf(text);
    if (condition.kind !== "logical") throw new Error("no chain");
    const statement = parse(text);
    const { types, diagnostics } = checkEql(statement, schema);
    expect(diagnostics).toEqual([]);
    const named = [...types].map(([node, type]) => [
      text.slice(node.span.start, node.span.end),
      type,
    ]);
    expect(Object.fromEntries(named)).toEqual({
      "process.name": "string",
      pid: "integer",
      "1.5": "double",
      "pid + 1.5": "double",
      "concat(process.name, pid + 1.5)": "string",
      '"a"': "string",
      'concat(process.name, pid + 1.5) == "a"': "boolean",
      "?nothing": "unknown",
      "not ?nothing": "boolean",
      [text.slice("any where ".length)]: "boolean",
    });
  });

  test("an unknown category field is a warning, and an error where fields are strict", () => {
    const statement = parse("process where pid == 1");
    const options = { categoryField: "event.kategory" };
    const of = (strictFields: boolean) =>
      checkEql(statement, schema, { ...options, strictFields }).diagnostics;
    expect(of(false)).toMatchObject([
      { code: "eql/unknown-field", severity: "warning", hint: "did you mean `event.category`?" },
    ]);
    expect(of(true)).toMatchObject([{ code: "eql/unknown-field", severity: "error" }]);
    expect(checkEql(parse("any where pid == 1"), schema, options).diagnostics).toEqual([]);
  });

  test("`now` is what the options say", () => {
    const dates = schemaFrom({ ts: "date" });
    const now = 1_777_636_800_000_000_000n;
    expect(compileEql(sourceOf('any where ts >= "now-1d"'), dates, { now }).plan).toMatchObject({
      condition: { above: { value: now - 86_400_000_000_000n, inclusive: true } },
    });
  });

  test("case in conditions without fields is folded as asked", () => {
    const fold = (folding: "ascii" | "unicode") =>
      compileEql(sourceOf('any where "\u212a" : "k"'), schema, { folding }).plan;
    expect(fold("unicode")).toMatchObject({ condition: { value: true } });
    expect(fold("ascii")).toMatchObject({ condition: { value: false } });
  });

  test("names that objects have by nature are no fields", () => {
    expect(findingsOf("any where __proto__ == 1 and constructor.name == 2")).toMatchObject([
      { code: "eql/unknown-field" },
      { code: "eql/unknown-field" },
    ]);
    expect(findingsOf('any where toString(pid) == "1"')).toMatchObject([
      { code: "eql/unknown-function" },
    ]);
  });
});

const shared =
  process.env.HARRIER_SHARED ?? fileURLToPath(new URL("../../../../../shared", import.meta.url));
const casesPath = join(shared, "conformance/eql/elasticsearch/cases.json");

describe.skipIf(!existsSync(casesPath))(
  "the public cases (skipped where they are not there)",
  () => {
    test("can all be read, and printing keeps them", () => {
      const cases: readonly { readonly query: string }[] = JSON.parse(
        readFileSync(casesPath, "utf8"),
      );
      for (const { query } of cases) {
        const statement = parse(query.trim());
        expect(bare(parse(printEql(statement)))).toEqual(bare(statement));
      }
    });
  },
);
