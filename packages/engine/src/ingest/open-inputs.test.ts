import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { InputFinding } from "./event.ts";
import { matchesName } from "./glob.ts";
import { openInputs } from "./open-inputs.ts";

const root = mkdtempSync(join(tmpdir(), "harrier-open-"));
afterAll(() => rmSync(root, { recursive: true }));

beforeAll(() => {
  for (const path of ["a/b", "a/.git", "z"]) mkdirSync(join(root, path), { recursive: true });
  for (const path of [
    "a/2.json",
    "a/10.json",
    "a/b/x.ndjson",
    "a/b.json",
    "a/.hidden.json",
    "a/.git/config",
    "z/é.json",
    "z/Z.json",
    "z/[1].json",
  ]) {
    writeFileSync(join(root, path), "{}");
  }
  symlinkSync(join(root, "a/b"), join(root, "a/b/loop"));
  symlinkSync(join(root, "a"), join(root, "a/b.up"));
  symlinkSync(join(root, "a/2.json"), join(root, "z/link.json"));
  symlinkSync(join(root, "nowhere"), join(root, "z/dangling"));
});

async function open(...paths: readonly string[]) {
  const findings: InputFinding[] = [];
  const inputs = await openInputs(
    paths.map((path) => (path === "-" ? path : join(root, path))),
    { onFinding: (finding) => findings.push(finding) },
  );
  const short = (name: string) => name.replace(`${root}/`, "");
  return {
    names: inputs.map(({ name }) => short(name)),
    failed: findings.map(({ input, code }) => `${code} ${short(input)}`),
  };
}

describe("open inputs", () => {
  test("a folder: all files below in the order of code points, none hidden, no loops", async () => {
    expect(await open("a")).toEqual({
      names: ["a/10.json", "a/2.json", "a/b.json", "a/b/x.ndjson"],
      failed: [],
    });
  });

  test("the order of arguments stays, a file is read once", async () => {
    expect(await open("z/Z.json", "a/2.json", "z/link.json", "a/10.json", "z/Z.json")).toEqual({
      names: ["z/Z.json", "a/2.json", "a/10.json"],
      failed: [],
    });
  });

  test("what cannot be opened is a finding, the rest goes on", async () => {
    expect(await open("missing", "z", "-")).toEqual({
      names: ["z/Z.json", "z/[1].json", "z/link.json", "z/é.json"],
      failed: ["unreadable missing", "unreadable z/dangling", "unreadable -"],
    });
  });

  test("hidden files that are named are read", async () => {
    expect((await open("a/.hidden.json")).names).toEqual(["a/.hidden.json"]);
  });

  test("patterns", async () => {
    expect((await open("a/*.json")).names).toEqual(["a/10.json", "a/2.json", "a/b.json"]);
    expect((await open("*/[A-Z].json")).names).toEqual(["z/Z.json"]);
    expect((await open("**/*.ndjson")).names).toEqual(["a/b/x.ndjson"]);
    expect((await open("?/b.j*")).names).toEqual(["a/b.json"]);
    expect((await open("z/[1].json")).names).toEqual(["z/[1].json"]);
    expect(await open("a/*.evtx")).toEqual({ names: [], failed: ["unreadable a/*.evtx"] });
  });

  test("the standard input is whatever is given for it", async () => {
    async function* stdin() {
      yield Buffer.from("{}");
    }
    const [input] = await openInputs(["-"], { stdin: stdin() });
    expect(input?.name).toBe("-");
    expect(input?.sizeBytes).toBeUndefined();
  });

  test.each([
    ["*", "anything", true],
    ["a*b*c", "axxbxxc", true],
    ["a*b*c", "axxbxx", false],
    ["?", "💥", true],
    ["??", "a", false],
    ["[a-c]x", "bx", true],
    ["[!a-c]x", "bx", false],
    ["[]]", "]", true],
    ["[a", "[a", true],
    ["", "", true],
  ])("%s matches %s: %s", (pattern, name, expected) => {
    expect(matchesName(pattern, name)).toBe(expected);
  });
});
