import { readFileSync } from "node:fs";
import { gunzipSync, gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { describeError } from "./describe-error.ts";

function failureOf(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error("it did not fail");
}

const packed = gzipSync("text");

describe("why something failed", () => {
  test.each([
    [
      "a file that is not there",
      () => readFileSync("/nowhere/at-all"),
      "there is no such file or folder",
    ],
    ["a folder", () => readFileSync("/"), "it is a folder"],
    [
      "a file as a folder",
      () => readFileSync("/etc/hosts/x"),
      "a part of the path is not a folder",
    ],
    ["a long name", () => readFileSync(`/${"n".repeat(300)}`), "the name is too long"],
    [
      "gzip that ends early",
      () => gunzipSync(packed.subarray(0, 12)),
      "the packed data ends too early",
    ],
    ["damaged gzip", () => gunzipSync(packed.fill(0xff, 10, 14)), "the packed data is damaged"],
  ])("%s", (_name, work, words) => {
    expect(describeError(failureOf(work))).toBe(words);
  });

  test("what we do not know keeps its own words", () => {
    expect(describeError(new Error("it broke"))).toBe("it broke");
    expect(describeError(Object.assign(new Error("odd"), { code: "EODD" }))).toBe("odd");
    expect(describeError("a text")).toBe("a text");
  });
});
