import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { columnsOf, cutText, fitText, wrapText } from "./text-width.ts";

it.each([
  ["", 0],
  ["abc", 3],
  ["日本", 4],
  ["e\u0301", 1],
  ["\u{1f600}", 2],
])("columnsOf %j is %i", (text, width) => {
  expect(columnsOf(text)).toBe(width);
});

describe("cutText", () => {
  it.each([
    ["abcdef", 6, "abcdef"],
    ["abcdef", 5, "abcd…"],
    ["abcdef", 1, "…"],
    ["abcdef", 0, ""],
    ["日本語", 5, "日本…"],
    ["日本語", 4, "日…"],
    ["ae\u0301\u0302bc", 3, "ae\u0301\u0302…"],
  ])("%j to %i columns", (text, width, expected) => {
    expect(cutText(text, width)).toBe(expected);
  });

  it("stays within the width and is linear in it, whatever piles up", () => {
    const pile = `a${"\u0301".repeat(100_000)}bc`;
    expect(columnsOf(cutText(pile, 3))).toBeLessThanOrEqual(3);
    expect(cutText(pile, 2).length).toBeLessThan(200);
  });
});

it("fitText fills to the width", () => {
  expect(fitText("日本", 6)).toBe("日本  ");
  expect(fitText("日本語", 6)).toBe("日本語");
  expect(fitText("日本語x", 6)).toBe("日本… ");
});

describe("wrapText", () => {
  it.each([
    ["short", 10, 2, ["short"]],
    ["nc.exe -l -p 4444", 10, 9, ["nc.exe -l", "-p 4444"]],
    ["nc.exe -l -p 4444 -e cmd.exe", 10, 2, ["nc.exe -l", "-p 4444 -…"]],
    ["abcdefghijkl", 5, 9, ["abcde", "fghij", "kl"]],
    ["abc defghij", 5, 9, ["abc", "defgh", "ij"]],
    ["a bcdefghij", 5, 9, ["a bcd", "efghi", "j"]],
    ["abcde fg", 5, 9, ["abcde", "fg"]],
    ["日本語日本", 4, 9, ["日本", "語日", "本"]],
    ["日本", 1, 9, ["日", "本"]],
    ["", 5, 2, [""]],
  ])("%j in %i columns", (text, width, lines, expected) => {
    expect(wrapText(text, width, lines)).toEqual(expected);
  });

  it("loses nothing but blanks, and no line is too long", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom("a", "b", " ", "日") }),
        fc.integer({ min: 2, max: 9 }),
        (text, width) => {
          const lines = wrapText(text, width);
          expect(lines.join("").replaceAll(" ", "")).toBe(text.replaceAll(" ", ""));
          for (const line of lines) expect(columnsOf(line)).toBeLessThanOrEqual(width);
        },
      ),
    );
  });
});
