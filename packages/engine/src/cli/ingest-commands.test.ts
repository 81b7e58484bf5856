import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeZip } from "../../test/archives.ts";
import { runCli } from "./run-cli.ts";

const folder = mkdtempSync(join(tmpdir(), "harrier-ingest-"));
const at = (name: string) => join(folder, name);
afterAll(() => rmSync(folder, { recursive: true }));

const event = (more: object) =>
  `${JSON.stringify({ "@timestamp": "2026-01-05T08:00:00Z", event: { category: ["process"], dataset: "lab.process" }, ...more })}\n`;

beforeAll(() => {
  const log = event({ process: { name: "a.exe" } }) + event({ process: { name: "b.exe", pid: 7 } });
  writeFileSync(at("good.ndjson"), log);
  writeFileSync(at("hostile.ndjson"), `${event({ n: 1 })}\u001b[2J\u202ebroken\n`);
  writeFileSync(at("secret.zip"), makeZip([{ name: "a", content: log }], { encrypted: true }));
  writeFileSync(at("local.csv"), "time,user\n2026-01-05 08:00:00,mira\n");
  writeFileSync(at("own.log"), "2026-01-05T08:00:00Z mira\nnothing\n");
  writeFileSync(
    at("own.toml"),
    'name = "own"\nfiles = ["*.log"]\nformat = "lines"\npattern = "{t} {u}"\n[[field]]\nfrom = "t"\nto = "@timestamp"\n[[field]]\nfrom = "u"\nto = "user.name"\n',
  );
  writeFileSync(
    at("bad.toml"),
    'name = "own"\nformat = "lnes"\n[[field]]\nfrom = "t"\nto = "@timestamp"\n',
  );
  const rule = (id: string, query: string) =>
    `[rule]\nname = "${id}"\nrule_id = "${id}"\ndescription = "d"\nrisk_score = 21\nseverity = "low"\ntype = "eql"\nlanguage = "eql"\nquery = '''${query}'''\n`;
  writeFileSync(at("works.toml"), rule("works", 'process where process.name == "zzz.exe"'));
  writeFileSync(at("field.toml"), rule("field", "process where process.parent.name != null"));
  writeFileSync(at("kind.toml"), rule("kind", "registry where registry.path != null"));
  writeFileSync(
    at("joined.toml"),
    rule("joined", "sequence by host.id [process where process.pid == 7] [process where true]"),
  );
});

async function run(args: readonly string[], env: Record<string, string> = {}) {
  const streams = [new PassThrough(), new PassThrough()] as const;
  const texts = streams.map((stream) => {
    const chunks: string[] = [];
    stream.on("data", (chunk) => chunks.push(String(chunk)));
    return () => chunks.join("").replaceAll(`${folder}/`, "");
  });
  const [stdout, stderr] = streams;
  const code = await runCli(args, {
    stdout: { stream: stdout, isTerminal: false, width: 80 },
    stderr: { stream: stderr, isTerminal: false, width: 80 },
    stdin: new PassThrough(),
    env,
    signal: new AbortController().signal,
    clock: () => 1_772_614_800_000,
  });
  return { code, out: texts[0]?.() ?? "", err: texts[1]?.() ?? "" };
}

const sizeOf = (...names: readonly string[]) =>
  names.reduce((sum, name) => sum + statSync(at(name)).size, 0);
const lines = (text: string) =>
  text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));

describe("ingest --dry-run", () => {
  test("data: a line a file", async () => {
    const { code, out, err } = await run([
      "ingest",
      at("good.ndjson"),
      at("local.csv"),
      "--dry-run",
    ]);
    expect(lines(out)).toMatchObject([
      {
        input: "good.ndjson",
        format: "json",
        format_confidence: "certain",
        sources: [{ name: "ECS", confidence: "likely", events: 2 }],
        events: 2,
        events_with_time: 2,
        first_time: "2026-01-05T08:00:00.000Z",
        lost_fields: [],
        findings: [],
        findings_total: 0,
      },
      {
        input: "local.csv",
        format: "csv",
        local_times: [{ offset: null, events: 1 }],
        findings: [{ code: "local-time", position: 2 }],
      },
    ]);
    expect({ code, err }).toEqual({
      code: 0,
      err: `2 files: 3 events, ${sizeOf("good.ndjson", "local.csv")} B\n`,
    });
  });

  test("a table that fits, with nothing hostile in it", async () => {
    const args = [
      "ingest",
      at("hostile.ndjson"),
      at("secret.zip"),
      at("gone"),
      "--dry-run",
      "--format",
      "table",
    ];
    const { code, out, err } = await run(args);
    expect(out).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u);
    for (const line of out.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
    expect(out).toContain("findings  at 2: this is not JSON: \\u{1b}[2J\\u{202e}broken");
    expect(out).toContain("it is encrypted (give the password with `--password`)");
    expect(out).toContain("there is no such file or folder");
    expect({ code, err }).toEqual({
      code: 0,
      err: `1 file, 2 unreadable: 1 event, ${sizeOf("hostile.ndjson")} B\n`,
    });
    expect((await run([...args, "--strict"])).code).toBe(3);
    expect((await run(["ingest", at("secret.zip"), "--dry-run"])).code).toBe(3);
  });

  test("a mapping is for the names it says", async () => {
    const { out } = await run([
      "ingest",
      at("own.log"),
      at("good.ndjson"),
      "--map",
      at("own.toml"),
      "--dry-run",
    ]);
    expect(lines(out)).toMatchObject([
      {
        input: "own.log",
        format: "lines",
        format_confidence: null,
        sources: [{ name: "own" }],
        events: 1,
      },
      { input: "good.ndjson", format: "json" },
    ]);
  });
});

describe("ingest", () => {
  test("writes documents, to a packed file where its name says so", async () => {
    const file = at("out.ndjson.gz");
    const { code, out, err } = await run([
      "ingest",
      at("own.log"),
      "--map",
      at("own.toml"),
      "-o",
      file,
    ]);
    expect({ code, out }).toEqual({ code: 0, out: "" });
    expect(err).toBe("own.log:2: 1 line fits no pattern of the mapping\n1 file: 1 event, 34 B\n");
    expect(lines(gunzipSync(readFileSync(file)).toString())).toEqual([
      { "@timestamp": "2026-01-05T08:00:00.000Z", user: { name: "mira" } },
    ]);
    const again = await run(["ingest", at("own.log"), "-o", file]);
    expect(again).toMatchObject({ code: 2, err: expect.stringContaining("exists") });
  });

  test("what is written reads the same", async () => {
    const file = at("again.ndjson");
    await run(["ingest", at("good.ndjson"), "-o", file]);
    const { out } = await run(["ingest", file]);
    expect(out).toBe(readFileSync(file, "utf8"));
  });

  test.each([
    [
      ["--format", "csv"],
      "error: events are written as ndjson, not as csv\nhint: other formats are for --dry-run\n",
    ],
    [["--input-format", "jso"], /^error: there is no input format jso\nhint: known are evtx, /],
    [["--timezone", "Mars"], /^error: --timezone Mars is no time zone\n/],
    [
      ["--map", "no/such.toml"],
      /there is no such file or folder[\s\S]*error: the mapping cannot be used\n$/,
    ],
    [
      ["--map", "BAD"],
      /error\[map\/bad-value\]: `format` is `lnes`[\s\S]*bad\.toml:2:10[\s\S]*error: the mapping cannot be used\n$/,
    ],
  ])("%j is wrong usage", async (args, expected) => {
    const named = args.map((arg) => (arg === "BAD" ? at("bad.toml") : arg));
    const { code, out, err } = await run(["ingest", at("good.ndjson"), ...named]);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    if (typeof expected === "string") expect(err).toBe(expected);
    else expect(err).toMatch(expected);
  });

  test("a file that cannot be written says so in words", async () => {
    const { code, err } = await run(["ingest", at("good.ndjson"), "-o", at("no/folder/x.gz")]);
    expect(code).toBe(3);
    expect(err).toBe("error: cannot write no/folder/x.gz: there is no such file or folder\n");
    expect(existsSync(at("no"))).toBe(false);
  });
});

describe("fields", () => {
  test("which arrive from where", async () => {
    const { out, err } = await run(["fields", at("good.ndjson")]);
    expect(lines(out)).toEqual([
      ...["@timestamp", "event.category", "event.dataset", "process.name"].map((field) =>
        expect.objectContaining({
          field,
          events: 2,
          known: true,
          sources: [{ name: "lab.process", events: 2 }],
        }),
      ),
      {
        field: "process.pid",
        events: 1,
        types: ["number"],
        known: true,
        known_type: "long",
        sources: [{ name: "lab.process", events: 1 }],
        example: "7",
      },
    ]);
    expect(err).toBe("2 events: lab.process 2; 5 fields\n");
  });

  test("which rules can never fire on these events, and why", async () => {
    const rules = ["works", "field", "kind", "joined"].flatMap((name) => [
      "--rules",
      at(`${name}.toml`),
    ]);
    const { code, out, err } = await run([
      "fields",
      at("good.ndjson"),
      ...rules,
      "--format",
      "json",
    ]);
    expect(JSON.parse(out)).toEqual([
      {
        rule_id: "field",
        name: "field",
        severity: "low",
        outcome: "cannot-fire",
        lacks: [{ what: "field", field: "process.parent.name" }],
        reason: "no event has the field process.parent.name",
      },
      expect.objectContaining({
        rule_id: "joined",
        reason: "no event has the field host.id",
      }),
      expect.objectContaining({
        rule_id: "kind",
        lacks: [{ what: "category", field: "event.category", values: ["registry"] }],
      }),
    ]);
    expect(err.trimEnd().split("\n").at(-1)).toBe("4 rules: 1 have all they need, 3 cannot fire");
    expect(code).toBe(0);
  });
});

// C63: rules that cannot work on the data, and data that no rule can read, are told apart from silence.
test("a document that no source knows is called so", async () => {
  writeFileSync(at("foreign.ndjson"), '{"EventRecord":{"Id":1}}\n');
  const { out } = await run(["ingest", at("foreign.ndjson"), "--dry-run"]);
  expect(lines(out)).toMatchObject([{ sources: [{ name: "unknown", confidence: "possible" }] }]);
});

test("an output that can't be written is told before anything is read", async () => {
  const taken = at("taken.csv");
  writeFileSync(taken, "x");
  // `gone` would be a finding of its own, had it been looked for.
  for (const args of [
    ["fields"],
    ["fields", "--rules", at("works.toml")],
    ["ingest", "--dry-run"],
  ]) {
    const { code, err } = await run([...args, at("gone"), "-o", taken]);
    expect({ code, err }).toEqual({
      code: 2,
      err: "error: taken.csv exists\nhint: --force writes over it\n",
    });
  }
});
