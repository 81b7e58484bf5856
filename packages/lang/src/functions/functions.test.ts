import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { schemaFrom } from "../ecs/index.ts";
import { compileEql } from "../eql/index.ts";
import { evaluatePredicate } from "../match/index.ts";
import { type CaseFolding, type Literal, literalText } from "../values/index.ts";
import {
  evaluateArithmetic,
  findFunction,
  languageFunctions,
  negateNumber,
  similarFunctions,
} from "./index.ts";

/** Any text without unpaired surrogates, half of it ASCII. */
const anyText = fc
  .array(fc.oneof(fc.integer({ min: 0, max: 0x7f }), fc.integer({ min: 0x80, max: 0x10f7ff })))
  .map((points) =>
    String.fromCodePoint(...points.map((point) => (point < 0xd800 ? point : point + 0x800))),
  );

function call(name: string, args: readonly Literal[], folding: CaseFolding = "unicode"): Literal {
  const found = findFunction(name.replace("~", ""));
  if (found === undefined) throw new Error(`there is no function ${name}`);
  return found.run(args, { fold: name.endsWith("~"), folding });
}

/** An example as a call: names, strings, numbers, true, false, null; no expressions. */
function readExample(text: string): { name: string; args: readonly Literal[] } {
  const [, name = "", list = ""] = /^(\w+~?)\((.*)\)$/.exec(text) ?? [];
  const tokens = list.match(/"(?:[^"\\]|\\.)*"|-?[\d.]+|\w+/g) ?? [];
  return { name, args: tokens.map(readLiteral) };
}

function readLiteral(token: string): Literal {
  if (token === "null") return null;
  if (token === "true" || token === "false") return token === "true";
  if (!token.startsWith('"')) return token.includes(".") ? Number(token) : BigInt(token);
  const spelled = token.replace(/\\u\{(\w+)\}/g, (_, digits: string) =>
    String.fromCodePoint(Number.parseInt(digits, 16)),
  );
  return String(JSON.parse(spelled));
}

describe("the table", () => {
  const examples = languageFunctions.flatMap((of) =>
    of.examples.map(([text, result]) => [text, result] as const),
  );

  it.each(examples)("%s is %s", (text, result) => {
    const { name, args } = readExample(text);
    expect(call(name, args)).toBe(result);
  });

  it("gives what its examples say when they stand in a query", () => {
    const spell = (result: Literal): string =>
      typeof result === "string" ? JSON.stringify(result) : literalText(result);
    const failed = examples.filter(([example, result]) => {
      const text = `any where ${example} == ${spell(result)}`;
      const { plan } = compileEql({ name: "example", text }, schemaFrom({}));
      return plan?.kind !== "event" || !evaluatePredicate(plan.condition, {});
    });
    expect(failed).toEqual([]);
  });

  it("has an example of every function, and of null in", () => {
    for (const { name, examples } of languageFunctions) {
      expect(examples.length, name).toBeGreaterThan(2);
      expect(
        examples.some(([text]) => text.includes("null")),
        name,
      ).toBe(true);
      expect(examples.every(([text]) => text.toLowerCase().startsWith(name.toLowerCase()))).toBe(
        true,
      );
    }
  });

  it("has every function of EQL, the form with `~` where there is one", () => {
    const forms = languageFunctions.map((of) => of.name + (of.hasInsensitiveForm ? "~" : ""));
    expect(forms).toEqual(
      "add between~ cidrMatch concat divide endsWith~ indexOf~ length modulo multiply number startsWith~ string stringContains~ substring subtract wildcard~".split(
        " ",
      ),
    );
  });

  it("puts optional and repeated parameters last", () => {
    for (const { name, parameters } of languageFunctions) {
      const kinds = parameters.map(({ optional, rest }) => (rest ? 2 : optional ? 1 : 0));
      expect(kinds.toSorted(), name).toEqual(kinds);
    }
  });

  it("gives null, never an exception, whatever the arguments", () => {
    const value = fc.oneof(
      fc.constant(null),
      fc.boolean(),
      anyText,
      fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n),
      fc.double(),
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...languageFunctions),
        fc.array(value, { maxLength: 5 }),
        (of, args) => {
          const result = of.run(args, { fold: of.hasInsensitiveForm, folding: "unicode" });
          expect(["string", "boolean", "bigint", "number", "object"]).toContain(typeof result);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe("edges", () => {
  it.each<[string, readonly Literal[], Literal]>([
    // The next `right` stands after `left`, whatever stands before it.
    ["between", ["b a x b", "a", "b"], " x "],
    ["between", ["aXbYb", "X", "b"], ""],
    ["between", ["aXcbYb", "X", "b"], "c"],
    ["between", ["aXcbYb", "X", "b", true], "cbY"],
    ["between", ["aXcbYb", "X", "b", false], "c"],
    ["between", ["aXcbYb", "X", "b", null], "c"],
    ["between", ["aXcbYb", "x", "b"], ""],
    ["between~", ["aXcBYb", "x", "b"], "c"],
    ["between", ["", "a", "b"], ""],
    ["between", ["abc", "a", ""], "abc"],
    ["between", ["abc", null, "c"], null],
    ["between", ["abc", "a", null], null],
    ["cidrMatch", ["10.0.0.1", "10.0.0.0/8", null], null],
    ["cidrMatch", ["10.0.0.1", "10.0.0.0/8", "nonsense"], null],
    ["concat", ["a"], "a"],
    ["concat", ["", ""], ""],
    ["concat", [1e10, 2.5, -3n, false], "1.0E102.5-3false"],
    ["endsWith", ["a", "ba"], false],
    ["endsWith", ["a", ""], true],
    ["endsWith~", ["ma\u017f", "S"], true],
    ["startsWith", ["explorer.exe.bak", "explorer.exe"], true],
    ["startsWith", ["", ""], true],
    ["startsWith~", ["\u212aill", "k"], true],
    ["stringContains", ["", "a"], false],
    ["stringContains", ["a*b", "a*b"], true],
    ["stringContains", ["axb", "a*b"], false],
    ["indexOf", ["abcabc", "c", 3n], 5n],
    ["indexOf", ["abcabc", "a", 6n], null],
    ["indexOf", ["abc", "", 3n], 3n],
    ["indexOf", ["abc", ""], 0n],
    ["indexOf", ["abc", "", -1n], 0n],
    ["indexOf", ["", ""], 0n],
    ["indexOf", ["a\u{1f600}b", "b"], 3n],
    ["substring", ["abcdef", 2n], "cdef"],
    ["substring", ["abcdef", -3n, -1n], "de"],
    ["substring", ["abcdef", -99n, 2n], "ab"],
    ["substring", ["abcdef", 3n, 3n], ""],
    ["substring", ["abcdef", 6n], ""],
    ["substring", ["abcdef", 1n, null], "bcdef"],
    ["substring", ["abcdef", null], null],
    ["number", ["-0x10"], null],
    ["number", ["0x-10"], -16n],
    ["number", ["+7"], 7n],
    ["number", ["ff", 16n], 255n],
    ["number", ["12", null], 12n],
    ["number", ["9", 8n], null],
    ["number", ["z", 36n], 35n],
    ["number", ["1", 1n], null],
    ["number", ["1", 37n], null],
    ["number", ["0x"], null],
    ["number", ["7fffffffffffffff", 16n], 2n ** 63n - 1n],
    ["number", ["8000000000000000", 16n], null],
    ["number", ["9".repeat(1000), 16n], null],
    ["number", ["9223372036854775808"], 2 ** 63],
    ["number", [".5"], 0.5],
    ["number", ["one"], null],
    ["string", [-0.5], "-0.5"],
    ["string", [false], "false"],
    ["wildcard", ["a\nb", "a?b"], true],
    ["wildcard", ["C:\\a", "c:\\*"], false],
  ])("%s %o", (name, args, expected) => {
    expect(call(name, args)).toBe(expected);
  });

  it("folds as it is told", () => {
    expect(call("stringContains~", ["\u212a", "k"], "ascii")).toBe(false);
    expect(call("stringContains~", ["\u212a", "k"], "unicode")).toBe(true);
  });
});

describe("arithmetic", () => {
  it.each([
    ["/", 7n, 2n, 3n],
    ["/", -7n, 2n, -3n],
    ["/", 7n, 2, 3.5],
    ["/", 1, 0n, Number.POSITIVE_INFINITY],
    ["/", 0, 0, Number.NaN],
    ["/", 1n, 0n, null],
    ["/", -(2n ** 63n), -1n, null],
    ["%", -7n, 3n, -1n],
    ["%", 7n, -3n, 1n],
    ["%", 1n, 0n, null],
    ["%", -7.5, 2n, -1.5],
    ["+", 2n ** 63n - 1n, 1n, null],
    ["-", -(2n ** 63n), 1n, null],
    ["*", 2n ** 32n, 2n ** 31n, null],
    ["*", 2n ** 32n, -(2n ** 31n), -(2n ** 63n)],
    ["+", 1n, "1", null],
    ["+", true, 1n, null],
    ["+", null, 1n, null],
  ] as const)("%s of %s and %s is %s", (op, left, right, expected) => {
    expect(evaluateArithmetic(op, left, right)).toBe(expected);
  });

  it("is exact or null", () => {
    const long = fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n);
    fc.assert(
      fc.property(long, long, (a, b) => {
        for (const [op, exact] of [
          ["+", a + b],
          ["-", a - b],
          ["*", a * b],
        ] as const) {
          expect(evaluateArithmetic(op, a, b)).toBe(
            BigInt.asIntN(64, exact) === exact ? exact : null,
          );
        }
        if (b === 0n) return;
        const quotient = evaluateArithmetic("/", a, b);
        const rest = evaluateArithmetic("%", a, b);
        if (typeof quotient === "bigint" && typeof rest === "bigint")
          expect(quotient * b + rest).toBe(a);
      }),
    );
  });

  it("negates", () => {
    expect([5n, -2.5, -(2n ** 63n), null, "5", true].map(negateNumber)).toEqual([
      -5n,
      2.5,
      null,
      null,
      null,
      null,
    ]);
  });
});

describe("names", () => {
  it("do not mind case", () => {
    expect(findFunction("CIDRMATCH")?.name).toBe("cidrMatch");
    expect(findFunction("startswith")?.name).toBe("startsWith");
    expect(findFunction("startsWith~")).toBeUndefined();
    expect(findFunction("__proto__")).toBeUndefined();
  });

  it.each([
    ["match", ["cidrMatch"]],
    ["lenght", ["length"]],
    ["contains", ["stringContains"]],
    ["substr", ["substring"]],
    ["startWith", ["startsWith"]],
    ["safe", []],
    ["arrayContains", []],
    ["x".repeat(10_000), []],
  ])("%s: %j", (name, expected) => {
    expect(similarFunctions(name).slice(0, 1)).toEqual(expected);
  });
});
