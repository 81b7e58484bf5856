import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { equalsFolded, foldCase, foldCodePoint, foldingClasses } from "./case-folding.ts";

/** Any text without unpaired surrogates, half of it ASCII. */
const anyText = fc
  .array(fc.oneof(fc.integer({ min: 0, max: 0x7f }), fc.integer({ min: 0x80, max: 0x10f7ff })))
  .map((points) =>
    String.fromCodePoint(...points.map((point) => (point < 0xd800 ? point : point + 0x800))),
  );

describe("foldCase", () => {
  // Targets as CaseFolding.txt has them, statuses C and S.
  it.each([
    ["A", "a", "ASCII"],
    ["\u212a", "k", "Kelvin sign"],
    ["\u017f", "s", "long s"],
    ["\u00b5", "\u03bc", "micro sign"],
    ["\u0130", "\u0130", "dotted capital I has only a full and a Turkic folding"],
    ["\u0131", "\u0131", "dotless i"],
    ["\u1e9e", "\u00df", "capital sharp s"],
    ["\u03c2", "\u03c3", "final sigma"],
    ["\u03a3", "\u03c3", "capital sigma"],
    ["\u13a0", "\u13a0", "Cherokee capital, which is the target"],
    ["\uab70", "\u13a0", "Cherokee small letter"],
    ["\u13f8", "\u13f0", "Cherokee small letter of the first block"],
    ["\u2126", "\u03c9", "Ohm sign"],
    ["\u212b", "\u00e5", "Angstrom sign"],
    ["\u1fbe", "\u03b9", "prosgegrammeni"],
    ["\u01c5", "\u01c6", "title case letter"],
    ["\u1fd3", "\u0390", "iota with dialytika and oxia"],
    ["\ufb05", "\ufb06", "ligature of long s and t"],
    ["\u1c90", "\u10d0", "Georgian capital"],
    ["\u{10400}", "\u{10428}", "Deseret, past U+FFFF"],
    ["\u{1e921}", "\u{1e943}", "Adlam"],
    ["\ud800A", "\ud800a", "an unpaired surrogate stands for itself"],
  ])("folds %j to %j: %s", (text, folded) => {
    expect(foldCase(text, "unicode")).toBe(folded);
  });

  it("folds ASCII letters only where that is asked for", () => {
    expect(foldCase("PowerShell É \u212a", "ascii")).toBe("powershell É \u212a");
    expect(foldCase("PowerShell É \u212a", "unicode")).toBe("powershell é k");
  });

  it("is idempotent, keeps the length, and folds each code point by itself", () => {
    fc.assert(
      fc.property(anyText, fc.constantFrom("unicode", "ascii"), (text, to) => {
        const folded = foldCase(text, to);
        expect(foldCase(folded, to)).toBe(folded);
        expect(folded.length).toBe(text.length);
        expect(folded).toBe([...text].map((character) => foldCase(character, to)).join(""));
      }),
    );
  });

  it("folds two characters together exactly when RegExp with `iu` does", () => {
    const differing = [...foldingClasses("unicode")].flatMap(([point, members]) => {
      const pattern = new RegExp(`^[\\u{${point.toString(16)}}]$`, "iu");
      // The table may know a newer Unicode than the Node that runs this.
      const known = members.filter((member) => isAssigned(member) && isAssigned(point));
      return known.filter((member) => !pattern.test(String.fromCodePoint(member)));
    });
    expect(differing).toEqual([]);
  });

  it("folds all of a class to one member, which stays", () => {
    const broken = [...foldingClasses("unicode").values()].filter((members) => {
      const targets = new Set(members.map((member) => foldCodePoint(member, "unicode")));
      return targets.size !== 1 || !members.some((member) => targets.has(member));
    });
    expect(broken).toEqual([]);
  });
});

describe("a long text", () => {
  it("folds as its letters do, wherever its pieces end", () => {
    for (const letters of ["\u{10400}a", "a\u{10400}", "\u0130\u212a\ud800", "é\u{1f600}"]) {
      for (const before of ["", "x", "xy"]) {
        const text = before + letters.repeat(5_000);
        const single = [...text].map((letter) => foldCase(letter, "unicode")).join("");
        expect(foldCase(text, "unicode")).toBe(single);
      }
    }
  });
});

function isAssigned(point: number): boolean {
  return /^\p{Assigned}$/u.test(String.fromCodePoint(point));
}

describe("equalsFolded", () => {
  it.each([
    ["cmd.EXE", "CMD.exe", "ascii", true],
    ["\u212aill", "KILL", "unicode", true],
    ["\u212aill", "KILL", "ascii", false],
    ["straße", "STRASSE", "unicode", false],
    ["", "", "unicode", true],
    ["a", "ab", "unicode", false],
  ] as const)("%j and %j under %s: %j", (a, b, folding, expected) => {
    expect(equalsFolded(a, b, folding)).toBe(expected);
  });
});
