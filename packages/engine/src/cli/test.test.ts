import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { runCommand } from "../../test/run-command.ts";

const root = mkdtempSync(join(tmpdir(), "harrier-test-"));
afterAll(() => rmSync(root, { recursive: true }));

let folders = 0;

/** A folder with these files, each a text or the lines of one. */
function folderOf(files: Readonly<Record<string, string>>): string {
  folders += 1;
  const folder = join(root, String(folders));
  for (const [name, text] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(join(path, ".."), { recursive: true });
    writeFileSync(path, text);
  }
  return folder;
}

const rule = (type: string, query: string, more = "", name = "R") =>
  `[rule]
name = "${name}"
description = "d"
rule_id = "${name.toLowerCase()}"
risk_score = 47
severity = "medium"
type = "${type}"
interval = "5m"
from = "now-10m"
query = '''${query}'''
${more}`;

const shell = rule("eql", 'process where process.name == "cmd.exe"');

const base = `[base.shell]
"@timestamp" = "2026-03-17T09:00:00Z"
event.category = "process"
host.name = "h1"
process.name = "cmd.exe"
`;

/** The outcomes of all cases by their names; what failed as its messages. */
async function outcomes(folder: string, ...args: readonly string[]) {
  const { code, out } = await runCommand("test", folder, "--reporter", "json", ...args);
  const { cases, findings } = JSON.parse(out) as {
    cases: { name: string; failures: { message: string }[] }[];
    findings: { code: string; message: string }[];
  };
  const results = Object.fromEntries(
    cases.map(({ name, failures }) => [name, failures.map(({ message }) => message)]),
  );
  return {
    code,
    results,
    findings: findings.map(({ code: each, message }) => `${each}: ${message}`),
  };
}

describe("a case", () => {
  it("matches or does not", async () => {
    const folder = folderOf({
      "r.toml": shell,
      "r.test.toml": `${base}
[[case]]
name = "yes"
events = [{ base = "shell" }]
match = true
[[case]]
name = "no"
events = [{ base = "shell", set.process.name = "a.exe" }]
match = false
[[case]]
name = "wrong"
events = [{ base = "shell" }]
match = false
[[case]]
name = "wrong, too"
events = [{ base = "shell", unset = "process.name" }]
match = true
`,
    });
    expect(await outcomes(folder)).toEqual({
      code: 1,
      findings: [],
      results: {
        yes: [],
        no: [],
        wrong: ["wrong: the rule matched, and must not"],
        "wrong, too": ["wrong, too: the rule did not match"],
      },
    });
  });

  it("describes its alerts, in any order", async () => {
    const alert = (fields: string) => `[[case.alert]]\n${fields}\n`;
    const events =
      'events = [{ base = "shell" }, { base = "shell", after = "1m", set = { "host.name" = "h2" } }]';
    const folder = folderOf({
      "r.toml": shell,
      "r.test.toml": `${base}
[[case]]
name = "both"
${events}
${alert('events = [2]\n"host.name" = "h2"\n"kibana.alert.risk_score" = 47')}${alert('events = [1]\nabsent = ["user.name"]')}
[[case]]
name = "one too few"
${events}
${alert('"host.name" = "h1"')}
[[case]]
name = "another value"
events = [{ base = "shell" }]
${alert('"host.name" = "h3"\nevents = [2]\nabsent = ["host.name"]')}
`,
    });
    const { results } = await outcomes(folder);
    expect(results.both).toEqual([]);
    expect(results["one too few"]).toEqual([
      expect.stringContaining("one more alert than described: process event with process cmd.exe"),
    ]);
    expect(results["another value"]).toEqual([
      "another value: expected the events 2, got 1",
      'another value: host.name: expected "h3", got "h1"',
      'another value: host.name: expected none, got "h1"',
    ]);
  });

  it("joins over several runs, and counts what is new in each", async () => {
    const folder = folderOf({
      "r.toml": rule(
        "eql",
        'sequence by host.name with maxspan=5m [process where process.name == "a"] [process where process.name == "b"]',
      ),
      "r.test.toml": `${base}
[[case]]
name = "the second half comes later"
events = [
  [{ base = "shell", set.process.name = "a" }],
  [{ base = "shell", set.process.name = "b", after = "4m" }],
  [{ base = "shell", set.process.name = "b", after = "5m" }],
]
alerts = [0, 1, 0]
[[case.alert]]
events = [1, 2]
`,
    });
    expect((await outcomes(folder)).results).toEqual({ "the second half comes later": [] });
  });

  it("counts, with a history that raises nothing", async () => {
    const threshold = rule(
      "threshold",
      "process.name: cmd.exe",
      '[rule.threshold]\nfield = ["host.name"]\nvalue = 3',
    );
    const terms = rule(
      "new_terms",
      "process.name: cmd.exe",
      'new_terms_fields = ["host.name"]\nhistory_window_start = "now-7d"',
    );
    const folder = folderOf({
      "count.toml": threshold.replace('language = "eql"', ""),
      "count.test.toml": `${base}
[[case]]
name = "three"
events = [{ base = "shell" }, { base = "shell", after = "1s" }, { base = "shell", after = "2s" }]
alerts = 1
[[case.alert]]
events = [1, 2, 3]
[[case]]
name = "two"
events = [{ base = "shell" }, { base = "shell", after = "1s" }]
alerts = 0
`,
      "terms.toml": terms.replace('"r"', '"t"'),
      "terms.test.toml": `${base}
[[case]]
name = "known"
history = [{ base = "shell" }]
events = [{ base = "shell", after = "1h" }]
alerts = 0
[[case]]
name = "new"
history = [{ base = "shell" }]
events = [{ base = "shell", after = "1h", set.host.name = "h2" }]
alerts = 1
`,
    });
    expect(await outcomes(folder)).toEqual({
      code: 0,
      findings: [],
      results: { three: [], two: [], known: [], new: [] },
    });
  });

  it("has indicators, exceptions and value lists of its own", async () => {
    const folder = folderOf({
      "match.toml": rule(
        "threat_match",
        "*:*",
        'threat_index = ["ti-*"]\nthreat_query = "*:*"\n[[rule.threat_mapping]]\n[[rule.threat_mapping.entries]]\nfield = "host.name"\ntype = "mapping"\nvalue = "threat.indicator.name"\n',
      ),
      "match.test.toml": `${base}
[[case]]
name = "named by an indicator"
events = [{ base = "shell" }]
indicators = [{ threat.indicator.name = "h1" }]
match = true
[[case]]
name = "named by none"
events = [{ base = "shell" }]
indicators = [{ threat.indicator.name = "h2" }]
match = false
`,
      "r.toml": shell.replace('"r"', '"s"'),
      "hosts.txt": "h1\n",
      "r.test.toml": `${base}
[[case]]
name = "excepted"
events = [{ base = "shell" }]
match = false
[[case.exception]]
name = "lab"
entries = [{ field = "host.name", operator = "included", type = "match", value = "h1" }]
[[case]]
name = "excepted by a list"
events = [{ base = "shell" }, { base = "shell", after = "1s", set.host.name = "h2" }]
alerts = 1
value_lists = { "hosts:keyword" = "hosts.txt" }
[[case.exception]]
name = "lab"
entries = [{ field = "host.name", operator = "included", type = "list", list = { id = "hosts", type = "keyword" } }]
`,
    });
    expect(await outcomes(folder)).toEqual({
      code: 0,
      findings: [],
      results: {
        "named by an indicator": [],
        "named by none": [],
        excepted: [],
        "excepted by a list": [],
      },
    });
  });

  it("takes events from files, and fails where one can't be read", async () => {
    const folder = folderOf({
      "r.toml": shell,
      "events.ndjson": '{"event":{"category":"process"},"process":{"name":"cmd.exe"}}\n',
      "broken.ndjson": '{"event":{"category":"process"\n',
      "r.test.toml": `
[[case]]
name = "file"
events = "events.ndjson"
match = true
[[case]]
name = "file and event"
events = ["events.ndjson", { event.category = "process", process.name = "cmd.exe", host.name = "x" }]
alerts = 2
[[case]]
name = "broken"
events = "broken.ndjson"
match = false
[[case]]
name = "broken, and read in two runs"
events = [["broken.ndjson"], []]
alerts = [0, 0]
[[case]]
name = "none"
events = "nothing.ndjson"
match = false
`,
    });
    const { results, findings } = await outcomes(folder);
    expect(results).toEqual({
      file: [],
      "file and event": [],
      broken: [expect.stringContaining("broken.ndjson: ")],
      "broken, and read in two runs": [expect.stringContaining("broken.ndjson: ")],
    });
    expect(findings).toEqual([
      expect.stringMatching(/^test\/unreadable: .*nothing\.ndjson: there is no/),
    ]);
  });
});

describe("a test file", () => {
  it.each([
    [
      '[[case]]\nname = "x"\nevents = []\nmatc = true',
      "test/missing-field: the case expects nothing",
      "test/unknown-key: there is no `matc` here",
    ],
    ["[[case]]\nevents = []\nmatch = true", "test/missing-field: the case has no `name`"],
    ['[[case]]\nname = "x"\nmatch = true', "test/missing-field: the case has no `events`"],
    [
      '[[case]]\nname = "x"\nevents = [{ base = "none" }]\nmatch = true',
      "test/bad-value: there is no `[base.none]`",
    ],
    [
      '[[case]]\nname = "x"\nevents = [[], []]\nalerts = 1',
      "test/bad-value: there are 2 runs: `alerts` needs a number for each",
    ],
    [
      '[[case]]\nname = "x"\nevents = []\nalerts = 1\nmatch = false',
      "test/bad-value: `match` and `alerts` contradict each other",
    ],
    [
      'now = "noon"\n[[case]]\nname = "x"\nevents = []\nmatch = false',
      "test/bad-value: `now` must be a time: 2026-03-17T09:00:00Z",
    ],
    [
      "rule = 7",
      "test/bad-value: `rule` must be a text",
      "test/missing-field: there is no `[[case]]`",
    ],
    ["case = [", expect.stringMatching(/^rule\/syntax: /)],
  ])("says what is wrong with it: %s", async (text, ...expected) => {
    const folder = folderOf({ "r.toml": shell, "r.test.toml": text });
    const { code, findings } = await outcomes(folder);
    expect({ code, findings }).toEqual({ code: 1, findings: expected });
  });

  it("is for the rule beside it, for that of its folder, or for the one it names", async () => {
    const yes =
      '[[case]]\nname = "NAME"\nevents = [{ event.category = "process", process.name = "cmd.exe" }]\nmatch = true\n';
    const folder = folderOf({
      "r.toml": shell,
      "r.test.toml": yes.replace("NAME", "beside"),
      "r.test/more.test.toml": yes.replace("NAME", "folder"),
      "tests/x.test.toml": `rule = "../r.toml"\n${yes.replace("NAME", "named")}`,
      "y.test.toml": yes,
    });
    const { results, findings } = await outcomes(folder);
    expect(Object.keys(results).sort()).toEqual(["beside", "folder", "named"]);
    expect(findings).toHaveLength(1);
    // A rule that is named brings its tests.
    const own = await outcomes(join(folder, "r.toml"));
    expect(Object.keys(own.results).sort()).toEqual(["beside", "folder"]);
  });
});

describe("test", () => {
  const passing = `${base}
[[case]]
name = "yes"
events = [{ base = "shell" }]
alerts = 1
`;

  it("leaves out what is not asked for", async () => {
    const folder = folderOf({ "r.toml": shell, "r.test.toml": passing });
    expect((await outcomes(folder, "--filter", "YE*")).results).toEqual({ yes: [] });
    expect((await outcomes(folder, "--filter", "no*")).results).toEqual({});
  });

  it("fails a rule that has too few cases", async () => {
    const folder = folderOf({
      "r.toml": shell,
      "r.test.toml": passing,
      "s.toml": rule("eql", "any where true", "", "S"),
    });
    expect((await outcomes(folder, "--min-tests", "1")).findings).toEqual([
      "test/too-few: R has 1 case that match and 0 that do not, of 1 each",
      "test/too-few: S has 0 cases that match and 0 that do not, of 1 each",
    ]);
  });

  it("writes what came out, where it is asked to", async () => {
    const failing = passing.replace(
      "alerts = 1",
      'alerts = 4 # why\n[[case.alert]]\n"host.name" = "x"',
    );
    const folder = folderOf({ "r.toml": shell, "r.test.toml": failing });
    const { code, err } = await runCommand("test", folder, "--update");
    expect(code).toBe(0);
    expect(err).toContain("- 4\n+ 1\n");
    expect(err).toContain('- "x"\n+ "h1"\n');
    expect(readFileSync(join(folder, "r.test.toml"), "utf8")).toBe(
      failing.replace("alerts = 4", "alerts = 1").replace('"x"', '"h1"'),
    );
  });

  it("runs what has changed", async () => {
    const folder = folderOf({
      "r.toml": shell,
      "r.test.toml": passing,
      "s.toml": rule("eql", 'process where process.name == "cmd.exe"', "", "S"),
      "s.test.toml": passing,
    });
    const git = (...args: string[]) =>
      execFileSync("git", [
        "-C",
        folder,
        "-c",
        "user.name=x",
        "-c",
        "user.email=x@example.org",
        ...args,
      ]);
    git("init", "-q");
    git("add", ".");
    git("commit", "-q", "-m", "x");
    const changed = async () => {
      const out = execFileSync(
        process.execPath,
        [
          join(import.meta.dirname, "../../bin/harrier.js"),
          "test",
          ".",
          "--changed",
          "--reporter",
          "json",
        ],
        { cwd: folder, encoding: "utf8" },
      );
      return (JSON.parse(out) as { cases: { rule_id: string }[] }).cases.map(
        ({ rule_id: id }) => id,
      );
    };
    expect(await changed()).toEqual([]);
    writeFileSync(
      join(folder, "s.toml"),
      `${readFileSync(join(folder, "s.toml"), "utf8")}# more\n`,
    );
    expect(await changed()).toEqual(["s"]);
  });

  it("reports for CI servers, whatever a name holds", async () => {
    const failing = passing
      .replace('name = "yes"', 'name = "<&\\"\\u0001"')
      .replace("alerts = 1", "alerts = 2");
    const folder = folderOf({ "r.toml": shell, "r.test.toml": failing });
    const { out } = await runCommand("test", folder, "--reporter", "junit");
    expect(out).toContain('tests="1" failures="1" errors="0" skipped="0"');
    expect(out).toContain('name="&lt;&amp;&quot;\\u{1}"');
    const sarif = await runCommand("test", folder, "--reporter", "sarif");
    expect(JSON.parse(sarif.out).runs[0].results).toMatchObject([
      {
        ruleId: "test/failed",
        level: "error",
        locations: [{ physicalLocation: { region: { startLine: 10, startColumn: 10 } } }],
      },
    ]);
  });

  it("lets nothing fire on a baseline but what is known, until its day", async () => {
    const folder = folderOf({
      "r.toml": shell,
      "quiet/log.ndjson": ["h1", "h2"]
        .map((host) =>
          JSON.stringify({
            "@timestamp": "2026-03-17T09:00:00Z",
            event: { category: "process" },
            process: { name: "cmd.exe" },
            host: { name: host },
          }),
        )
        .join("\n"),
      "known.toml": `[[known]]
rule_id = "r"
fields = { "host.name" = "h1" }
until = 2026-03-31
reason = "being rebuilt"
[[known]]
rule_id = "r"
fields = { "host.name" = "h9" }
until = 2026-03-31
reason = "gone"
[[known]]
rule_id = "r"
`,
    });
    const rulePath = join(folder, "r.toml");
    const findings = async (now: string) => {
      const known = ["--known", join(folder, "known.toml")];
      const { out, code } = await runCommand(
        ...["test", rulePath, "--baseline", join(folder, "quiet"), ...known, "--now", now],
        ...["--reporter", "json"],
      );
      const report = JSON.parse(out) as { findings: { code: string; message: string }[] };
      return { code, findings: report.findings.map((each) => `${each.code}: ${each.message}`) };
    };
    const missing = [
      "test/missing-field: the entry has no `until`",
      "test/missing-field: the entry has no `reason`",
    ];
    const fired = (host: string) =>
      `test/baseline: R fired on the baseline: process event with process cmd.exe, on ${host} created medium alert R. (2026-03-17T09:00:00.000Z)`;
    expect(await findings("2026-03-31T20:00:00Z")).toEqual({
      code: 1,
      findings: [...missing, fired("h2"), "test/expired: no alert is like this any more"],
    });
    expect((await findings("2026-04-01T00:00:00Z")).findings).toEqual([
      ...missing,
      fired("h1"),
      fired("h2"),
      "test/expired: the time of this entry is over",
      "test/expired: the time of this entry is over",
    ]);
  });

  it("says in a table why a case failed", async () => {
    const failing = passing.replace("alerts = 1", "alerts = 0");
    const folder = folderOf({ "r.toml": shell, "r.test.toml": failing });
    const { out, code } = await runCommand("test", folder);
    expect(code).toBe(1);
    expect(out).toContain("1 of 1 failed");
    expect(out).toContain("expected 0 alerts, got 1 alert");
    expect(out).toContain('yes  process.name == "cmd.exe"');
    expect(out).toContain("would not match with no event.category");
    expect(out).toMatch(/0 passed, 1 failed in /);
  });
});
