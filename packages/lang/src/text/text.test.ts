import { describe, expect, test } from "vitest";
import {
  type Diagnostic,
  DiagnosticError,
  formatDiagnosticLine,
  positionAt,
  renderDiagnostic,
  type Source,
  spanOf,
} from "./index.ts";

function finding(
  source: Source,
  start: number,
  end: number,
  extra: Partial<Diagnostic> = {},
): Diagnostic {
  return {
    severity: "error",
    code: "eql/syntax",
    message: "something is wrong",
    span: spanOf(source, start, end),
    ...extra,
  };
}

describe("positions", () => {
  test.each([
    ["abc", 0, 1, 1],
    ["abc", 3, 1, 4],
    ["abc", 99, 1, 4],
    ["a\nb", 2, 2, 1],
    ["a\r\nb", 3, 2, 1],
    ["a\rb", 2, 2, 1],
    ["a\n\nb", 3, 3, 1],
    // A character outside the basic plane is two units and one column.
    ["\u{1f600}b", 2, 1, 2],
    ["", 0, 1, 1],
  ])("%j at %i is %i:%i", (text, offset, line, column) => {
    expect(positionAt(text, offset)).toEqual({ line, column });
  });
});

describe("frames", () => {
  test("message, place, line, caret, hint", () => {
    const text = 'process where process.nmae == "cmd.exe"';
    const frame = renderDiagnostic(
      finding({ name: "rule.toml", text }, 14, 26, {
        message: "there is no field `process.nmae`",
        hint: "did you mean `process.name`?",
      }),
    );
    expect(frame.split("\n")).toEqual([
      "error[eql/syntax]: there is no field `process.nmae`",
      " --> rule.toml:1:15",
      "  |",
      '1 | process where process.nmae == "cmd.exe"',
      "  |               ^^^^^^^^^^^^",
      "  = hint: did you mean `process.name`?",
    ]);
  });

  test("a label has its own frame, and the gutter fits the widest line number", () => {
    const text = `${"\n".repeat(9)}first\nsecond`;
    const source = { name: "f", text };
    const frame = renderDiagnostic(
      finding(source, 9, 14, {
        labels: [{ span: spanOf(source, 15, 21), message: "because of this" }],
      }),
    );
    expect(frame).toContain("10 | first\n   | ^^^^^");
    expect(frame).toContain("11 | second\n   | ^^^^^^ because of this");
  });

  test("an empty span at the end still has a caret", () => {
    expect(renderDiagnostic(finding({ name: "q", text: "process where" }, 13, 13))).toContain(
      "1 | process where\n  |              ^",
    );
  });

  test("a span over several lines is marked on its first", () => {
    const frame = renderDiagnostic(finding({ name: "q", text: "ab\ncd" }, 1, 5));
    expect(frame).toContain("1 | ab\n  |  ^");
    expect(frame).not.toContain("cd");
  });

  test("a query inside a file points into the file", () => {
    const outer = { name: "rule.toml", text: "query = '''\nprocess where x\n'''" };
    const inner: Source = {
      name: "query",
      text: "process where x",
      embedded: { in: outer, offsetOf: (offset) => offset + 12 },
    };
    const diagnostic = finding(inner, 14, 15);
    expect(formatDiagnosticLine(diagnostic)).toBe(
      "rule.toml:2:15: error[eql/syntax]: something is wrong",
    );
    expect(renderDiagnostic(diagnostic)).toContain("2 | process where x\n  |               ^");
  });

  test("hostile text cannot move the cursor or turn the line around", () => {
    const frame = renderDiagnostic(
      finding({ name: "evil\u001b]0;x\u0007", text: "a\u001b[2J\u202eb\u0000" }, 0, 1, {
        message: "bad \u009b thing",
      }),
    );
    expect(frame.replaceAll("\n", "")).not.toMatch(/\p{Cc}|\p{Cf}/u);
    expect(frame).toContain("\\u{1b}[2J\\u{202e}b\\u{0}");
  });

  test.each([60, 80, 160])("a very long line is cut around the span to %i columns", (width) => {
    const text = `${"x".repeat(5000)}HERE${"y".repeat(5000)}`;
    const style = { width, severity: (part: string) => part, gutter: (part: string) => part };
    const lines = renderDiagnostic(finding({ name: "q", text }, 5000, 5004), style).split("\n");
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(width);
    const [, shown = ""] = lines[3]?.split(" | ") ?? [];
    const carets = lines[4] ?? "";
    expect(shown.slice(carets.indexOf("^") - 4, carets.lastIndexOf("^") + 1 - 4)).toBe("HERE");
  });

  test("an error holds all findings and reads as one line each", () => {
    const source = { name: "q", text: "ab" };
    const error = new DiagnosticError([finding(source, 0, 1), finding(source, 1, 2)]);
    expect(error.message).toBe(
      "q:1:1: error[eql/syntax]: something is wrong\nq:1:2: error[eql/syntax]: something is wrong",
    );
  });
});
