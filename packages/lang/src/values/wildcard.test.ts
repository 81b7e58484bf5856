import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { foldCase } from "./case-folding.ts";
import { compileWildcard, compileWildcards, hasWildcards } from "./wildcard.ts";

/** What the pattern means, by the book: a table over all prefixes of both, code point by code point. */
function matchesByTable(pattern: string, text: string): boolean {
  const points = [...text];
  let reached = Array.from({ length: points.length + 1 }, (_, at) => at === 0);
  for (const piece of pattern) {
    const next = reached.map(() => false);
    for (const [at, isReached] of reached.entries()) {
      if (piece === "*") next[at] = isReached || (at > 0 && next[at - 1] === true);
      else if (isReached && (piece === "?" || piece === points[at])) {
        if (at < points.length) next[at + 1] = true;
      }
    }
    reached = next;
  }
  return reached[points.length] === true;
}

describe("compileWildcard", () => {
  it.each([
    ["*", "", true],
    ["**", "a", true],
    ["?*", "", false],
    ["?*", "a", true],
    ["", "", true],
    ["", "a", false],
    ["*.exe", "a.exe", true],
    ["*.exe", ".exe.bak", false],
    ["a*a", "a", false],
    ["ab*ba", "aba", false],
    ["a*b*c", "a-c-b", false],
    ["*aab*", "aaab", true],
    ["*a?a*", "aabaa", true],
    ["a*", "a\r\nb", true],
    ["a?b", "a\nb", true],
    ["?", "\u{1f600}", true],
    ["??", "\u{1f600}", false],
    ["*?", "\u{1f600}", true],
    ["?:\\Windows\\*", "C:\\Windows\\cmd.exe", true],
    ["C:\\*", "C:\\a", true],
    ["C:\\*", "C:*", false],
    ["[a]%_.^(", "[a]%_.^(", true],
    ["*??-*", "a-bc-", true],
    ["*?b", "b", false],
  ])("%j on %j: %j", (pattern, text, expected) => {
    expect(compileWildcard(pattern, false, "unicode")(text)).toBe(expected);
  });

  it("folds where case does not count", () => {
    expect(compileWildcard("*\\PowerShell*", true, "ascii")("c:\\powerSHELL.exe")).toBe(true);
    expect(compileWildcard("*K?", true, "unicode")("\u212aB")).toBe(true);
    expect(compileWildcard("*K?", true, "ascii")("\u212aB")).toBe(false);
    expect(compileWildcard("A*", false, "unicode")("a")).toBe(false);
  });

  it("agrees with the table of prefixes", () => {
    const letter = fc.constantFrom("a", "b", "A", "\u{1f600}", "é", "\n");
    const piece = fc.oneof(letter, fc.constantFrom("*", "?"));
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 9 }).map((pieces) => pieces.join("")),
        fc.array(letter, { maxLength: 12 }).map((letters) => letters.join("")),
        fc.boolean(),
        (pattern, text, fold) => {
          const expected = fold
            ? matchesByTable(foldCase(pattern, "unicode"), foldCase(text, "unicode"))
            : matchesByTable(pattern, text);
          expect(compileWildcard(pattern, fold, "unicode")(text)).toBe(expected);
        },
      ),
      { numRuns: 1500 },
    );
  });

  it("finds pieces where an earlier start fails late", () => {
    const text = `${"a".repeat(2000)}b`;
    expect(compileWildcard(`*${"a".repeat(200)}b`, false, "unicode")(text)).toBe(true);
    expect(compileWildcard(`*${"a*".repeat(300)}c`, false, "unicode")(text)).toBe(false);
    expect(compileWildcard(`*a?${"a".repeat(50)}b*`, false, "unicode")(text)).toBe(true);
  });
});

describe("compileWildcards", () => {
  it("matches any of the patterns, literal or not", () => {
    const matches = compileWildcards(["cmd.exe", "power*"], true, "unicode");
    expect(["CMD.EXE", "PowerShell", "cmd.exe.bak", ""].map(matches)).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect(compileWildcards([], false, "unicode")("a")).toBe(false);
  });
});

describe("hasWildcards", () => {
  it("knows only the two", () => {
    expect(["*", "a?", "a", "\\", "[a]", ""].map(hasWildcards)).toEqual([
      true,
      true,
      false,
      false,
      false,
      false,
    ]);
  });
});
