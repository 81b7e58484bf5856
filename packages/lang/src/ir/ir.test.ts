import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { event, predicate } from "../../test/predicates.ts";
import { evaluatePredicate } from "../match/index.ts";
import { parseWildcard } from "../values/index.ts";
import {
  conditionsOf,
  type Expression,
  type Field,
  fieldsOf,
  type Plan,
  type Predicate,
  patternsOnField,
  printExpression,
  printPlan,
  printPredicate,
  type Step,
  simplify,
  type TokensPredicate,
  tokenPatternsOnField,
  tokensOnField,
} from "./index.ts";

const keyword = (path: string): Field => ({ path, type: "keyword" });
const equals = (path: string, ...values: (string | bigint | number | boolean)[]): Predicate => ({
  kind: "equals",
  field: keyword(path),
  values,
  fold: false,
});
const like = (path: string, ...patterns: string[]): Predicate => ({
  kind: "wildcard",
  field: keyword(path),
  patterns,
  fold: true,
});
const nested = (path: string, of: Predicate): Predicate => ({ kind: "nested", path, of });
const anywhere = (...patterns: string[]): Predicate => ({
  kind: "anywhere",
  patterns,
  fold: false,
});
const words = (mode: TokensPredicate["mode"], ...tokens: string[]): Predicate => ({
  kind: "tokens",
  field: { path: "m", type: "text" },
  analyzer: "standard",
  mode,
  tokens,
});
const all = (...of: Predicate[]): Predicate => ({ kind: "all", of });
const any = (...of: Predicate[]): Predicate => ({ kind: "any", of });
const not = (of: Predicate): Predicate => ({ kind: "not", of });
const constant = (value: boolean): Predicate => ({ kind: "constant", value });
const use = (path: string): Expression => ({ kind: "field", field: keyword(path) });
const process = equals("event.category", "process");

describe("print", () => {
  const expression: Expression = {
    kind: "comparison",
    op: ">",
    left: { kind: "call", name: "length", args: [use("process.name")], fold: false },
    right: {
      kind: "arithmetic",
      op: "+",
      left: { kind: "literal", value: 1n },
      right: { kind: "literal", value: 2.5 },
    },
  };
  const predicates: readonly [Predicate, string][] = [
    [constant(true), "true"],
    [equals("a", "x"), '(== a "x")'],
    [{ ...equals("a", "x", "y"), fold: true } as Predicate, '(==~ a "x" "y")'],
    [equals("a", 4n, 4.5, 1, true), "(== a 4 4.5 1.0 true)"],
    [like("process.name", "power*.exe"), '(like~ process.name "power*.exe")'],
    [{ kind: "regex", field: keyword("a"), patterns: ['"\n'], fold: false }, '(regex a "\\"\\n")'],
    [
      { kind: "cidr", field: keyword("source.ip"), blocks: ["10.0.0.0/8"] },
      '(cidrMatch source.ip "10.0.0.0/8")',
    ],
    [
      {
        kind: "range",
        field: keyword("pid"),
        above: { value: 1n, inclusive: false },
        below: { value: 9n, inclusive: true },
      },
      "(range pid > 1 <= 9)",
    ],
    [not({ kind: "exists", field: keyword("my `field") }), "(not (exists `my ``field`))"],
    [
      all(equals("a", "x"), any(constant(false), process)),
      '(all (== a "x") (any false (== event.category "process")))',
    ],
    [
      {
        kind: "tokens",
        field: keyword("m"),
        analyzer: "standard",
        mode: "any",
        tokens: ["a", "b"],
      },
      '(token m "a" "b")',
    ],
    [
      {
        kind: "tokens",
        field: keyword("m"),
        analyzer: "powershell",
        mode: "phrase",
        tokens: ["a"],
      },
      '(phrase/powershell m "a")',
    ],
    [
      {
        kind: "tokens",
        field: keyword("m"),
        analyzer: "standard",
        mode: "wildcard",
        tokens: ["a*"],
      },
      '(tokenLike m "a*")',
    ],
    [{ kind: "nested", path: "a.b", of: equals("c", "x") }, '(nested a.b (== c "x"))'],
    [{ kind: "anywhere", patterns: ["a*", "\\*"], fold: true }, '(anywhere~ "a*" "\\\\*")'],
    [{ kind: "expression", of: expression }, "(expression (> (length process.name) (+ 1 2.5)))"],
  ];
  it("writes every kind of predicate", () => {
    for (const [given, text] of predicates) expect(printPredicate(given)).toBe(text);
  });

  it("writes every kind of expression", () => {
    const parts: readonly [Expression, string][] = [
      [{ kind: "literal", value: null }, "null"],
      [{ kind: "negate", of: use("a") }, "(- a)"],
      [{ kind: "in", of: use("a"), values: ["x", 2n], fold: true }, '(in~ a "x" 2)'],
      [{ kind: "wildcard", of: use("a"), patterns: ["x*"], fold: false }, '(like a "x*")'],
      [{ kind: "regex", of: use("a"), patterns: ["x+"], fold: true }, '(regex~ a "x+")'],
      [{ kind: "isNull", of: use("a") }, "(isNull a)"],
      [{ kind: "not", of: { kind: "all", of: [use("a"), use("b")] } }, "(not (all a b))"],
      [
        { kind: "call", name: "endsWith", args: [use("a"), use("b")], fold: true },
        "(endsWith~ a b)",
      ],
    ];
    for (const [given, text] of parts) expect(printExpression(given)).toBe(text);
  });

  it("has the category of an event first", () => {
    const printed = (condition: Predicate) => printPlan({ kind: "event", condition, pipes: [] });
    const named = like("process.name", "power*.exe");
    expect(printed(all(process, named))).toBe('(event process (like~ process.name "power*.exe"))');
    expect(printed(process)).toBe("(event process)");
    expect(printed(named)).toBe('(event (like~ process.name "power*.exe"))');
    expect(printed(all(process, named, equals("a", "x")))).toBe(
      '(event process (all (like~ process.name "power*.exe") (== a "x")))',
    );
    expect(printed(equals("event.category", "my cat"))).toBe('(event "my cat")');
  });

  it("writes steps, keys, spans and pipes", () => {
    const step = (condition: Predicate, missing = false): Step => ({
      condition,
      keys: [
        { field: keyword("host.id"), optional: false },
        { field: keyword("user.id"), optional: true },
      ],
      missing,
    });
    const steps = [step(process), step(equals("a", "x"), true)];
    const pipes = [{ kind: "head" as const, count: 3 }];
    const plan: Plan = { kind: "sequence", steps, until: step(process), maxspanMs: 500, pipes };
    expect(printPlan(plan)).toBe(
      '(sequence (maxspan 500ms) (step process (by host.id ?user.id)) (missing (== a "x") (by host.id ?user.id))' +
        " (until process (by host.id ?user.id)) (head 3))",
    );
    expect(printPlan({ kind: "sample", steps: [{ ...step(process), keys: [] }], pipes: [] })).toBe(
      "(sample (step process))",
    );
    expect(conditionsOf(plan)).toEqual([process, equals("a", "x"), process]);
  });
});

describe("fieldsOf", () => {
  it("names each field once, those of expressions too", () => {
    const length: Predicate = {
      kind: "expression",
      of: {
        kind: "in",
        of: { kind: "call", name: "concat", args: [use("b"), use("c")], fold: false },
        values: ["x"],
        fold: false,
      },
    };
    const condition = all(equals("a", "x"), not(any(length, like("b", "*"))), constant(true));
    expect(fieldsOf(condition).map((field) => field.path)).toEqual(["a", "b", "c"]);
  });

  it("names fields of nested objects by their whole paths", () => {
    const inner = nested("b", all(equals("c", "x"), anywhere("x")));
    expect(fieldsOf(nested("a", any(inner, equals("d", "x")))).map(({ path }) => path)).toEqual([
      "a.b.c",
      "a.d",
    ]);
  });
});

describe("simplify", () => {
  const a = equals("a", "x");
  const b = equals("b", "x");
  const cases: readonly [name: string, given: Predicate, simple: Predicate][] = [
    ["drops what is always true in an all", all(a, constant(true), b), all(a, b)],
    ["decides an all by what is never true", all(a, any(constant(false))), constant(false)],
    ["decides an any by what is always true", any(a, not(constant(false))), constant(true)],
    ["knows empty lists", any(equals("a"), all()), constant(true)],
    ["takes not not away", not(not(not(a))), not(a)],
    ["takes not not away before it flattens", all(a, not(not(all(b)))), all(a, b)],
    ["flattens", all(a, all(all(b), any(a))), all(a, b, a)],
    ["merges lists under an any", any(a, b, equals("a", "y", "x")), any(equals("a", "x", "y"), b)],
    ["simplifies inside of nested objects", nested("a", all(all(b))), nested("a", b)],
    ["knows what no object can meet", nested("a", equals("b")), constant(false)],
    ["asks for an object where any will do", nested("a", all()), nested("a", constant(true))],
    [
      "merges words, but no phrases",
      any(
        words("any", "x"),
        words("phrase", "x", "y"),
        words("any", "y"),
        words("phrase", "z", "y"),
      ),
      any(words("any", "x", "y"), words("phrase", "x", "y"), words("phrase", "z", "y")),
    ],
    ["knows texts without words", words("phrase"), constant(false)],
    ["merges searches anywhere", any(anywhere("x"), anywhere("y")), anywhere("x", "y")],
    ["merges patterns", any(like("a", "x*"), like("a", "y*")), like("a", "x*", "y*")],
    ["merges no texts with patterns", any(like("a", "x*"), a), any(like("a", "x*"), a)],
    ["merges nothing under an all", all(a, equals("a", "y")), all(a, equals("a", "y"))],
    [
      "merges through nesting",
      any(a, any(b, any(equals("a", "y")))),
      any(equals("a", "x", "y"), b),
    ],
  ];
  it.each(cases)("%s", (_, given, simple) => {
    expect(simplify(given)).toEqual(simple);
  });

  it("keeps the meaning, and finds nothing more to do the second time", () => {
    fc.assert(
      fc.property(predicate, fc.array(event, { minLength: 1, maxLength: 5 }), (given, events) => {
        const simple = simplify(given);
        expect(simplify(simple)).toEqual(simple);
        expect(events.map((document) => evaluatePredicate(simple, document))).toEqual(
          events.map((document) => evaluatePredicate(given, document)),
        );
      }),
      { numRuns: 500 },
    );
  });
});

describe("patterns of languages with escapes", () => {
  it.each<[readonly string[], string]>([
    [["cmd.exe"], '(== process.name "cmd.exe")'],
    [["a\\*", "b*"], '(any (== process.name "a*") (like process.name "b*"))'],
    [["a\\*b*", "c?"], '(any (like process.name "c?") (regex process.name "a\\\\*b.*"))'],
    [["**", "x"], "(exists process.name)"],
    [[""], '(== process.name "")'],
    [[], "false"],
  ])("%j on a field", (patterns, printed) => {
    const predicate = patternsOnField(keyword("process.name"), patterns.map(parseWildcard), false);
    expect(predicate.kind === "misfit" ? predicate : printPredicate(predicate)).toBe(printed);
  });

  it("refuses a pattern that is too large", () => {
    const pattern = parseWildcard(`\\*${"a".repeat(20_000)}*`);
    expect(patternsOnField(keyword("a"), [[], pattern], false)).toMatchObject({
      kind: "misfit",
      index: 1,
    });
  });

  it.each<[Predicate, string]>([
    [tokensOnField(keyword("m"), "standard", "Logged ON", "any"), '(token m "logged" "on")'],
    [tokensOnField(keyword("m"), "standard", "Logged ON", "phrase"), '(phrase m "logged" "on")'],
    [tokensOnField(keyword("m"), "standard", "Logged!", "phrase"), '(token m "logged")'],
    [tokensOnField(keyword("m"), "standard", "...", "any"), "false"],
    [
      tokenPatternsOnField(keyword("m"), "standard", [parseWildcard("Log*")]),
      '(tokenLike m "log*")',
    ],
    [tokenPatternsOnField(keyword("m"), "standard", [parseWildcard("a\\*b*")]), "false"],
  ])("words on a text field: %#", (predicate, printed) => {
    expect(printPredicate(predicate)).toBe(printed);
  });
});
