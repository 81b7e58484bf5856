import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  compileEscapedWildcards,
  compileRegex,
  compileWildcard,
  groupRegexes,
  parseWildcard,
  plainTextOf,
  printWildcard,
  regexOfWildcard,
  unescapedWildcard,
  type WildcardPattern,
} from "./index.ts";

const run = { kind: "run" } as const;
const one = { kind: "one" } as const;
const text = (value: string) => ({ kind: "text", text: value }) as const;

describe("a pattern with escapes", () => {
  it.each<[string, WildcardPattern]>([
    ["", []],
    ["a*b?", [text("a"), run, text("b"), one]],
    ["**", [run, run]],
    ["a\\*b*", [text("a*b"), run]],
    ["\\?\\\\*", [text("?\\"), run]],
    ["C:\\\\x\\y", [text("C:\\xy")]],
    ["a\\", [text("a\\")]],
  ])("is taken apart: %j", (pattern, parts) => {
    expect(parseWildcard(pattern)).toEqual(parts);
  });

  it.each<[string, string | undefined, string | undefined]>([
    ["", "", ""],
    ["ab\\*", "ab*", undefined],
    ["a\\\\*", undefined, "a\\*"],
    ["a\\*b*", undefined, undefined],
    ["*", undefined, "*"],
  ])("%j as plain text is %j, without escapes %j", (pattern, plain, unescaped) => {
    expect(plainTextOf(parseWildcard(pattern))).toBe(plain);
    expect(unescapedWildcard(parseWildcard(pattern))).toBe(unescaped);
  });

  it.each<[string, readonly string[], readonly string[]]>([
    ["a\\*b*", ["a*b", "a*bc"], ["aXb", "a*", "xa*b"]],
    ["?\\?", ["a?", "??", "\n?", "😀?"], ["?", "ab"]],
    [
      '\\*"a.b"#@~<1-2>&{}[]()|+^$*',
      ['*"a.b"#@~<1-2>&{}[]()|+^$', '*"a.b"#@~<1-2>&{}[]()|+^$x'],
      ["*"],
    ],
  ])("%j matches as a whole", (pattern, matching, others) => {
    const matches = compileEscapedWildcards([pattern], false, "unicode");
    for (const each of matching) expect(matches(each), each).toBe(true);
    for (const each of others) expect(matches(each), each).toBe(false);
  });

  it("takes patterns of any length, and any number of them", () => {
    const long = compileEscapedWildcards([`*${"\\*a?".repeat(20_000)}*`], true, "unicode");
    expect(long(`x${"*AB".repeat(20_000)}y`)).toBe(true);
    expect(long("*AB".repeat(19_999))).toBe(false);
    const patterns = Array.from({ length: 5_000 }, (_, index) => `n${index}\\**`);
    const many = compileEscapedWildcards(patterns, false, "unicode");
    expect([many("n4999*x"), many("n5000*x"), many("n7x")]).toEqual([true, false, false]);
  });

  it("has expressions that go into as few automata as hold them", () => {
    const expressions = Array.from({ length: 3_000 }, (_, index) => `n${index}\\*.*`);
    const groups = groupRegexes(expressions);
    expect(groups.flat()).toEqual(expressions);
    expect(groups.length).toBe(3);
    for (const group of groups) expect(() => compileRegex(group, true, "unicode")).not.toThrow();
    expect(groupRegexes([])).toEqual([]);
    expect(groupRegexes(["x".repeat(20_000), "y"])).toHaveLength(2);
  });

  const parts = fc.stringMatching(/^[ab*?\\.#"\n😀-]{0,8}$/u).map(parseWildcard);

  it("is the same after printing", () => {
    fc.assert(
      fc.property(parts, (pattern) => {
        expect(parseWildcard(printWildcard(pattern))).toEqual(pattern);
      }),
    );
  });

  it("means what its regular expression means, and what it means without escapes", () => {
    fc.assert(
      fc.property(
        parts,
        fc.stringMatching(/^[abB*?\\.#"\n😀-]{0,6}$/u),
        fc.boolean(),
        (pattern, value, fold) => {
          const expected = compileEscapedWildcards(
            [printWildcard(pattern)],
            fold,
            "unicode",
          )(value);
          expect(compileRegex([regexOfWildcard(pattern)], fold, "unicode")(value)).toBe(expected);
          const unescaped = unescapedWildcard(pattern);
          if (unescaped === undefined) return;
          expect(compileWildcard(unescaped, fold, "unicode")(value)).toBe(expected);
        },
      ),
      { numRuns: 300 },
    );
  });
});
