import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { runCommand } from "../../test/run-command.ts";

const folder = mkdtempSync(join(tmpdir(), "harrier-coverage-"));
afterAll(() => rmSync(folder, { recursive: true }));

function writeRule(name: string, query: string, technique: string, more = ""): void {
  writeFileSync(
    join(folder, `${name.replace(/\W/g, "")}.toml`),
    `[rule]
name = '${name}'
description = "d"
rule_id = '${name}'
risk_score = 1
severity = "low"
type = "eql"
${more}
query = '''${query}'''
[[rule.threat]]
framework = "MITRE ATT&CK"
[rule.threat.tactic]
id = "TA0002"
name = "Execution"
[[rule.threat.technique]]
id = "${technique}"
name = "n"
`,
  );
}

writeRule("fires <b>", 'process where process.name == "a"', "T1059");
writeRule("silent", 'process where process.name == "b"', "T1106");
writeRule("no data", 'registry where registry.path == "b"', "T1047");
writeRule("off", 'process where process.name == "a"', "T1053", "enabled = false");
writeFileSync(
  join(folder, "silent.test.toml"),
  '[[case]]\nname = "x"\nevents = []\nmatch = false\n',
);
const events = join(folder, "events.ndjson");
writeFileSync(
  events,
  '{"@timestamp":"2026-01-05T08:00:00Z","event":{"category":"process"},"process":{"name":"a"}}\n',
);

/** The ids of the techniques of Execution that some rule covers. */
async function covered(...args: readonly string[]): Promise<readonly string[]> {
  const { out } = await runCommand("coverage", ...args, "--rules", folder, "--format", "json");
  const { tactics } = JSON.parse(out) as {
    tactics: { id: string; techniques: { id: string; rules: string[] }[] }[];
  };
  return tactics
    .filter(({ id }) => id === "TA0002")
    .flatMap(({ techniques }) => techniques.filter(({ rules }) => rules.length > 0))
    .map(({ id }) => id)
    .sort();
}

describe("coverage", () => {
  it("shows the rules that are on, those with data, those that fired", async () => {
    expect(await covered()).toEqual(["T1047", "T1059", "T1106"]);
    expect(await covered("--layer", "tested")).toEqual(["T1106"]);
    expect(await covered(events, "--layer", "data")).toEqual(["T1059", "T1106"]);
    expect(await covered(events, "--layer", "fired")).toEqual(["T1059"]);
  });

  it("fails under a share of the techniques", async () => {
    const args = ["coverage", "--rules", folder];
    // 3 of 216 are 1.39 %.
    expect((await runCommand(...args, "--fail-under", "1.3")).code).toBe(0);
    expect((await runCommand(...args, "--fail-under", "1.4")).code).toBe(1);
    expect((await runCommand(...args, "--fail-under", "101")).code).toBe(2);
  });

  it("says what is missing or too much", async () => {
    expect(await runCommand("coverage")).toMatchObject({ code: 2 });
    expect(await runCommand("coverage", events, "--rules", folder)).toMatchObject({ code: 2 });
    expect(await runCommand("coverage", "--rules", folder, "--layer", "data")).toMatchObject({
      code: 2,
    });
    expect(await runCommand("coverage", "--rules", folder, "--platform", "Windos")).toMatchObject({
      code: 2,
    });
  });

  it("draws the matrix as text", async () => {
    const { out } = await runCommand("coverage", "--rules", folder);
    expect(out).toContain("3 of 216 techniques with rules (1 %)");
    expect(out).toMatch(/^ {2}T1059 {6}Command and Scripting Interpreter +1$/m);
    expect(out).not.toContain("T1053");
  });

  it("makes a layer for the Navigator", async () => {
    const { out } = await runCommand("coverage", "--rules", folder, "--format", "navigator");
    expect(JSON.parse(out)).toMatchObject({
      domain: "enterprise-attack",
      versions: { attack: "18", layer: "4.5" },
      techniques: [
        { techniqueID: "T1059", tactic: "execution", score: 1, comment: "fires <b>" },
        { techniqueID: "T1106", tactic: "execution", score: 1 },
        { techniqueID: "T1047", tactic: "execution", score: 1 },
      ],
    });
  });

  it("makes one page in which the names of rules are text", async () => {
    const file = join(folder, "coverage.html");
    await runCommand("coverage", "--rules", folder, "-o", file);
    const page = readFileSync(file, "utf8");
    expect(page).toContain("<li>fires &lt;b&gt;</li>");
    expect(page).not.toContain("<b>\n");
    expect(page).not.toMatch(/<script|https?:/);
    expect(page).toContain("The MITRE Corporation");
  });
});
