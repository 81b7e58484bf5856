import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { FieldPredicate } from "../../ir/index.ts";
import { compileAnalysis } from "../analyse.ts";
import { compileLeaf } from "../leaf.ts";
import { ValueFilter } from "./value-filter.ts";

const field = { path: "f", type: "keyword" } as const;
const piece = fc.constantFrom(
  ...'*?aBkK.-_ \\"/',
  "\n",
  "\u212a",
  "\u0130",
  "\u017f",
  "é",
  "su",
  "sudo",
  "op",
  "cron",
  "nsu",
  "C:\\win",
  "abcdefghijkl",
);
const textOf = (maxLength: number): fc.Arbitrary<string> =>
  fc.array(piece, { maxLength }).map((parts) => parts.join(""));
const token = fc.constantFrom(
  "su",
  "sudo",
  "op",
  "cron",
  "k",
  "nsu",
  "é",
  "ab_c",
  "a.b",
  "x".repeat(255),
);

const leaf: fc.Arbitrary<FieldPredicate> = fc.oneof(
  fc.record({
    kind: fc.constantFrom("wildcard" as const),
    field: fc.constant(field),
    patterns: fc.array(textOf(4), { minLength: 1, maxLength: 2 }),
    fold: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant("equals" as const),
    field: fc.constant(field),
    values: fc.array(textOf(3), { minLength: 1, maxLength: 2 }),
    fold: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant("tokens" as const),
    field: fc.constant(field),
    analyzer: fc.constantFrom("standard" as const, "powershell" as const),
    mode: fc.constantFrom("any" as const, "phrase" as const, "wildcard" as const),
    tokens: fc.array(token, { minLength: 1, maxLength: 3 }),
  }),
);

/** Texts with a long run in them, which analyzers cut into pieces. */
const longText = fc
  .tuple(textOf(3), fc.constantFrom(240, 249, 250, 253, 254, 255, 256, 510, 600), textOf(4))
  .map(([before, length, behind]) => before + "x".repeat(length) + behind);

describe("the filter of values", () => {
  it("lets through whatever satisfies a leaf, and the analysis finds what each leaf alone finds", () => {
    const leaves = fc.array(leaf, { minLength: 1, maxLength: 4 });
    const texts = fc.array(fc.oneof(textOf(6), longText), { minLength: 1, maxLength: 6 });
    const foldings = fc.constantFrom("unicode" as const, "ascii" as const);
    let refused = 0;
    fc.assert(
      fc.property(leaves, texts, foldings, (given, values, folding) => {
        const { analyse, traits, anyText } = compileAnalysis(
          given.map((each, id) => ({ id, leaf: each })),
          folding,
        );
        const filter = new ValueFilter(traits);
        for (const value of values) {
          const expected = given.flatMap((each, id) =>
            compileLeaf(each, folding)(value) ? [id] : [],
          );
          expect([...analyse(value)].sort()).toEqual(expected);
          const bytes = Buffer.from(JSON.stringify(value).slice(1, -1));
          if (filter.mayHold(bytes, 0, bytes.length)) continue;
          refused += 1;
          expect(expected).toEqual(value === "" ? [] : [...new Set(anyText)].sort());
        }
      }),
      { numRuns: 1_500 },
    );
    // It is of use, too.
    expect(refused).toBeGreaterThan(1_000);
  });

  it("takes pieces only where patterns have them", () => {
    const patterns = ["*.so", ".*", "ab?c*", "*x*"];
    const { traits } = compileAnalysis(
      patterns.map((pattern, id) => ({
        id,
        leaf: { kind: "wildcard", field, patterns: [pattern], fold: true },
      })),
      "unicode",
    );
    const filter = new ValueFilter(traits);
    const mayHold = (text: string): boolean => {
      const bytes = Buffer.from(text);
      return filter.mayHold(bytes, 0, bytes.length);
    };
    expect(["lib.SO", ".profile", "ABzc", "1X1", "\u212a"].map(mayHold)).toEqual([
      true,
      true,
      true,
      true,
      true,
    ]);
    expect(["lib.so.1", "a.b", "1ab", "é", ""].map(mayHold)).toEqual([
      false,
      false,
      false,
      false,
      false,
    ]);
  });
});
