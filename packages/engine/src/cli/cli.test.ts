import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { adHocRule } from "../rule-types/index.ts";
import { checkNewFile } from "./open-output.ts";
import { startProgress } from "./output/progress.ts";
import { createProgram } from "./program.ts";
import { ruleFilter } from "./rule-filter.ts";
import { runCli } from "./run-cli.ts";
import { type CliContext, colorsFor, describeStream } from "./terminal.ts";
import { timeRange } from "./time-range.ts";

interface Session {
  readonly context: CliContext;
  readonly out: () => string;
  readonly err: () => string;
}

function session(
  settings: { readonly isTerminal?: boolean; readonly env?: CliContext["env"] } = {},
): Session {
  const { isTerminal = false, env = {} } = settings;
  const streams = [new PassThrough(), new PassThrough()] as const;
  const texts = streams.map((stream) => {
    const chunks: string[] = [];
    stream.on("data", (chunk) => chunks.push(String(chunk)));
    return () => chunks.join("");
  });
  let clock = 1_772_614_800_000;
  const [stdout, stderr] = streams;
  return {
    context: {
      stdout: { stream: stdout, isTerminal, width: 80 },
      stderr: { stream: stderr, isTerminal, width: 80 },
      stdin: new PassThrough(),
      env,
      signal: new AbortController().signal,
      clock: () => {
        clock += 100;
        return clock;
      },
    },
    out: () => texts[0]?.() ?? "",
    err: () => texts[1]?.() ?? "",
  };
}

async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const { context, out, err } = session();
  const code = await runCli(args, context);
  return { code, out: out(), err: err() };
}

describe("wrong usage ends with 2 and a way on", () => {
  it.each([
    [["hutn"], "error: unknown command 'hutn'\n(Did you mean hunt?)\nSee: harrier --help\n"],
    [
      ["rules", "lits"],
      "error: unknown command 'lits'\n(Did you mean list?)\nSee: harrier help rules\n",
    ],
    [
      ["help", "hutn"],
      "error: unknown command 'hutn'\n(Did you mean hunt?)\nSee: harrier --help\n",
    ],
    [
      ["hunt", "x", "--formt", "csv"],
      "error: unknown option '--formt'\n(Did you mean --format?)\nSee: harrier help hunt\n",
    ],
    [["hunt", "x", "--format", "yaml"], /Allowed choices are table, ndjson, json, csv/],
    [["hunt", "x", "--limit", "0", "-e", "any where true"], /Expected a whole number above 0/],
    [["hunt", "x", "--fields", "a,,b", "-e", "any where true"], /Expected names with commas/],
    [["hunt", "x", "--min-severity", "extreme"], /Severities are low, medium, high, critical/],
    [
      ["hunt", "--rules", "x"],
      "error: there is nothing to read\nhint: name files or folders, or - for stdin\n",
    ],
    [["hunt", "x"], /^error: there are no rules to run\nhint: .*--rules.*-e\n$/],
    [
      ["hunt", "x", "--rules", "no/such/folder"],
      "error: there is no file or folder no/such/folder\n",
    ],
    [["hunt", "x", "-e", "any where true", "--tag", "a"], /--rules, which is missing/],
    [
      ["hunt", "x", "-e", "any where true", "--from", "soon"],
      /^error: --from soon is no time\nhint: /,
    ],
    [
      ["hunt", "x", "-e", "any where true", "--from", "2026-03-05", "--to", "2026-03-04"],
      "error: --from 2026-03-05 is after --to 2026-03-04\n",
    ],
    [["hunt", "x", "-e", "any where true", "--force"], /--force has no effect without -o/],
    [["check"], "error: there is nothing to check\nhint: name files or folders\n"],
    [["check", "no/such"], "error: there is no file or folder no/such\n"],
    [["explain", "no/such"], "error: there is no file no/such\n"],
    [["rules", "list"], /^error: there are no rules to list/],
    [["rules", "show", "no/such"], /^error: there is no file no\/such\nhint: .*--rules/],
    [["hunt", "\x1b[2J\u202e", "--\x1b[2J"], /unknown option '--\\u\{1b\}\[2J'/],
    [["check", "\x1b]0;x\x07"], "error: there is no file or folder \\u{1b}]0;x\\u{7}\n"],
  ])("%j", async (args, expected) => {
    const { code, out, err } = await run(...args);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    if (typeof expected === "string") expect(err).toBe(expected);
    else expect(err).toMatch(expected);
    expect(err).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u);
  });
});

describe("failures that are not the user's", () => {
  const fail = async (error: Error, ...args: string[]) => {
    const { context, err } = session();
    const stream = new PassThrough();
    stream.write = () => {
      throw error;
    };
    const code = await runCli(args, { ...context, stdout: { ...context.stdout, stream } });
    return { code, err: err() };
  };

  it("a fault of ours is 4 and says so", async () => {
    const quiet = await fail(new Error("boom\x1b[2J"), "version");
    expect(quiet).toEqual({
      code: 4,
      err: "error: internal error: boom\\u{1b}[2J\nhint: this is a bug in Harrier; -v shows where, please report it\n",
    });
  });

  it("a fault of the world is 3", async () => {
    const full = Object.assign(new Error("ENOSPC: no space left on device, write"), {
      code: "ENOSPC",
      syscall: "write",
    });
    expect(await fail(full, "version")).toEqual({
      code: 3,
      err: "error: there is no space left on the device\n",
    });
  });
});

describe("help and version", () => {
  it("without a command help is on stderr, and the code says that nothing was done", async () => {
    const { code, out, err } = await run();
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain("Usage: harrier <command> [options]");
  });

  it.each([
    [["--help"], "Usage: harrier <command> [options]"],
    [["help"], "Usage: harrier <command> [options]"],
    [["help", "hunt"], "Usage: harrier hunt [paths...]"],
    [["hunt", "--help"], "Usage: harrier hunt [paths...]"],
    [["help", "rules", "show"], "Usage: harrier rules show <rule> [options]"],
  ])("%j", async (args, expected) => {
    const { code, out, err } = await run(...args);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toContain(expected);
  });

  it("shows examples before the usage in every command, none wider than 80 columns", () => {
    const all = createProgram().commands.flatMap((command) => [command, ...command.commands]);
    for (const command of all) {
      const help = command.helpInformation();
      const isSmall = ["help", "version"].includes(command.name());
      if (!isSmall) expect(help.indexOf("Examples:")).toBeGreaterThan(0);
      expect(help.indexOf("Examples:")).toBeLessThan(help.indexOf("Usage:"));
      for (const line of help.split("\n")) expect(line.length).toBeLessThanOrEqual(90);
    }
  });

  it("--version", async () => {
    expect((await run("--version")).out).toMatch(/^harrier \d+\.\d+\.\d+\n$/);
    const json = JSON.parse((await run("--version", "--format", "json")).out);
    expect(json.node).toBe(process.versions.node);
  });
});

describe("exceptions", () => {
  let folder = "";
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "harrier-cli-exceptions-"));
    writeFileSync(
      join(folder, "two.toml"),
      `[[exception]]
name = "Good"
rule_ids = ["r"]
entries = [{ field = "user.name", value = "ada" }]

[[exception]]
name = "Bad"
rule_ids = ["r"]
entries = [{ field = "user.name", value = "" }]
`,
    );
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it("are converted as far as they can be read", async () => {
    const { code, out, err } = await run("exceptions", "convert", join(folder, "two.toml"));
    expect(code).toBe(1);
    expect(out).toContain('name = "Good"');
    expect(out).not.toContain("Bad");
    expect(err).toContain("error[exception/bad-value]: `value` is an empty text, expected a text");
    expect(err).toContain("0 lists, 1 item, 1 item left out");
  });

  it("are checked", async () => {
    const { code, out, err } = await run("check", join(folder, "two.toml"));
    expect(code).toBe(1);
    expect(out).toContain("error[exception/bad-value]");
    expect(err).toContain("2 exception items in 1 file: 1 error, 0 warnings");
  });

  it.each([
    [["--exceptions", "gone.toml"], "there is no file or folder gone.toml"],
    [["--value-list", "gone.txt"], "there is no file gone.txt"],
    [["--value-list", "=x"], "--value-list =x names no file"],
  ])("that are not there are wrong usage: %j", async (options, message) => {
    const { code, err } = await run("hunt", "-", "-e", "any where true", ...options);
    expect(code).toBe(2);
    expect(err).toContain(`error: ${message}`);
  });
});

describe("rule filters", () => {
  const rule = (ruleId: string, name: string, severity: "low" | "high", tags: string[] = []) => ({
    ...adHocRule("any where true"),
    ruleId,
    name,
    severity,
    tags,
  });
  const rules = [
    rule("r-1", "Shell via NetCat", "high", ["OS: Windows", "Tactic: Execution"]),
    rule("r-2", "Odd DNS", "low", ["OS: Linux"]),
  ];
  const chosen = (options: Partial<Parameters<typeof ruleFilter>[0]>) => {
    const filter = ruleFilter({ rules: [], rule: [], tag: [], ...options });
    return rules.filter(filter.select).map(({ ruleId }) => ruleId);
  };

  it.each([
    [{}, ["r-1", "r-2"]],
    [{ rule: ["r-2"] }, ["r-2"]],
    [{ rule: ["shell via netcat"] }, ["r-1"]],
    [{ rule: ["*netcat*", "R-2"] }, ["r-1", "r-2"]],
    [{ rule: ["netcat"] }, []],
    [{ tag: ["os: *"] }, ["r-1", "r-2"]],
    [{ tag: ["Tactic: Execution"] }, ["r-1"]],
    [{ minSeverity: "medium" as const }, ["r-1"]],
    [{ tag: ["OS: Linux"], minSeverity: "medium" as const }, []],
  ])("%j", (options, expected) => {
    expect(chosen(options)).toEqual(expected);
  });

  it("tells a name that no rule has", () => {
    const filter = ruleFilter({ rules: [], rule: ["r-1", "r-9"], tag: [] });
    rules.filter(filter.select);
    expect(filter.checkAllMet).toThrow("no rule matches --rule r-9");
  });
});

describe("time ranges", () => {
  const clock = Date.UTC(2026, 2, 4, 12);
  const ms = (nanos: bigint | undefined) =>
    nanos === undefined ? undefined : new Date(Number(nanos / 1_000_000n)).toISOString();

  it.each([
    [{}, "2026-03-04T12:00:00.000Z", undefined, undefined],
    [
      { from: "2026-03-04", to: "2026-03-04" },
      "2026-03-04T12:00:00.000Z",
      "2026-03-04T00:00:00.000Z",
      "2026-03-04T23:59:59.999Z",
    ],
    [{ from: "now-48h" }, "2026-03-04T12:00:00.000Z", "2026-03-02T12:00:00.000Z", undefined],
    [
      { now: "2026-01-01T00:00:00Z", from: "now-1d/d" },
      "2026-01-01T00:00:00.000Z",
      "2025-12-31T00:00:00.000Z",
      undefined,
    ],
  ])("%j", (options, now, from, to) => {
    const range = timeRange(options, clock);
    expect([ms(range.now), ms(range.from), ms(range.to)]).toEqual([now, from, to]);
  });
});

it.each([
  ["auto", true, {}, true],
  ["auto", false, {}, false],
  ["auto", true, { NO_COLOR: "1" }, false],
  ["auto", true, { NO_COLOR: "" }, true],
  ["auto", false, { FORCE_COLOR: "1" }, true],
  ["auto", true, { FORCE_COLOR: "0" }, false],
  ["auto", true, { TERM: "dumb" }, false],
  ["auto", true, { NO_COLOR: "1", FORCE_COLOR: "1" }, false],
  ["always", false, { NO_COLOR: "1" }, true],
  ["never", true, { FORCE_COLOR: "1" }, false],
] as const)("colours %s, terminal %s, %j: %s", (when, isTerminal, env, expected) => {
  const { stdout } = session({ isTerminal }).context;
  expect(colorsFor(stdout, when, env).red("x") !== "x").toBe(expected);
});

it("takes the width from the terminal, else from COLUMNS, else 120", () => {
  const stream = new PassThrough();
  const width = (settings: object, env = {}) =>
    describeStream(Object.assign(new PassThrough(), settings), env).width;
  expect(width({ isTTY: true, columns: 91 }, { COLUMNS: "50" })).toBe(91);
  expect(width({}, { COLUMNS: "50" })).toBe(50);
  expect(width({}, { COLUMNS: "x" })).toBe(120);
  expect(describeStream(stream, {}).isTerminal).toBe(false);
});

describe("progress", () => {
  const drive = (settings: Parameters<typeof session>[0], verbosity: number) => {
    const { context, out, err } = session(settings);
    const progress = startProgress(context, verbosity);
    for (let step = 1; step < 5; step += 1) {
      progress.update({ bytes: step * 1_000_000, events: step * 1000, alerts: step });
    }
    progress.clear();
    expect(out()).toBe("");
    return err();
  };

  it("is one line, taken away at the end", () => {
    const text = drive({ isTerminal: true }, 0);
    expect(text).toContain("\r2.0 MB read, 2,000 events, 2 alerts (10 MB/s)\x1b[K");
    expect(text.endsWith("\r\x1b[K")).toBe(true);
    expect(text).not.toContain("\n");
  });

  it.each([
    ["no terminal", { isTerminal: false }, 0],
    ["CI", { isTerminal: true, env: { CI: "true" } }, 0],
    ["-q", { isTerminal: true }, -1],
    ["no terminal with -v, before 30 seconds", { isTerminal: false }, 1],
  ])("says nothing: %s", (_, settings, verbosity) => {
    expect(drive(settings, verbosity)).toBe("");
  });
});

describe("output files", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "harrier-cli-"));
    writeFileSync(join(folder, "old.json"), "[]");
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it("are not written over, and never when they are read", () => {
    const old = join(folder, "old.json");
    expect(() => checkNewFile(join(folder, "new.json"), false, [folder])).not.toThrow();
    expect(() => checkNewFile(old, false, [])).toThrow(/old\.json exists/);
    expect(() => checkNewFile(old, true, ["-", "no/such"])).not.toThrow();
    expect(() => checkNewFile(old, true, [old])).toThrow(/among the inputs/);
    expect(() => checkNewFile(old, true, [folder])).toThrow(/among the inputs/);
  });
});
