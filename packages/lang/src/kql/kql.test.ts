import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bare } from "../../test/arbitrary-eql.ts";
import { arbitraryKql } from "../../test/arbitrary-kql.ts";
import type { Source } from "../text/index.ts";
import { parseKql, printKql } from "./index.ts";

const sourceOf = (text: string): Source => ({ name: "query", text });
const parse = (text: string) => parseKql(sourceOf(text));

describe("print", () => {
  test("then parse gives the same tree", () => {
    fc.assert(
      fc.property(arbitraryKql, (query) => {
        const text = printKql(query);
        const again = parse(text);
        expect(bare(again)).toEqual(bare(query));
        expect(printKql(again)).toBe(text);
      }),
      { numRuns: 500 },
    );
  });
});
