import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { runCommand } from "../../test/run-command.ts";

const folder = mkdtempSync(join(tmpdir(), "harrier-check-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** A rule with a technique's name of old, a slip of the pen, and a query with an unknown field. */
function writeRule(name: string): string {
  const path = join(folder, name);
  writeFileSync(
    path,
    `[rule]
name = "N"
description = "d"
rule_id = "r"
risk_score = 1
severity = "low"
type = "eql"
timestamp_overide = "event.ingested"
query = '''
process where process.nmae == "a"
'''
[[rule.threat]]
framework = "MITRE ATT&CK"
[rule.threat.tactic]
id = "TA0002"
name = "Execution"
[[rule.threat.technique]]
id = "T1106"
name = "Execution through API" # until 2020
`,
  );
  return path;
}

describe("check", () => {
  it("shows the findings of the codes asked for", async () => {
    const path = writeRule("a.toml");
    const codes = async (...args: string[]) => {
      const { out } = await runCommand("check", path, "--format", "json", ...args);
      return (JSON.parse(out) as readonly { readonly code: string }[]).map(({ code }) => code);
    };
    expect(await codes()).toEqual([
      "eql/unknown-field",
      "rule/unknown-key",
      "rule/renamed-technique",
    ]);
    expect(await codes("--select", "rule")).toEqual(["rule/unknown-key", "rule/renamed-technique"]);
    expect(await codes("--select", "rule", "--ignore", "rule/unknown-key")).toEqual([
      "rule/renamed-technique",
    ]);
    expect(await codes("--ignore", "rule,eql/unknown-field")).toEqual([]);
  });

  it("finds what can never match, and sequences that windows cut", async () => {
    const check = async (query: string) => {
      const path = join(folder, "plan.toml");
      writeFileSync(
        path,
        `[rule]\nname = "N"\ndescription = "d"\nrule_id = "p"\nrisk_score = 1\nseverity = "low"\ntype = "eql"\nfrom = "now-9m"\nquery = '${query}'\n`,
      );
      const { out } = await runCommand("check", path, "--format", "json", "--select", "rule");
      return (JSON.parse(out) as { code: string; message: string }[]).map(
        ({ code, message }) => `${code}: ${message}`,
      );
    };
    const b = '[process where process.name == "b"]';
    expect(await check('process where process.name == "a" and not process.name == "a"')).toEqual([
      "rule/never-true: no event can meet the condition",
    ]);
    // A field may hold both.
    expect(await check('process where process.name == "a" and process.name == "b"')).toEqual([]);
    expect(await check(`sequence by host.id with maxspan=1m ${b} [any where false]`)).toEqual([
      "rule/never-true: no event can meet 1 of the 2 conditions",
    ]);
    // Windows of nine minutes, every five: four are left.
    expect(await check(`sequence by host.id with maxspan=4m ${b} ${b}`)).toEqual([]);
    expect(await check(`sequence by host.id with maxspan=5m ${b} ${b}`)).toEqual([
      "rule/short-window: a sequence of up to 5m can begin before every window that holds its end: each run reads 9m",
    ]);
  });

  it("has no code that is not there", async () => {
    const path = writeRule("b.toml");
    expect(await runCommand("check", path, "--ignore", "rule/unknwon-key")).toMatchObject({
      code: 2,
      err: expect.stringContaining("did you mean rule/unknown-key?"),
    });
  });

  it("explains a code", async () => {
    const { code, out } = await runCommand("check", "--explain", "rule/skipped-window");
    expect(code).toBe(0);
    expect(out).toContain("rule/skipped-window\n\nA rule's runs are further apart");
    expect(await runCommand("check", "--explain", "x")).toMatchObject({ code: 2 });
    expect(await runCommand("check")).toMatchObject({ code: 2 });
  });

  it("mends what can be mended, and leaves the rest of the file alone", async () => {
    const path = writeRule("c.toml");
    const before = readFileSync(path, "utf8");
    const { out, err } = await runCommand("check", path, "--fix", "--format", "json");
    expect(err).toContain("1 finding mended; 1 rule in 1 file: 0 errors, 2 warnings");
    expect(out).not.toContain("renamed-technique");
    expect(readFileSync(path, "utf8")).toBe(before.replace("Execution through API", "Native API"));
    expect((await runCommand("check", path, "--fix")).err).toContain("1 rule in 1 file: 0 errors");
  });

  it("mends only what is shown", async () => {
    const path = writeRule("d.toml");
    const before = readFileSync(path, "utf8");
    await runCommand("check", path, "--fix", "--select", "eql");
    expect(readFileSync(path, "utf8")).toBe(before);
  });

  it("writes annotations for a workflow, in which a rule can start no command of its own", async () => {
    const path = join(folder, "e,1.toml");
    writeFileSync(
      path,
      readFileSync(writeRule("e.toml"), "utf8").replace("timestamp_overide", '"%\\n::error::x"'),
    );
    const { out } = await runCommand("check", path, "--format", "github", "--select", "rule");
    const lines = out.trimEnd().split("\n");
    const file = path.replace(",", "%2C");
    expect(lines).toEqual([
      `::warning file=${file},line=8,endLine=8,col=19,endColumn=35,title=rule/unknown-key::no rule has a \`%25%0A::error::x\``,
      `::notice file=${file},line=19,endLine=19,col=8,endColumn=31,title=rule/renamed-technique::ATT&CK 18.1 calls T1106 "Native API", not "Execution through API"`,
    ]);
  });

  it("writes SARIF, in which a path below the current folder stays relative", async () => {
    const path = relative(process.cwd(), writeRule("f g.toml"));
    const { out } = await runCommand("check", path, "--format", "sarif", "--select", "eql");
    const log = JSON.parse(out);
    expect(log).toMatchObject({
      version: "2.1.0",
      runs: [
        {
          columnKind: "unicodeCodePoints",
          tool: { driver: { name: "Harrier", rules: [{ id: "eql/unknown-field" }] } },
          results: [
            {
              ruleId: "eql/unknown-field",
              ruleIndex: 0,
              level: "warning",
              locations: [
                {
                  physicalLocation: {
                    artifactLocation: { uri: path.replace(" ", "%20") },
                    region: { startLine: 10, startColumn: 15, endLine: 10, endColumn: 27 },
                  },
                },
              ],
            },
          ],
        },
      ],
    });
  });
});
