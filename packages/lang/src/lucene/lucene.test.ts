import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bare } from "../../test/arbitrary-eql.ts";
import { schemaFrom } from "../ecs/index.ts";
import { evaluatePredicate } from "../match/index.ts";
import { DiagnosticError } from "../text/index.ts";
import { compileLucene, type LuceneQuery, parseLucene, printLucene } from "./index.ts";

const schema = schemaFrom({ a: "keyword", b: "long", t: "text", n: "nested" });
const read = (text: string): LuceneQuery | undefined => {
  try {
    return parseLucene({ name: "query", text });
  } catch (error) {
    if (error instanceof DiagnosticError) return undefined;
    throw error;
  }
};

/** Pieces of queries, so that what is made of them often is one. */
const piece = fc.constantFrom(
  ...'abt():*?+-!"/\\^~[]{}<>&|u'.split(""),
  ...' a: b: t: n: a\\*: _exists_: (a OR b) "a b" /a.b/ [1 TO 5] {a TO *] >=5 <b AND OR NOT && || TO \\u0041 \\  ^2 *: a*b c?d C\\:\\\\x'.split(
    " ",
  ),
  " AND ",
  " OR ",
  " NOT ",
  " ",
  "  ",
  "\n",
  "é",
  "\u3000",
);
const text = fc.array(piece, { maxLength: 14 }).map((parts) => parts.join(""));

describe("printLucene", () => {
  it("writes what reads as the same tree", () => {
    let queries = 0;
    fc.assert(
      fc.property(text, (given) => {
        const query = read(given);
        if (query === undefined) return;
        queries += 1;
        const printed = printLucene(query);
        expect(bare(read(printed)), printed).toEqual(bare(query));
        expect(printLucene(read(printed) ?? query)).toBe(printed);
      }),
      { numRuns: 1_500 },
    );
    expect(queries).toBeGreaterThan(150);
  });
});

describe("compileLucene", () => {
  it("never throws, and says why where there is nothing to run", () => {
    fc.assert(
      fc.property(text, (given) => {
        const { predicate, diagnostics } = compileLucene({ name: "query", text: given }, schema);
        const hasError = diagnostics.some(({ severity }) => severity === "error");
        expect(predicate === undefined).toBe(hasError);
        for (const { span } of diagnostics) {
          expect(span.start).toBeLessThanOrEqual(span.end);
          expect(span.end).toBeLessThanOrEqual(given.length);
        }
        if (predicate !== undefined)
          evaluatePredicate(predicate, { a: ["a", "b"], b: 5, t: "a b" });
      }),
      { numRuns: 1_000 },
    );
  });

  it.each<[string, string]>([
    ["brackets", `${"(".repeat(100_000)}a:b`],
    ["closed brackets", `${"(".repeat(5_000)}a:b${")".repeat(5_000)}`],
    ["operators", "NOT ".repeat(100_000)],
    ["backslashes", "\\".repeat(100_001)],
    ["backslashes in quotes", `a:"${"\\".repeat(100_001)}`],
    ["quotes", '"'.repeat(100_001)],
    ["slashes", "/".repeat(100_001)],
  ])("ends on %s without a match in sight", (_, given) => {
    const { predicate, diagnostics } = compileLucene({ name: "query", text: given }, schema);
    expect(predicate).toBeUndefined();
    expect(diagnostics).toHaveLength(1);
  });

  it("takes brackets as deep as anybody writes, and long rows", () => {
    const deep = `${"(".repeat(200)}a:b${")".repeat(200)}`;
    expect(compileLucene({ name: "query", text: deep }, schema).diagnostics).toEqual([]);
    const long = Array.from({ length: 20_000 }, (_, index) => `a:x${index}`).join(" OR ");
    expect(compileLucene({ name: "query", text: long }, schema).diagnostics).toEqual([]);
    const words = `a:(${Array.from({ length: 20_000 }, (_, index) => `x${index}`).join(" ")})`;
    expect(compileLucene({ name: "query", text: words }, schema).predicate).toMatchObject({
      kind: "equals",
    });
  });
});
