import { describe, expect, it } from "vitest";
import { reportChecks } from "./report.ts";

const passing = { name: "a.toml: one", query: "any where true", failures: [] };
const failing = {
  name: "a.toml: two",
  query: "any where false",
  failures: ["expected [1], got []"],
};
const gap = (name: string) => ({ case: name, reason: "no shards" });
const lastLine = (...args: Parameters<typeof reportChecks>) => {
  const { lines, isGood } = reportChecks(...args);
  return [lines.at(-1), isGood];
};

describe("reportChecks", () => {
  it("shows a failing case with its query and what went wrong", () => {
    expect(reportChecks([passing, failing], [])).toEqual({
      lines: [
        "FAILED a.toml: two",
        "    any where false",
        "  expected [1], got []",
        "1 passed, 1 failed",
      ],
      isGood: false,
    });
  });

  it("counts a listed gap neither way", () => {
    expect(lastLine([passing, failing], [gap("a.toml: two")])).toEqual([
      "1 passed, 0 failed",
      true,
    ]);
  });

  it("fails on a gap that passes, that is no case, and on too many", () => {
    expect(lastLine([passing], [gap("a.toml: one")])).toEqual(["0 passed, 1 failed", false]);
    expect(lastLine([passing], [gap("a.toml: three")])).toEqual(["1 passed, 1 failed", false]);
    const many = Array.from({ length: 9 }, (_, index) => ({
      ...failing,
      name: `a.toml: ${index}`,
    }));
    expect(
      lastLine(
        many,
        many.map(({ name }) => gap(name)),
      ),
    ).toEqual(["0 passed, 1 failed", false]);
  });
});
