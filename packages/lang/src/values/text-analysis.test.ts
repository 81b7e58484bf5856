import { describe, expect, it } from "vitest";
import { analyzeText } from "./index.ts";

describe("the standard analyzer", () => {
  it.each<[string, readonly string[]]>([
    // The example of Elasticsearch's page on the tokenizer.
    [
      "The 2 QUICK Brown-Foxes jumped over the lazy dog's bone.",
      ["the", "2", "quick", "brown", "foxes", "jumped", "over", "the", "lazy", "dog's", "bone"],
    ],
    ["", []],
    [" \t\n.,;:'\"-_()", []],
    ["don't can’t o'", ["don't", "can’t", "o"]],
    ["cmd.exe C:\\Windows\\System32", ["cmd.exe", "c", "windows", "system32"]],
    ["a.b.c .a b. a..b", ["a.b.c", "a", "b", "a", "b"]],
    // A full stop or a comma joins digits with digits, letters with letters, never one with the other.
    [
      "3.14 1,000,000 10.0.0.1 v1.2 1.a a.1",
      ["3.14", "1,000,000", "10.0.0.1", "v1.2", "1", "a", "a", "1"],
    ],
    ["a,b a;b 1;2 1'2", ["a", "b", "a", "b", "1;2", "1'2"]],
    ["a:b 1:2 a:1", ["a:b", "1", "2", "a", "1"]],
    ["snake_case _a_ __ 1_000", ["snake_case", "_a_", "1_000"]],
    [
      "user@example.com https://x.org/a?b=1",
      ["user", "example.com", "https", "x.org", "a", "b", "1"],
    ],
    ["key=value a/b", ["key", "value", "a", "b"]],
    ["Straße ΟΔΟΣ İx ÉÀ", ["straße", "οδοσ", "ix", "éà"]],
    ["e\u0301te\u0301 a\u00adb", ["e\u0301te\u0301", "a\u00adb"]],
    ["東京都 ひら カタカナ 한국어", ["東", "京", "都", "ひ", "ら", "カタカナ", "한국어"]],
    ["ภาษาไทย", ["ภาษาไทย"]],
    ["a\u200bb", ["a", "b"]],
    ["go 😀 now", ["go", "😀", "now"]],
    ["\ud800 a \udc00", ["a"]],
    ["𝒜𝒷 𐐀", ["𝒜𝒷", "𐐨"]],
  ])("cuts %j", (text, tokens) => {
    expect(analyzeText(text, "standard")).toEqual(tokens);
  });

  it("cuts words after 255 units", () => {
    const tokens = analyzeText(`${"a".repeat(600)} b`, "standard");
    expect(tokens.map((token) => token.length)).toEqual([255, 255, 90, 1]);
    expect(analyzeText(`${"a".repeat(254)}𝒜b`, "standard").map(({ length }) => length)).toEqual([
      254, 3,
    ]);
    expect(analyzeText(`a.${"\u0301".repeat(100_000)}`, "standard")[0]).toBe("a");
  });
});

describe("the analyzer of script blocks", () => {
  it.each<[string, readonly string[]]>([
    ["Invoke-Mimikatz -DumpCreds", ["invoke-mimikatz", "-dumpcreds"]],
    ["[System.Net.WebClient]::new()", ["system", "net", "webclient", "new"]],
    ["$env:USER_NAME='x'; é--", ["env", "user_name", "x", "--"]],
    ["", []],
  ])("cuts %j", (text, tokens) => {
    expect(analyzeText(text, "powershell")).toEqual(tokens);
  });
});
