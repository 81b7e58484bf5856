import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { positionAt } from "@harrier/lang/text";
import { afterAll, describe, expect, it } from "vitest";
import { loadRules } from "../load.ts";
import { checkRules } from "./check-rules.ts";

const folder = mkdtempSync(join(tmpdir(), "harrier-checks-"));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;

/** The findings about rules of these texts, as `line severity code: message (hint)`. */
async function check(...texts: readonly string[]): Promise<readonly string[]> {
  const paths = texts.map((text) => {
    files += 1;
    const path = join(folder, `${files}.toml`);
    const head = `[rule]\nrule_id = "r${files}"\ntype = "query"\nquery = "*"\ndescription = "d"\nrisk_score = 1\nseverity = "low"\n`;
    writeFileSync(path, head + (text.startsWith("name =") ? text : `name = "n${files}"\n${text}`));
    return path;
  });
  const { rules, failures } = await loadRules(paths);
  expect(failures).toEqual([]);
  return checkRules(rules).map(({ severity, code, message, hint, span }) => {
    const { line } = positionAt(span.source.text, span.start);
    return `${line} ${severity} ${code}: ${message}${hint === undefined ? "" : ` (${hint})`}`;
  });
}

/** A `threat` with one technique, and one below it where an id is given. */
const threat = (tactic: string, tacticName: string, technique: string, name: string, below = "") =>
  `[[rule.threat]]
framework = "MITRE ATT&CK"
[rule.threat.tactic]
id = "${tactic}"
name = "${tacticName}"
[[rule.threat.technique]]
id = "${technique}"
name = "${name}"
${below === "" ? "" : `[[rule.threat.technique.subtechnique]]\n${below}`}`;

const powershell = 'id = "T1059.001"\nname = "PowerShell"';

describe("what is doubtful about rules", () => {
  it("is nothing where all is well", async () => {
    const well = threat(
      "TA0002",
      "Execution",
      "T1059",
      "Command and Scripting Interpreter",
      powershell,
    );
    expect(await check(well, 'from = "now-9m"\ninterval = "5m"')).toEqual([]);
  });

  it("is a tactic or technique that is not there, or no longer", async () => {
    expect(
      await check(threat("TA0099", "Execution", "T1059", "Command and Scripting Interpreter")),
    ).toEqual(['12 warning rule/unknown-technique: ATT&CK 18.1 has no tactic "TA0099"']);
    expect(await check(threat("TA0002", "Execution", "T0000", "x"))).toEqual([
      '15 warning rule/unknown-technique: ATT&CK 18.1 has no technique "T0000"',
    ]);
    expect(await check(threat("TA0002", "Execution", "T1086", "PowerShell"))).toEqual([
      "15 warning rule/revoked-technique: ATT&CK has revoked T1086 (use T1059.001, PowerShell)",
    ]);
  });

  it("is a technique under another tactic, and a sub-technique under another technique", async () => {
    expect(
      await check(threat("TA0009", "Collection", "T1059", "Command and Scripting Interpreter")),
    ).toEqual([
      "15 warning rule/misplaced-technique: T1059, Command and Scripting Interpreter, is no technique of Collection (TA0009) (it is one of Execution (TA0002))",
    ]);
    expect(await check(threat("TA0002", "Execution", "T1106", "Native API", powershell))).toEqual([
      "18 warning rule/misplaced-technique: T1059.001, PowerShell, is not below T1106 (it is one of Execution (TA0002))",
    ]);
  });

  it("is another name than ATT&CK gives", async () => {
    expect(await check(threat("TA0002", "execution", "T1106", "Native API"))).toEqual([
      '13 note rule/renamed-technique: ATT&CK 18.1 calls TA0002 "Execution", not "execution"',
    ]);
  });

  it("is not a matter of other frameworks", async () => {
    const other = threat("AML.TA0000", "x", "AML.T0000", "y").replace(
      "MITRE ATT&CK",
      "MITRE ATLAS",
    );
    expect(await check(other)).toEqual([]);
  });

  it("is time that no run reads", async () => {
    expect(await check('interval = "10m"\nfrom = "now-6m"')).toEqual([
      "10 warning rule/skipped-window: each run leaves 4m that no run reads: it starts every 10m and reads 6m (let `from` go back further than the interval)",
    ]);
    expect(await check('interval = "10m"\nfrom = "now-20m"\nto = "now-15m"')).toEqual([
      expect.stringContaining("leaves 5m that no run reads"),
    ]);
    // Rounding and months make windows of different lengths.
    expect(await check('interval = "10m"\nfrom = "now-1m/d"')).toEqual([]);
  });

  it("is windows without overlap, unless the rule goes by the time of storing", async () => {
    const bare = 'interval = "5m"\nfrom = "now-5m"';
    expect(await check(bare)).toEqual([expect.stringContaining("10 note rule/no-overlap")]);
    expect(await check(`${bare}\ntimestamp_override = "event.ingested"`)).toEqual([]);
    expect(await check('interval = "5m"\nfrom = "now-6m"')).toEqual([]);
  });

  it("is a key that no rule has", async () => {
    expect(await check('timestamp_overide = "event.ingested"\nx_own = 1')).toEqual([
      "9 warning rule/unknown-key: no rule has a `timestamp_overide` (did you mean `timestamp_override`?)",
      "10 warning rule/unknown-key: no rule has a `x_own`",
    ]);
  });

  it("is a name that another rule has", async () => {
    expect(await check('name = "Same"', 'name = "same "')).toEqual([
      expect.stringMatching(/^8 warning rule\/duplicate-name: another rule has this name: r\d+$/),
    ]);
  });
});
