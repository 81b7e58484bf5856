import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bare } from "../../test/arbitrary-eql.ts";
import { arbitraryKql } from "../../test/arbitrary-kql.ts";
import { ecsSchema, schemaFrom } from "../ecs/index.ts";
import { printPredicate } from "../ir/index.ts";
import { compilePredicate, type EventDocument, evaluatePredicate } from "../match/index.ts";
import { hasErrors, type Source } from "../text/index.ts";
import { compileKql, parseKql, printKql } from "./index.ts";

const schema = schemaFrom({
  "process.name": "keyword",
  message: "text",
  pid: "long",
  deltas: "nested",
  "deltas.role": "keyword",
});

const sourceOf = (text: string): Source => ({ name: "query", text });
const parse = (text: string) => parseKql(sourceOf(text));
const compile = (text: string) => compileKql(sourceOf(text), schema);
const codesOf = (text: string): readonly string[] =>
  compile(text).diagnostics.map(({ code }) => code);

/** Whether a rule's query meets the event, by the public fields; both ways of running agree. */
function meets(query: string, event: EventDocument): boolean {
  const { predicate, diagnostics } = compileKql(sourceOf(query), ecsSchema);
  expect(diagnostics).toEqual([]);
  if (predicate === undefined) throw new Error("no predicate");
  const meant = evaluatePredicate(predicate, event);
  expect(compilePredicate(predicate)(event)).toBe(meant);
  return meant;
}

describe("print", () => {
  test("then parse gives the same tree", () => {
    fc.assert(
      fc.property(arbitraryKql, (query) => {
        const text = printKql(query);
        const again = parse(text);
        expect(bare(again)).toEqual(bare(query));
        expect(printKql(again)).toBe(text);
      }),
      { numRuns: 500 },
    );
  });

  test("keeps the meaning of whatever can be read", () => {
    const words = [
      "a",
      "pid",
      ":",
      "(",
      ")",
      "and",
      "or",
      "not",
      " ",
      "*",
      '"',
      "\\",
      ">=",
      "{",
      "}",
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...words), { maxLength: 14 }), (parts) => {
        const { query, predicate } = compile(parts.join(""));
        if (query === undefined) return;
        const again = compile(printKql(query));
        expect(bare(again.query?.condition)).toEqual(bare(query.condition));
        expect(again.predicate && printPredicate(again.predicate)).toBe(
          predicate && printPredicate(predicate),
        );
      }),
      { numRuns: 2000 },
    );
  });
});

describe("size", () => {
  const deepest = 200;
  const nestings: readonly (readonly [string, (levels: number) => string])[] = [
    ["brackets", (n) => `${"(".repeat(n)}pid: 1${")".repeat(n)}`],
    ["lists", (n) => `pid: ${"(".repeat(n)}1${")".repeat(n)}`],
    ["`not`", (n) => `${"not (".repeat(n)}pid: 1${")".repeat(n)}`],
    ["braces", (n) => `${"x: { ".repeat(n)}pid: 1${" }".repeat(n)}`],
  ];

  test.each(nestings)("%s may be nested so deep and no deeper", (_, write) => {
    expect(codesOf(write(deepest))).not.toContain("kql/too-deep");
    expect(codesOf(write(deepest + 1))).toEqual(["kql/too-deep"]);
    expect(codesOf(write(20_000))).toEqual(["kql/too-deep"]);
  });

  test.each(["and", "or"])("a chain of `%s` may be as long as you like", (op) => {
    const text = `pid: 1${` ${op} not pid: 2`.repeat(5_000)}`;
    const { query, predicate, diagnostics } = compile(text);
    expect(diagnostics).toEqual([]);
    expect(predicate).toMatchObject({ kind: op === "and" ? "all" : "any" });
    if (query === undefined) throw new Error("no query");
    expect(printKql(query)).toBe(text);
  });

  test("a list may be as long as you like", () => {
    const list = Array.from({ length: 20_000 }, (_, index) => index).join(" or ");
    expect(codesOf(`pid: (${list})`)).toEqual([]);
  });

  test("a pattern of names may not ask too much", () => {
    const compileWide = (count: number) =>
      compileKql(sourceOf(`*a*: (${Array(count).fill("x").join(" or ")})`), ecsSchema);
    expect(compileWide(1).diagnostics).toEqual([]);
    expect(compileWide(50).diagnostics).toMatchObject([
      { code: "kql/too-large", span: { start: 0, end: 3 } },
    ]);
  });

  test("a text of many pieces that nothing can read is read in one go", () => {
    const pieces = [
      '"',
      "\\",
      "{",
      " ",
      "not ",
      "a ",
      " or",
      "\\u",
      "*",
      "/",
      "?",
      "/?",
      "\n",
      "nnot",
    ];
    for (const piece of pieces) {
      for (const start of ["", "pid: ", 'process.name: "']) {
        const { predicate, diagnostics } = compile(start + piece.repeat(50_000));
        expect(predicate === undefined).toBe(hasErrors(diagnostics));
      }
    }
  });
});

describe("findings", () => {
  const words = [
    ...'():<>"*{}\\?=!|,'.split(""),
    ...[" ", "\t", "\n", "\u00a0", "\u2003", "\u{1f600}", "\u{d800}", "é"],
    ...["and", "or", "not", "AND", "Not ", " or ", " and ", "null", "true"],
    ...["pid", "message", "process.name", "deltas", "deltas.role", "p*", "nothing"],
    ...["1", "10.0.0.0/8", "now-1d", "a b", '"a"', "\\t", "\\u0041", "\\or", "C:\\tmp"],
  ];

  test("whatever the text is, compiling gives a predicate or errors inside the text", () => {
    const text = fc
      .array(fc.constantFrom(...words), { maxLength: 25 })
      .chain((parts) => fc.constantFrom(parts.join(" "), parts.join("")))
      .chain((body) => fc.constantFrom(body, `pid: ${body}`, `process.name: (${body})`));
    fc.assert(
      fc.property(text, (query) => {
        const { predicate, diagnostics } = compile(query);
        expect(predicate === undefined).toBe(hasErrors(diagnostics));
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

  test("an unclosed bracket is shown", () => {
    expect(compile("pid: (1 or (2)").diagnostics).toMatchObject([
      { code: "kql/syntax", labels: [{ message: "opened here", span: { start: 5, end: 6 } }] },
    ]);
  });

  test("the escape that keeps a quote open is shown", () => {
    expect(compile('process.name: "C:\\Temp\\"').diagnostics).toMatchObject([
      { code: "kql/syntax", span: { start: 14 }, labels: [{ span: { start: 22, end: 24 } }] },
    ]);
  });

  test("`now` needs a clock", () => {
    const query = sourceOf("@timestamp >= now-1d");
    expect(compileKql(query, ecsSchema).diagnostics).toMatchObject([{ code: "kql/constant" }]);
    expect(compileKql(query, ecsSchema, { now: 0n }).diagnostics).toEqual([]);
  });
});

describe("with the public fields", () => {
  test("script blocks are cut at all but letters, digits, `_` and `-`", () => {
    const event = { powershell: { file: { script_block_text: "& INVOKE-Mimikatz.ps1 -Dump" } } };
    const field = "powershell.file.script_block_text";
    expect(meets(`${field}: Invoke-Mimikatz`, event)).toBe(true);
    expect(meets(`${field}: "invoke-mimikatz ps1"`, event)).toBe(true);
    expect(meets(`${field}: Mimikatz`, event)).toBe(false);
    expect(meets(`${field}: *mimikatz`, event)).toBe(true);
    expect(meets(`${field}: "mimikatz ps1"`, event)).toBe(false);
  });

  test("elements of a list that is kept as an object with numbers for names", () => {
    const query = "azure.auditlogs.properties.target_resources.*.display_name: guest";
    const eventOf = (key: string, name: string) => ({
      azure: { auditlogs: { properties: { target_resources: { [key]: { display_name: name } } } } },
    });
    expect(meets(query, eventOf("0", "guest"))).toBe(true);
    expect(meets(query, eventOf("3", "guest"))).toBe(true);
    expect(meets(query, eventOf("3", "Guest"))).toBe(false);
  });

  test("nested changes of a policy", () => {
    const query =
      'gcp.audit.service_data.policy_delta.binding_deltas:{ action: "ADD" and role: (owner or editor) }';
    const eventOf = (...deltas: readonly object[]) => ({
      "gcp.audit": { service_data: { policy_delta: { binding_deltas: deltas } } },
    });
    const { predicate } = compileKql(sourceOf(query), ecsSchema);
    if (predicate === undefined) throw new Error("no predicate");
    const runs = (event: EventDocument) => evaluatePredicate(predicate, event);
    expect(runs(eventOf({ action: "ADD", role: "editor" }))).toBe(true);
    expect(
      runs(eventOf({ action: "ADD", role: "viewer" }, { action: "REMOVE", role: "owner" })),
    ).toBe(false);
  });

  test("a dot between names is the same as a dot inside a key", () => {
    expect(meets("process.parent.name: cmd.exe", { "process.parent": { name: "cmd.exe" } })).toBe(
      true,
    );
    expect(meets("process.parent.name: cmd.exe", { "process.parent.name": ["x", "cmd.exe"] })).toBe(
      true,
    );
  });
});
