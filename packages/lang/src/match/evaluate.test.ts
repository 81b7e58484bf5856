import { describe, expect, it } from "vitest";
import type { Expression, Field, Predicate } from "../ir/index.ts";
import type { FieldType, Literal } from "../values/index.ts";
import { evaluateExpression, evaluatePredicate, explainPredicate, fieldValues } from "./index.ts";

const fieldOf = (path: string, type: FieldType = "keyword"): Field => ({ path, type });
const use = (path: string, type: FieldType = "keyword"): Expression => ({
  kind: "field",
  field: fieldOf(path, type),
});
const literal = (value: Literal): Expression => ({ kind: "literal", value });
const call = (name: string, ...args: Expression[]): Expression => ({
  kind: "call",
  name,
  args,
  fold: false,
});
const compare = (
  left: Expression,
  op: Extract<Expression, { kind: "comparison" }>["op"],
  right: Expression,
): Expression => ({ kind: "comparison", op, left, right });
const leafOf = (of: Expression): Predicate => ({ kind: "expression", of });
const not = (of: Predicate): Predicate => ({ kind: "not", of });

describe("fieldValues", () => {
  const cases: readonly [name: string, document: object, path: string, values: unknown[]][] = [
    ["a nested key", { process: { name: "a" } }, "process.name", ["a"]],
    ["a dotted key", { "process.name": "a" }, "process.name", ["a"]],
    ["a mixed key", { "process.parent": { name: "a" } }, "process.parent.name", ["a"]],
    ["the other mix", { process: { "parent.name": "a" } }, "process.parent.name", ["a"]],
    [
      "all of them together",
      { process: { parent: { name: "a" }, "parent.name": "b" }, "process.parent.name": "c" },
      "process.parent.name",
      ["a", "b", "c"],
    ],
    ["an array", { tags: ["a", "b"] }, "tags", ["a", "b"]],
    ["nested arrays", { tags: [["a"], [["b"], "c"]] }, "tags", ["a", "b", "c"]],
    [
      "an array of objects",
      { dns: { answers: [{ data: 1 }, { data: [2, 3] }] } },
      "dns.answers.data",
      [1, 2, 3],
    ],
    ["arrays of arrays of objects", { a: [[{ b: 1 }], { b: 2 }] }, "a.b", [1, 2]],
    ["null", { a: null }, "a", []],
    ["an empty array", { a: [] }, "a", []],
    ["an array of nulls", { a: [null, [null]] }, "a", []],
    ["nulls beside values", { a: [null, "x"] }, "a", ["x"]],
    ["an empty string", { a: "" }, "a", [""]],
    ["false and 0", { a: [false, 0] }, "a", [false, 0]],
    ["an object", { a: { b: 1 } }, "a", []],
    ["below a value", { a: "x" }, "a.b", []],
    ["a field that is value and object", { a: ["x", { b: "y" }] }, "a", ["x"]],
    ["a dotted prefix that leads elsewhere", { "a.b": { d: 1 }, a: { b: { c: 2 } } }, "a.b.c", [2]],
    ["an absent field", { b: 1 }, "a", []],
    ["inherited names", {}, "constructor", []],
    ["inherited names below", { a: {} }, "a.__proto__.x", []],
    ["a key called constructor", { constructor: "x" }, "constructor", ["x"]],
    ["a key called __proto__", JSON.parse('{"__proto__": {"x": 1}}'), "__proto__.x", [1]],
    ["an empty name", { a: { "": { b: 1 } } }, "a..b", [1]],
    ["other case", { A: 1 }, "a", []],
  ];
  it.each(cases)("finds %s", (_, document, path, values) => {
    expect(fieldValues({ ...document }, path)).toEqual(values);
  });
});

describe("a leaf over a field", () => {
  const equals = (type: FieldType, value: Exclude<Literal, null>, fold = false): Predicate => ({
    kind: "equals",
    field: fieldOf("f", type),
    values: [value],
    fold,
  });
  const above = (type: FieldType, value: Exclude<Literal, null | boolean>): Predicate => ({
    kind: "range",
    field: fieldOf("f", type),
    above: { value, inclusive: false },
  });
  const cases: readonly [name: string, leaf: Predicate, yes: unknown[], no: unknown[]][] = [
    ["a keyword equals", equals("keyword", "a"), ["a", ["b", "a"]], ["A", "", null, [], "a*"]],
    [
      "a folded keyword equals",
      equals("keyword", "Kelvin", true),
      ["kelvin", "\u212aELVIN"],
      ["elvin"],
    ],
    [
      "dotted capital I stays apart",
      equals("keyword", "i", true),
      ["I", "i"],
      ["\u0130", "\u0131"],
    ],
    [
      "a keyword takes numbers as text",
      equals("keyword", "4624"),
      ["4624", 4624],
      [4624.5, "04624"],
    ],
    [
      "a keyword takes booleans as text",
      equals("keyword", "true"),
      [true, "true"],
      ["True", false],
    ],
    ["a star is a star", equals("keyword", "a*"), ["a*"], ["ab"]],
    ["a long equals", equals("long", 4n), [4, "4", 4n, "4.0"], [5, "x", true, "", 2 ** 53]],
    ["a long beyond 2^53", equals("long", 2n ** 62n + 1n), [String(2n ** 62n + 1n)], [2 ** 62]],
    ["a long keeps no fraction", equals("long", 4.5), [], [4.5, "4.5", 4, 5]],
    ["a double equals", equals("double", 4.5), [4.5, "4.5", "45e-1"], [4, "4,5"]],
    ["a long above", above("long", 4n), [5, "5", [1, 9]], [4, "4", null]],
    ["a long above a decimal", above("long", 4.5), [5], [4]],
    ["a boolean equals", equals("boolean", true), [true, "true"], [false, "TRUE", 1]],
    ["a boolean equals false", equals("boolean", false), [false, "false", ""], [true, 0]],
    [
      "an ip equals",
      equals("ip", "10.0.0.1"),
      ["10.0.0.1", "::ffff:10.0.0.1"],
      ["10.0.0.01", "x", 167772161],
    ],
    [
      "an ip above",
      above("ip", "10.0.0.9"),
      ["10.0.0.10", "11.0.0.1", "fe80::1"],
      ["10.0.0.9", "9.9.9.9"],
    ],
    [
      "a date equals",
      equals("date", 1_000_000n),
      ["1970-01-01T00:00:00.001Z", 1, "1"],
      [2, "x", true],
    ],
    ["nanoseconds count", above("date_nanos", 1_000_000n), ["1970-01-01T00:00:00.001000001Z"], [1]],
    [
      "a version above",
      above("version", "1.2.4-SNAPSHOT"),
      ["1.2.4", "1.11.3"],
      ["1.2.3", "1.2.4-SNAPSHOT"],
    ],
    ["a version equals as text", equals("version", "1.0"), ["1.0"], ["1.0.0"]],
    ["an untyped field by text", equals("unknown", "4"), ["4", 4], [4.5]],
    ["an untyped field by number", equals("unknown", 4n), [4, "4", "4.0"], ["x", true]],
    ["an untyped field by boolean", equals("unknown", true), [true, "true"], ["t", 1]],
    ["an untyped field above a text", above("unknown", "b"), ["c", "ba"], ["b", "B"]],
    ["texts compare by code point", above("keyword", "\uffff"), ["😀"], ["\ufffe"]],
    [
      "exists",
      { kind: "exists", field: fieldOf("f", "ip") },
      ["", 0, false, "no ip"],
      [null, [], [null], {}],
    ],
    [
      "a wildcard",
      { kind: "wildcard", field: fieldOf("f"), patterns: ["C:\\*?.exe"], fold: false },
      ["C:\\a.exe", "C:\\x\ny😀.exe"],
      ["C:\\.exe", "c:\\a.exe", "C:\\a.EXE"],
    ],
    [
      "a folded wildcard",
      { kind: "wildcard", field: fieldOf("f"), patterns: ["x", "power*"], fold: true },
      ["X", "PowerShell"],
      ["xx", "my power"],
    ],
    [
      "a regex matches the whole value",
      { kind: "regex", field: fieldOf("f"), patterns: ["a[0-9]+", "b.*"], fold: false },
      ["a1", "b\nc", "b"],
      ["xa1", "a1x", "B"],
    ],
    [
      "a block",
      { kind: "cidr", field: fieldOf("f", "ip"), blocks: ["10.0.0.0/8", "fe80::/10"] },
      ["10.1.2.3", "fe80::1", ["x", "10.0.0.1"]],
      ["11.0.0.0", "x", "", null],
    ],
  ];
  it.each(cases)("%s", (_, leaf, yes, no) => {
    expect(yes.map((f) => evaluatePredicate(leaf, { f }))).toEqual(yes.map(() => true));
    expect(no.map((f) => evaluatePredicate(leaf, { f }))).toEqual(no.map(() => false));
    expect(evaluatePredicate(leaf, {})).toBe(false);
    expect(evaluatePredicate(not(leaf), {})).toBe(true);
  });

  it("folds ASCII letters only where older stacks are wanted", () => {
    const kelvin = equals("keyword", "k", true);
    const folded = ["K", "\u212a"].map((f) =>
      evaluatePredicate(kelvin, { f }, { folding: "ascii" }),
    );
    expect(folded).toEqual([true, false]);
  });
});

describe("null and missing (eql-semantics 4.3)", () => {
  const length = call("length", use("f"));
  const rows: readonly [name: string, predicate: Predicate, expected: boolean][] = [
    ["length(f) == 0", leafOf(compare(length, "==", literal(0n))), false],
    ["not length(f) == 0", not(leafOf(compare(length, "==", literal(0n)))), true],
    ["length(f) == null", leafOf({ kind: "isNull", of: length }), true],
    [
      "null == (f > -1)",
      leafOf({ kind: "isNull", of: compare(use("f"), ">", literal(-1n)) }),
      true,
    ],
    [
      "an inner not stays null",
      leafOf({ kind: "not", of: compare(length, "==", literal(0n)) }),
      false,
    ],
    [
      "null and false is false",
      leafOf({
        kind: "not",
        of: { kind: "all", of: [compare(length, "==", literal(0n)), literal(false)] },
      }),
      true,
    ],
    [
      "null or true is true",
      leafOf({ kind: "any", of: [compare(length, "==", literal(0n)), literal(true)] }),
      true,
    ],
    [
      "null or false is null",
      leafOf({
        kind: "isNull",
        of: { kind: "any", of: [compare(length, "==", literal(0n)), literal(false)] },
      }),
      true,
    ],
    [
      'string(f > 1) == "true"',
      leafOf(
        compare(call("string", compare(use("f", "long"), ">", literal(1n))), "==", literal("true")),
      ),
      false,
    ],
  ];
  it.each(rows)("%s on an event without the field", (_, predicate, expected) => {
    expect(evaluatePredicate(predicate, {})).toBe(expected);
    expect(evaluatePredicate(predicate, { f: [null] })).toBe(expected);
  });
});

describe("expressions over many values (eql-semantics 5)", () => {
  it("tries all combinations", () => {
    const isXy = leafOf(compare(call("concat", use("a"), use("b")), "==", literal("xy")));
    expect(evaluatePredicate(isXy, { a: ["p", "x"], b: ["y", "q"] })).toBe(true);
    expect(evaluatePredicate(isXy, { a: ["p", "y"], b: ["x", "q"] })).toBe(false);
    expect(evaluatePredicate(isXy, { a: ["x"] })).toBe(false);
    expect(
      evaluateExpression(call("concat", use("a"), use("b")), { a: ["1", "2"], b: ["x", "y"] }),
    ).toEqual(["1x", "1y", "2x", "2y"]);
  });

  it("varies two uses of one field on their own", () => {
    const isXy = leafOf(compare(call("concat", use("a"), use("a")), "==", literal("xy")));
    expect(evaluatePredicate(isXy, { a: ["x", "y"] })).toBe(true);
  });

  it("is null if some combination is, and not null if none is", () => {
    const names = { file: { name: ["explorer.exe", "b.txt"] } };
    const isNull = (needle: string): Predicate =>
      leafOf({ kind: "isNull", of: call("indexOf", use("file.name"), literal(needle)) });
    expect(evaluatePredicate(isNull("z"), names)).toBe(true);
    expect(evaluatePredicate(not(isNull("x")), names)).toBe(true);
    expect(evaluatePredicate(not(isNull("p")), names)).toBe(false);
  });

  it("reads values as the field's type", () => {
    const results = (expression: Expression, f: unknown) => evaluateExpression(expression, { f });
    expect(results(use("f", "long"), [4, "5", 6.7, "x"])).toEqual([4n, 5n, 6n]);
    expect(results(use("f", "double"), [4, "5.5"])).toEqual([4, 5.5]);
    expect(results(call("string", use("f", "double")), 1e10)).toEqual(["1.0E10"]);
    expect(results(use("f", "date"), "1970-01-01T00:00:00.123456789Z")).toEqual([
      "1970-01-01T00:00:00.123Z",
    ]);
    expect(results(use("f", "date_nanos"), "1970-01-01T00:00:00.123456789Z")).toEqual([
      "1970-01-01T00:00:00.123456789Z",
    ]);
    expect(results(use("f", "date"), -0.5)).toEqual(results(use("f", "date"), -1));
    expect(results(use("f", "ip"), "::ffff:1.2.3.4")).toEqual(["1.2.3.4"]);
    expect(results(use("f", "keyword"), [4624, true])).toEqual(["4624", "true"]);
    expect(results(use("f", "unknown"), [4624, true, "x", 4.5])).toEqual([4624n, true, "x", 4.5]);
  });

  it("computes", () => {
    const of = (op: "+" | "/" | "%", left: Literal, right: Literal) =>
      evaluateExpression(
        { kind: "arithmetic", op, left: literal(left), right: literal(right) },
        {},
      );
    expect(of("/", -7n, 2n)).toEqual([-3n]);
    expect(of("/", 7n, 2)).toEqual([3.5]);
    expect(of("%", -7n, 3n)).toEqual([-1n]);
    expect(of("/", 1n, 0n)).toEqual([null]);
    expect(of("+", 2n ** 63n - 1n, 1n)).toEqual([null]);
    expect(evaluateExpression({ kind: "negate", of: literal(4n) }, {})).toEqual([-4n]);
    expect(evaluateExpression(compare(literal("4"), "==", literal(4n)), {})).toEqual([false]);
    expect(evaluateExpression(compare(literal("4"), "<", literal(5n)), {})).toEqual([null]);
    expect(
      evaluateExpression({ kind: "in", of: literal("A"), values: ["a"], fold: true }, {}),
    ).toEqual([true]);
  });

  it("gives up on more combinations than a rule can mean", () => {
    const many = Array.from({ length: 1_000 }, (_, index) => `v${index}`);
    const isNever = compare(call("concat", use("a"), use("b"), use("c")), "==", literal("no"));
    const document = { a: many, b: many, c: many };
    expect(evaluateExpression(isNever, document)).toHaveLength(10_000);
  });
});

describe("explainPredicate", () => {
  it("shows each clause with its verdict and the values that decided", () => {
    const name: Predicate = {
      kind: "wildcard",
      field: fieldOf("process.name"),
      patterns: ["nc*"],
      fold: true,
    };
    const long = leafOf(compare(call("length", use("process.args")), ">", literal(3n)));
    const explained = explainPredicate(
      { kind: "all", of: [name, not(long), { kind: "exists", field: fieldOf("user.id") }] },
      { process: { name: ["x", "NC.exe"], args: ["-e", "cmd.exe"] } },
    );
    expect(explained.verdict).toBe(false);
    const [first, second, third] = explained.of;
    expect(first).toMatchObject({ verdict: true, deciding: ["NC.exe"] });
    expect(first?.fields).toEqual([{ path: "process.name", values: ["x", "NC.exe"] }]);
    expect(second?.verdict).toBe(false);
    expect(second?.of[0]).toMatchObject({ verdict: true, deciding: ["cmd.exe"] });
    expect(second?.of[0]?.fields).toEqual([{ path: "process.args", values: ["-e", "cmd.exe"] }]);
    expect(third).toMatchObject({ verdict: false, deciding: [] });
    expect(third?.fields).toEqual([{ path: "user.id", values: [] }]);
  });
});
