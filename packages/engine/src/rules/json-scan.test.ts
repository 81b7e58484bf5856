import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findJsonFault, locateJsonValues } from "./json-scan.ts";
import type { ValuePath } from "./parsed-file.ts";

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function faultOf(text: string) {
  return findJsonFault(text, { start: 0, end: text.length });
}

/** Every path of a value, with the value. */
function pathsOf(value: unknown, path: ValuePath = []): [ValuePath, unknown][] {
  if (typeof value !== "object" || value === null) return [[path, value]];
  const inner: [string | number, unknown][] = Array.isArray(value)
    ? value.map((item, index) => [index, item])
    : Object.entries(value);
  return [[path, value], ...inner.flatMap(([step, item]) => pathsOf(item, [...path, step]))];
}

describe("findJsonFault", () => {
  it("finds a fault exactly where the parser does not accept the text", () => {
    const mutation = fc.record({
      value: fc.jsonValue(),
      indent: fc.constantFrom(0, 1),
      at: fc.nat(),
      cut: fc.nat({ max: 2 }),
      put: fc.constantFrom("", ",", "]", "{", '"', "\\", "1", "0", "-", ".", "e", ":", "\n", "tru"),
    });
    fc.assert(
      fc.property(mutation, ({ value, indent, at, cut, put }) => {
        const text = JSON.stringify(value, null, indent);
        const place = at % (text.length + 1);
        const mutated = text.slice(0, place) + put + text.slice(place + cut);
        expect(faultOf(text)).toBeUndefined();
        const fault = faultOf(mutated);
        expect(fault === undefined).toBe(isJson(mutated));
        if (fault !== undefined) expect(fault.offset).toBeLessThanOrEqual(mutated.length);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    "",
    " ",
    "[",
    "{",
    '{"a"',
    "[1,]",
    '{"a":1,}',
    "nul",
    "1.",
    ".5",
    "+1",
    "'a'",
    '"\\u12"',
  ])("refuses %j", (text) => {
    expect(faultOf(text)).toBeDefined();
  });
});

describe("locateJsonValues", () => {
  it("finds every value", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(0, 2), (value, indent) => {
        const text = `  ${JSON.stringify(value, null, indent)}\n`;
        const locate = locateJsonValues(text, 0);
        for (const [path, expected] of pathsOf(JSON.parse(text))) {
          const range = locate(path);
          expect(range).toBeDefined();
          expect(JSON.parse(text.slice(range?.start, range?.end))).toEqual(expected);
        }
      }),
    );
  });

  it("takes the last of equal keys and finds nothing that is not there", () => {
    const text = '{"a": 1, "a": [2, {"b": 3}]}';
    const locate = locateJsonValues(text, 0);
    expect(locate(["a", 1, "b"])).toEqual({ start: 24, end: 25 });
    expect([locate(["a", 2]), locate(["a", 0, "b"]), locate(["c"])]).toEqual(Array(3));
  });
});
