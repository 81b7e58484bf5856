import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

/** The real program in a process of its own, on events and rules made here. */
const program = fileURLToPath(new URL("../../bin/harrier.js", import.meta.url));
const now = ["--now", "2026-03-04T12:00:00Z"];

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

interface RunOptions {
  readonly stdin?: string;
  readonly env?: Record<string, string>;
  /** Called when something was written to stdout. */
  readonly onOut?: (child: ReturnType<typeof spawn>) => void;
  /** stdin stays open when its text has been written. */
  readonly keepsStdin?: boolean;
}

let folder: string;

function run(args: readonly string[], options: RunOptions = {}): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const { FORCE_COLOR: _, NO_COLOR: __, COLUMNS: ___, ...env } = process.env;
    const child = spawn(process.execPath, [program, ...args], {
      cwd: folder,
      env: { ...env, ...options.env },
    });
    const chunks = { out: "", err: "" };
    child.stdout.on("data", (chunk) => {
      chunks.out += chunk;
      options.onOut?.(child);
    });
    child.stderr.on("data", (chunk) => {
      chunks.err += chunk;
    });
    child.stdin.on("error", () => {});
    child.stdin.write(options.stdin ?? "");
    if (options.keepsStdin !== true) child.stdin.end();
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, ...chunks }));
  });
}

function event(second: number, commandLine: string, host = "WIN-07"): string {
  return JSON.stringify({
    "@timestamp": new Date(Date.UTC(2026, 2, 4, 9, 0, second)).toISOString(),
    event: { category: ["process"], type: ["start"], kind: "event" },
    host: { name: host, os: { type: "windows" } },
    user: { name: "alice" },
    process: {
      name: commandLine.split(" ")[0],
      command_line: commandLine,
      entity_id: `e${second}`,
      pid: 1000 + second,
    },
  });
}

function rule(name: string, severity: string, query: string): string {
  return `[metadata]
creation_date = "2026/03/01"
maturity = "production"
updated_date = "2026/03/01"

[rule]
author = ["Test"]
description = "${name}."
from = "now-9m"
index = ["logs-*"]
language = "eql"
license = "Apache-2.0"
name = "${name}"
risk_score = 50
rule_id = "00000000-0000-4000-8000-0000000000${String(name.length).padStart(2, "0")}"
severity = "${severity}"
type = "eql"
query = '''
${query}
'''
`;
}

const hostile = "nc.exe \u001b]0;owned\u0007\u001b[2J\u202eexe.gpj\u2028\u009b31m";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "harrier-slow-"));
  mkdirSync(join(folder, "rules"));
  mkdirSync(join(folder, "bad"));
  mkdirSync(join(folder, "other"));
  const events = [
    event(1, "explorer.exe"),
    event(2, "nc.exe -l -p 4444 -e cmd.exe"),
    event(3, hostile, "WIN-\u001b[31m"),
    event(4, "cmd.exe /c whoami", "WIN-09"),
  ];
  writeFileSync(join(folder, "events.ndjson"), `${events.join("\n")}\n`);
  writeFileSync(
    join(folder, "rules/nc.toml"),
    rule("NetCat", "high", 'process where process.name == "nc.exe"'),
  );
  writeFileSync(
    join(folder, "rules/who.toml"),
    rule("Who am I", "low", 'process where process.command_line : "*whoami*"'),
  );
  writeFileSync(
    join(folder, "rules/chain.toml"),
    rule(
      "NetCat, then a shell",
      "critical",
      'sequence by user.name with maxspan=1m [process where process.name == "nc.exe"] [process where process.name == "cmd.exe"]',
    ),
  );
  writeFileSync(
    join(folder, "rules/registry.toml"),
    rule("Registry run key", "medium", 'registry where registry.path : "*\\\\Run\\\\*"'),
  );
  writeFileSync(join(folder, "bad/bad.toml"), rule("Bad", "low", "process where process.name = 1"));
  const many = Array.from({ length: 20_000 }, (_, place) => event(place % 60, `nc.exe ${place}`));
  writeFileSync(join(folder, "many.ndjson"), `${many.join("\n")}\n`);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const hunt = ["hunt", "events.ndjson", "--rules", "rules", ...now];

describe("hunt", () => {
  it("gives ndjson to a pipe and tells the rest on stderr", async () => {
    const { code, out, err } = await run(hunt);
    expect(code).toBe(0);
    const alerts = out
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    const names = alerts.map((alert) => alert["kibana.alert.rule.name"]);
    expect(names.filter((name) => name === "NetCat")).toHaveLength(2);
    expect(names.filter((name) => name === "Who am I")).toHaveLength(1);
    // A shell and its two blocks.
    expect(names.filter((name) => name === "NetCat, then a shell")).toHaveLength(3);
    expect(err).toMatch(/^Read {4}1 input: 4 events, /);
    expect(err).toContain(
      "Alerts  4: 1 critical from 1 rule, 2 high from 1 rule, 1 low from 1 rule",
    );
    expect(err).toContain("Rules   4: 3 fired, 1 cannot fire");
    expect(err).toContain("  1  no event has event.category registry\n");
  });

  it("gives the same bytes twice", async () => {
    const [first, second] = [await run(hunt), await run(hunt)];
    expect(first.out).toBe(second.out);
    expect(first.out.length).toBeGreaterThan(1000);
  });

  it("lets no control character of a log through, in any format or on stderr", async () => {
    for (const format of ["table", "csv", "ndjson", "json"]) {
      const { out, err } = await run([...hunt, "--format", format, "-v"]);
      expect(out).toContain("owned");
      expect(out + err).not.toMatch(/(?![\n\r\t])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    }
  });

  it("shows sequence shells only in a table, unless blocks are asked for", async () => {
    const shells = await run([...hunt, "--format", "table", "--rule", "*shell"]);
    expect(shells.out.match(/NetCat, then a shell/g)).toHaveLength(1);
    const blocks = await run([
      ...hunt,
      "--format",
      "table",
      "--rule",
      "*shell",
      "--include-building-blocks",
    ]);
    expect(blocks.out.match(/NetCat, then a shell/g)).toHaveLength(3);
  });

  it("writes json and csv that other programs read", async () => {
    const json = await run([...hunt, "--format", "json", "--fields", "host.name,process.pid"]);
    expect(JSON.parse(json.out)).toContainEqual({ "host.name": "WIN-09", "process.pid": 1004 });
    const csv = await run([
      ...hunt,
      "--format",
      "csv",
      "--fields",
      "process.command_line,process.pid",
    ]);
    expect(csv.out).toMatch(/^process\.command_line,process\.pid\r\n/);
    expect(csv.out).toContain("nc.exe -l -p 4444 -e cmd.exe,1002\r\n");
  });

  it("chooses rules by name, tag and severity", async () => {
    const { err } = await run([...hunt, "--min-severity", "high"]);
    expect(err).toContain("Rules   2: 2 fired");
    const unknown = await run([...hunt, "--rule", "NetCta"]);
    expect(unknown).toMatchObject({ code: 2, out: "" });
    expect(unknown.err).toMatch(/^error: no rule matches --rule NetCta\n/);
  });

  it("runs a query over stdin", async () => {
    const query = 'process where process.name : "CMD.exe"';
    const stdin = readFileSync(join(folder, "events.ndjson"), "utf8");
    const { code, out, err } = await run(["hunt", "-", "-e", query, "--fields", "host.name"], {
      stdin,
    });
    expect({ code, out }).toEqual({ code: 0, out: '{"host.name":"WIN-09"}\n' });
    expect(err).toContain("Alerts  1: 1 low from 1 rule");
  });

  it("refuses a bad query with a frame, 2 being the code of wrong usage", async () => {
    const { code, out, err } = await run(["hunt", "events.ndjson", "-e", "process where ="]);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain("process where =\n");
  });

  it("keeps to --from, --to and --limit, and says what was left out", async () => {
    const { out, err } = await run([...hunt, "--from", "2026-03-04T09:00:03Z", "--limit", "1"]);
    expect(out.trimEnd().split("\n")).toHaveLength(1);
    expect(err).toContain("2 events outside of --from and --to");
    expect(err).toContain("held back by --limit");
  });

  it("writes files, but not over others", async () => {
    const first = await run([...hunt, "-o", "out.csv", "--summary", "summary.json"]);
    expect(first).toMatchObject({ code: 0, out: "" });
    expect(readFileSync(join(folder, "out.csv"), "utf8")).toMatch(/^kibana\.alert\.original_time,/);
    expect(JSON.parse(readFileSync(join(folder, "summary.json"), "utf8"))).toMatchObject({
      events: 4,
      alerts: 4,
      interrupted: false,
    });
    const second = await run([...hunt, "-o", "out.csv"]);
    expect(second).toMatchObject({ code: 2, out: "" });
    expect(second.err).toBe("error: out.csv exists\nhint: --force writes over it\n");
    expect((await run([...hunt, "-o", "out.csv", "--force"])).code).toBe(0);
    const input = await run([...hunt, "-o", "events.ndjson", "--force"]);
    expect(input.code).toBe(2);
    expect(readFileSync(join(folder, "events.ndjson"), "utf8")).toContain("explorer.exe");
    const nowhere = await run([...hunt, "-o", "no/such/folder/out.csv"]);
    expect(nowhere.code).toBe(3);
    expect(nowhere.err).toMatch(/^error: cannot write no\/such\/folder\/out\.csv: /);
  });

  it("ends with a code that scripts can use", async () => {
    const codes = async (...args: string[]) => (await run(["hunt", ...args])).code;
    expect(await codes("events.ndjson", "--rules", "rules", "--fail-on", "critical")).toBe(1);
    expect(await codes("events.ndjson", "-e", "dns where true", "--fail-on", "low")).toBe(0);
    expect(await codes("events.ndjson", "--rules", "rules", "--strict")).toBe(0);
    expect(await codes("events.ndjson", "--rules", "rules", "--rules", "bad", "--strict")).toBe(3);
    expect(await codes("events.ndjson", "no/such.json", "--rules", "rules")).toBe(0);
    expect(await codes("events.ndjson", "no/such.json", "--rules", "rules", "--strict")).toBe(3);
    expect(await codes("no/such.json", "--rules", "rules")).toBe(3);
  });

  it("tells finding nothing from having nothing to look at", async () => {
    writeFileSync(join(folder, "other/empty.ndjson"), "");
    const silent = await run(["hunt", "events.ndjson", "-e", 'process where process.name == "x"']);
    expect(silent.err).toContain("Alerts  none: 1 rule looked and did not match");
    const empty = await run(["hunt", "other/empty.ndjson", "-e", "any where true"]);
    expect(empty.err).toContain("Alerts  unknown: there were no events to look at");
    const missing = await run(["hunt", "no/such.json", "-e", "any where true"]);
    expect(missing.err).toContain("Alerts  unknown: nothing could be read");
  });

  it("is quiet with -q", async () => {
    expect((await run([...hunt, "-q"])).err).toBe("");
  });

  it("ends quietly when the reader goes", async () => {
    let lines = 0;
    const ended = await run(["hunt", "many.ndjson", "--rules", "rules"], {
      onOut: (child) => {
        lines += 1;
        child.stdout?.destroy();
      },
    });
    expect(lines).toBeGreaterThan(0);
    expect(ended).toMatchObject({ code: 0, err: "" });
  });

  it("flushes what it has on Ctrl-C, says so, and leaves no temporary file", async () => {
    const scratch = mkdtempSync(join(folder, "tmp-"));
    let sent = false;
    const { code, out, err } = await run(["hunt", "-", "--rules", "rules"], {
      stdin: readFileSync(join(folder, "many.ndjson"), "utf8"),
      keepsStdin: true,
      env: { TMPDIR: scratch },
      onOut: (child) => {
        if (!sent) child.kill("SIGINT");
        sent = true;
      },
    });
    expect(code).toBe(130);
    expect(err).toMatch(/^Interrupted: /);
    for (const line of out.trimEnd().split("\n")) JSON.parse(line);
    // tsx keeps its cache there when the program runs from source.
    expect(readdirSync(scratch).filter((name) => !name.startsWith("tsx-"))).toEqual([]);
  });
});

describe("check, explain, rules", () => {
  it("check shows frames with their place in the file, counts, and ends with 1 on errors", async () => {
    const good = await run(["check", "rules"]);
    expect(good).toMatchObject({ code: 0, out: "" });
    expect(good.err).toBe("4 rules in 4 files: nothing wrong\n");
    const bad = await run(["check", "rules", "bad"]);
    expect(bad.code).toBe(1);
    expect(bad.out).toMatch(/^error\[eql\/[a-z-]+\]: .*\n +--> bad\/bad\.toml:19:28\n/);
    expect(bad.err).toMatch(/5 rules in 5 files: 1 error, 0 warnings\n$/);
    const [finding] = JSON.parse((await run(["check", "bad", "--format", "json"])).out);
    expect(finding).toMatchObject({ severity: "error", file: "bad/bad.toml", line: 19 });
  });

  it("explain shows what decided, for a file, an id, a query and stdin", async () => {
    const yes = await run(["explain", "rules/nc.toml", "events.ndjson"]);
    expect(yes.code).toBe(0);
    expect(yes.out).toContain(
      'events.ndjson:1\n  no   all of\n    yes  event.category == "process"',
    );
    expect(yes.out).toContain("2 matches in 4 events:\n  events.ndjson:2\n  events.ndjson:3\n");
    const byName = await run(["explain", "netcat", "events.ndjson", "--rules", "rules"]);
    expect(byName.out).toBe(yes.out);
    const query = await run(["explain", "-e", "process where process.pid == 7", "-"], {
      stdin: event(1, "x"),
    });
    expect(query.out).toContain("process.pid == 7\n           has 1001");
    const chain = await run(["explain", "rules/chain.toml", "events.ndjson"]);
    expect(chain.out).toContain("  step 2\n");
    expect(chain.out).toMatch(/1 match in 4 events:\n {2}events\.ndjson:3, events\.ndjson:4\n$/);
  });

  it("rules list and show", async () => {
    const list = await run(["rules", "list", "rules", "--format", "csv"]);
    expect(list.out.split("\r\n")).toHaveLength(6);
    expect(list.err).toBe("4 rules: 4 supported\n");
    const page = await run(["rules", "show", "rules/nc.toml"]);
    expect(page.out).toMatch(/^NetCat\n\nNetCat\.\n\nSeverity +high\nRisk score +50\n/);
    const api = JSON.parse((await run(["rules", "show", "rules/nc.toml", "--format", "json"])).out);
    expect(api).toMatchObject({ name: "NetCat", risk_score: 50 });
  });
});
