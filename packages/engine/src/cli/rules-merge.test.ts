import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { runCommand } from "../../test/run-command.ts";

const folder = mkdtempSync(join(tmpdir(), "harrier-merge-"));
afterAll(() => rmSync(folder, { recursive: true }));

const rule = (severity: string, score: number, note = "x") =>
  `# Ours.\n[rule]\nrule_id = "1"\nname = "N"\ndescription = "d"\nseverity = "${severity}" # why\nrisk_score = ${score}\ntype = "query"\nquery = "a: 1"\nnote = "${note}"\n`;

function write(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

const base = write("base.toml", rule("low", 21));
const upstream = write("upstream.toml", rule("high", 73));

describe("rules merge", () => {
  it("changes the local file in place", async () => {
    const local = write("local.toml", rule("low", 21, "ours"));
    const args = ["rules", "merge", base, local, upstream, "-o", local];
    expect((await runCommand(...args)).code).toBe(2);
    const { code, out, err } = await runCommand(...args, "--force");
    expect([code, out, err]).toEqual([
      0,
      "",
      "taken from upstream: rule.severity, rule.risk_score\n",
    ]);
    expect(readFileSync(local, "utf8")).toBe(rule("high", 73, "ours"));
  });

  it("names conflicts, and so does whoever reads the file", async () => {
    const local = write("other.toml", rule("medium", 47));
    const { code, out, err } = await runCommand("rules", "merge", base, local, upstream);
    expect(code).toBe(1);
    expect(err).toContain("error: both sides changed rule.severity, rule.risk_score\n");
    const check = await runCommand("check", write("marked.toml", out));
    expect(check.code).toBe(1);
    expect(check.out + check.err).toContain("rule/merge-conflict");
    const ours = await runCommand("rules", "merge", base, local, upstream, "--ours");
    expect([ours.code, ours.out]).toEqual([0, rule("medium", 47)]);
    const theirs = await runCommand("rules", "merge", base, local, upstream, "--theirs");
    expect([theirs.code, theirs.out]).toEqual([0, rule("high", 73)]);
    expect(
      (await runCommand("rules", "merge", base, local, upstream, "--ours", "--theirs")).code,
    ).toBe(2);
  });

  it("writes no conflicts in forms without marks", async () => {
    const api = (severity: string) =>
      JSON.stringify({
        rule_id: "1",
        name: "N",
        description: "d",
        severity,
        risk_score: 1,
        type: "query",
        query: "a: 1",
      });
    const files = ["low", "medium", "high"].map((severity) =>
      write(`${severity}.json`, api(severity)),
    );
    const { code, out, err } = await runCommand("rules", "merge", ...files);
    expect([code, out]).toEqual([1, ""]);
    expect(err).toContain("nothing was written");
  });

  it("takes files with one rule each", async () => {
    expect((await runCommand("rules", "merge", base, folder, upstream)).code).toBe(2);
    const broken = write("broken.toml", "[rule]\nname =\n");
    expect((await runCommand("rules", "merge", base, broken, upstream)).code).toBe(3);
  });
});
