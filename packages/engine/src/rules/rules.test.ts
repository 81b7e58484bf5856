import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type Diagnostic, outermostSpan, positionAt } from "@harrier/lang/text";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadRules, type Rule, type RuleSet } from "./index.ts";

let folder = "";
let count = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "harrier-rules-"));
});
afterAll(() => rm(folder, { recursive: true }));

/** Writes files into a folder of their own; returns it. */
async function write(files: Readonly<Record<string, string | Uint8Array>>): Promise<string> {
  count += 1;
  const root = join(folder, String(count));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, name)), { recursive: true });
    await writeFile(join(root, name), text);
  }
  return root;
}

async function loadText(name: string, text: string | Uint8Array): Promise<RuleSet> {
  return loadRules([join(await write({ [name]: text }), name)]);
}

async function loadRule(name: string, text: string): Promise<Rule> {
  const { rules, failures } = await loadText(name, text);
  expect(failures).toEqual([]);
  const rule = rules[0];
  if (rule === undefined || rules.length > 1) throw new Error(`${rules.length} rules`);
  return rule;
}

/** The place and the text of a finding in its file. */
function placeOf({ code, message, span }: Diagnostic) {
  const { source, start, end } = outermostSpan(span);
  const { line, column } = positionAt(source.text, start);
  return { code, message, at: `${line}:${column}`, text: source.text.slice(start, end) };
}

function withoutFolder(path: string): string {
  return path.replace(/^.*harrier-rules-[^/\\]*[/\\]\d+[/\\]?/, "").replaceAll("\\", "/");
}

const head = `[metadata]
creation_date = "2026/01/02"
maturity = "production"

[rule]
name = "Shell from a listener"
description = "A shell whose parent listens."
rule_id = "0a1b"
severity = "high"
risk_score = 73
`;
const eqlRule = `${head}type = "eql"
language = "eql"
query = '''
process where process.name : "sh"
'''
`;
const apiRule = {
  rule_id: "0a1b",
  name: "Shell from a listener",
  description: "A shell whose parent listens.",
  severity: "high",
  risk_score: 73,
  type: "eql",
  language: "eql",
  query: 'process where process.name : "sh"\n',
};

describe("rules in TOML", () => {
  it("fills in defaults", async () => {
    const rule = await loadRule("r.toml", eqlRule);
    expect(rule).toMatchObject({
      ruleId: "0a1b",
      id: "0a1b",
      name: "Shell from a listener",
      description: "A shell whose parent listens.",
      type: "eql",
      severity: "high",
      riskScore: 73,
      version: 1,
      enabled: true,
      tags: [],
      index: [],
      language: "eql",
      intervalMs: 300_000,
      from: "now-6m",
      to: "now",
      maxSignals: 100,
      isBuildingBlock: false,
      threat: [],
      metadata: { creation_date: "2026/01/02", maturity: "production" },
      origin: { format: "toml" },
    });
    expect(rule.query?.text).toBe('process where process.name : "sh"\n');
    expect(rule.source.text).toBe(eqlRule);
    expect(rule.parameters).toEqual({ ...apiRule });
    expect(Object.keys(rule)).not.toContain("note");
  });

  it("reads everything that is there", async () => {
    const rule = await loadRule(
      "r.toml",
      `${eqlRule}
version = 7
enabled = false
interval = "2h"
from = "now-130m"
to = "now-10m"
max_signals = 33
tags = ["a", "b"]
index = ["logs-*"]
building_block_type = "default"
timestamp_override = "event.ingested"
event_category_override = "event.type"
timestamp_field = "event.created"
tiebreaker_field = "event.sequence"
note = "guide"
setup = "set up"
some_future_key = { a = [1, 2.5, true] }
`,
    );
    expect(rule).toMatchObject({
      version: 7,
      enabled: false,
      intervalMs: 7_200_000,
      from: "now-130m",
      to: "now-10m",
      maxSignals: 33,
      tags: ["a", "b"],
      index: ["logs-*"],
      isBuildingBlock: true,
      timestampOverride: "event.ingested",
      eventCategoryOverride: "event.type",
      timestampField: "event.created",
      tiebreakerField: "event.sequence",
      note: "guide",
      setup: "set up",
    });
    expect(rule.parameters.some_future_key).toEqual({ a: [1, 2.5, true] });
  });

  it("turns the repository's shapes into the API's", async () => {
    const newTerms = await loadRule(
      "n.toml",
      `${head}type = "new_terms"
query = "event.category: process"
[rule.new_terms]
field = "new_terms_fields"
value = ["host.id", "process.name"]
[[rule.new_terms.history_window_start]]
field = "history_window_start"
value = "now-14d"
`,
    );
    expect(newTerms.language).toBe("kuery");
    expect(newTerms.parameters).toMatchObject({
      new_terms_fields: ["host.id", "process.name"],
      history_window_start: "now-14d",
    });
    expect(newTerms.parameters).not.toHaveProperty("new_terms");

    const threshold = await loadRule(
      "t.toml",
      `${head}type = "threshold"
query = "*"
[rule.threshold]
field = ""
value = 5
[[rule.threshold.cardinality]]
field = "user.name"
value = 2
[[rule.threat]]
framework = "MITRE ATT&CK"
[rule.threat.tactic]
id = "TA0002"
name = "Execution"
reference = "https://attack.mitre.org/tactics/TA0002/"
[[rule.threat]]
framework = "MITRE ATT&CK"
[rule.threat.tactic]
id = "TA0011"
[[rule.threat.technique]]
id = "T1059"
[[rule.threat.technique.subtechnique]]
id = "T1059.003"
name = "Windows Command Shell"
`,
    );
    expect(threshold.parameters.threshold).toEqual({
      field: [],
      value: 5,
      cardinality: [{ field: "user.name", value: 2 }],
    });
    expect(threshold.threat).toEqual([
      {
        framework: "MITRE ATT&CK",
        tactic: {
          id: "TA0002",
          name: "Execution",
          reference: "https://attack.mitre.org/tactics/TA0002/",
        },
        technique: [],
      },
      {
        framework: "MITRE ATT&CK",
        tactic: { id: "TA0011", name: "", reference: "" },
        technique: [
          {
            id: "T1059",
            name: "",
            reference: "",
            subtechnique: [{ id: "T1059.003", name: "Windows Command Shell", reference: "" }],
          },
        ],
      },
    ]);
    expect(threshold.parameters.threat).toMatchObject([{ technique: [] }, { technique: [{}] }]);

    const job = await loadRule(
      "m.toml",
      `${head}type = "machine_learning"\nanomaly_threshold = 50\nmachine_learning_job_id = "job"\n`,
    );
    expect(job.parameters.machine_learning_job_id).toEqual(["job"]);
    expect(job).not.toHaveProperty("language");
    expect(job).not.toHaveProperty("query");
  });

  it("puts buttons into the guide", async () => {
    const { note, parameters, transform } = await loadRule(
      "r.toml",
      `${eqlRule}
note = "See $investigate_0, \${investigate_1} and $osquery_0; not $investigate_2, $$5 or $."
[transform]
[[transform.investigate]]
label = "One"
providers = [[{ value = "{{host.id}}", field = "host.id", excluded = false }]]
[[transform.investigate]]
label = "Two"
[[transform.osquery]]
query = "SELECT 1"
label = "Q"
`,
    );
    expect(note).toBe(
      'See !{investigate{"label":"One","providers":[[{"excluded":false,"field":"host.id","value":"{{host.id}}"}]]}}, ' +
        '!{investigate{"label":"Two"}} and !{osquery{"label":"Q","query":"SELECT 1"}}; ' +
        "not $investigate_2, $5 or $.",
    );
    expect(parameters.note).toBe(note);
    expect(transform).toMatchObject({ investigate: [{ label: "One" }, { label: "Two" }] });
  });

  it("moves the setup out of old guides", async () => {
    const guide =
      "## Triage\\n\\nlook\\n\\n## Setup\\n\\nturn on\\n```\\n# comment\\n```\\n\\n### More\\n\\n## Response\\n\\nact";
    const old = await loadRule("r.toml", `${eqlRule}note = "${guide}"`);
    expect(old.note).toBe("## Triage\n\nlook\n\n## Response\n\nact");
    expect(old.setup).toBe("## Setup\n\nturn on\n```\n# comment\n```\n\n### More");
    const kept = await loadRule("r.toml", `${eqlRule}setup = "own"\nnote = "a\\n## Setup\\nb"`);
    expect([kept.setup, kept.note]).toEqual(["own", "a\n## Setup\nb"]);
  });

  it("leads from the query into the file", async () => {
    const { query, source } = await loadRule("r.toml", eqlRule.replaceAll("\n", "\r\n"));
    if (query === undefined) throw new Error("no query");
    expect(query.text).toBe('process where process.name : "sh"\r\n');
    const start = query.text.indexOf("process.name");
    const span = outermostSpan({ source: query, start, end: start + 12 });
    expect(span.source).toBe(source);
    expect(source.text.slice(span.start, span.end)).toBe("process.name");
    expect(positionAt(source.text, span.start)).toEqual({ line: 14, column: 15 });
  });
});

describe("rules in other formats", () => {
  it("reads an export (C47)", async () => {
    const rule = {
      ...apiRule,
      id: "11-22",
      created_at: "2026-01-01T00:00:00Z",
      updated_by: "ada",
      immutable: false,
      execution_summary: { last_execution: {} },
      exceptions_list: [{ id: "9", list_id: "l", type: "detection", namespace_type: "single" }],
    };
    const list = { list_id: "l", type: "detection", name: "List", description: "d" };
    const item = { item_id: "i", list_id: "l", type: "simple", name: "Item", entries: [] };
    const connector = { id: "c", type: "action", attributes: { actionTypeId: ".webhook" } };
    const details = { exported_count: 3, exported_rules_count: 1, missing_rules: [] };
    const lines = [rule, list, item, connector, details].map((line) => JSON.stringify(line));
    const text = `${lines.join("\n")}\n`;
    const set = await loadText("export.ndjson", text);
    expect(set.failures).toEqual([]);
    expect(set.diagnostics).toEqual([]);
    expect(set.exceptionLists.map(({ value }) => value)).toEqual([list]);
    expect(set.exceptionItems.map(({ value }) => value)).toEqual([item]);
    expect(set.connectors).toEqual([connector]);
    expect(set.rules).toHaveLength(1);
    expect(set.rules[0]).toMatchObject({
      id: "11-22",
      ruleId: "0a1b",
      origin: { format: "ndjson", line: 1 },
    });
    expect(set.rules[0]?.parameters).toEqual(rule);
    expect(set.rules[0]).not.toHaveProperty("metadata");

    const empty = await loadText("empty.ndjson", `${JSON.stringify(details)}\n`);
    expect(empty.rules).toEqual([]);
    expect(empty.failures).toEqual([]);
    expect(empty.diagnostics.map(placeOf)).toEqual([
      {
        code: "rule/incomplete-export",
        message: "the export counts 1 rules, the file holds 0",
        at: "1:44",
        text: "1",
      },
    ]);
  });

  it("reads what the API gives, and its lists", async () => {
    const second = { ...apiRule, rule_id: "0a1c" };
    const one = await loadRule("r.json", JSON.stringify(apiRule, null, 2));
    expect(one).toMatchObject({ name: apiRule.name, origin: { format: "json" } });
    const list = await loadText("r.json", JSON.stringify([apiRule, second]));
    expect(list.rules.map(({ ruleId, origin }) => [ruleId, origin.line])).toEqual([
      ["0a1b", 1],
      ["0a1c", 2],
    ]);
    const found = await loadText("r.json", JSON.stringify({ page: 1, data: [apiRule, second] }));
    expect(found.rules.map(({ query }) => query?.embedded?.offsetOf(8))).toEqual(
      found.rules.map(({ source }, index) => {
        const first = source.text.indexOf("where");
        return index === 0 ? first : source.text.indexOf("where", first + 1);
      }),
    );
    const lines = await loadText("r.json", `${JSON.stringify(apiRule)}\n${JSON.stringify(second)}`);
    expect(lines.rules.map(({ origin }) => origin.format)).toEqual(["ndjson", "ndjson"]);
  });

  it("reads YAML: rules, lists, the repository's tables", async () => {
    const fields = `name: Shell
severity: low
risk_score: 21
type: eql
`;
    const one = await loadRule("r.yaml", `${fields}query: |\n  process where true\n`);
    expect(one.query?.text).toBe("process where true\n");
    // Without an id of its own a rule has one from its file and its name.
    expect(one.ruleId).toBe("r/Shell");
    const listed = `- ${fields.trimEnd().replaceAll("\n", "\n  ")}\n  query: any where true\n`;
    expect((await loadRule("list.yml", listed)).query?.embedded?.offsetOf(4)).toBe(
      listed.indexOf("where"),
    );
    const tables = `metadata:\n  maturity: production\nrule:\n  ${fields.trimEnd().replaceAll("\n", "\n  ")}\n  query: any where true\n`;
    expect((await loadRule("t.yml", tables)).metadata).toEqual({ maturity: "production" });
    const two = `---\n${fields}query: any where true\n---\n${fields.replace("Shell", "Other")}query: any where true\n`;
    expect((await loadText("two.yml", two)).rules.map(({ name }) => name)).toEqual([
      "Shell",
      "Other",
    ]);
  });

  it("reads exceptions of the repository", async () => {
    const set = await loadText(
      "e.toml",
      `[metadata]
list_name = "x"
[[exceptions]]
[exceptions.container]
list_id = "l"
type = "detection"
[[exceptions.items]]
item_id = "i"
`,
    );
    expect(set.exceptionLists).toMatchObject([{ value: { list_id: "l", type: "detection" } }]);
    expect(set.exceptionItems).toMatchObject([{ value: { item_id: "i" } }]);
    expect(set.failures).toEqual([]);
  });

  it("reads UTF-16 and a byte order mark", async () => {
    const wide = Buffer.from(`\ufeff${eqlRule}`, "utf16le");
    expect((await loadText("r.toml", wide)).rules).toHaveLength(1);
    expect((await loadText("r.toml", `\ufeff${eqlRule}`)).rules).toHaveLength(1);
    const latin = Buffer.from([...Buffer.from(eqlRule), 0xe9]);
    expect((await loadText("r.toml", latin)).failures[0]?.diagnostics[0]).toMatchObject({
      code: "rule/unreadable",
      message: "the file is no text in UTF-8",
    });
  });
});

describe("findings", () => {
  const finding = (code: string, message: string, at: string, text: string) => ({
    code,
    message,
    at,
    text,
  });

  it.each([
    [
      'severity = "high"',
      'severity = "grave"',
      finding(
        "rule/bad-value",
        "`severity` is `grave`, expected one of low, medium, high, critical",
        "9:12",
        '"grave"',
      ),
    ],
    [
      "risk_score = 73",
      "risk_score = 101",
      finding(
        "rule/bad-value",
        "`risk_score` is 101, expected a whole number from 0 to 100",
        "10:14",
        "101",
      ),
    ],
    [
      "risk_score = 73",
      'risk_score = "73"',
      finding(
        "rule/bad-value",
        "`risk_score` is a text, expected a whole number from 0 to 100",
        "10:14",
        '"73"',
      ),
    ],
    [
      'name = "Shell from a listener"\n',
      "",
      finding("rule/missing-field", "the rule has no `name`", "5:1", "[rule]"),
    ],
    [
      'severity = "high"\n',
      "",
      finding("rule/missing-field", "the rule has no `severity`", "5:1", "[rule]"),
    ],
    [
      'type = "eql"\n',
      'type = "yara"\n',
      finding(
        "rule/bad-value",
        "`type` is `yara`, expected one of query, saved_query, eql, esql, threshold, threat_match, new_terms, machine_learning",
        "11:8",
        '"yara"',
      ),
    ],
    [
      'language = "eql"',
      'language = "kuery"',
      finding("rule/bad-value", "`language` is `kuery`, expected `eql`", "12:12", '"kuery"'),
    ],
    [
      'language = "eql"',
      'interval = "5 minutes"',
      finding("rule/bad-value", "`interval` is no duration", "12:12", '"5 minutes"'),
    ],
    [
      'language = "eql"',
      'interval = "0s"',
      finding("rule/bad-value", "`interval` is no duration", "12:12", '"0s"'),
    ],
    [
      'language = "eql"',
      'from = "9m ago"',
      finding("rule/bad-value", "`from` is no date math", "12:8", '"9m ago"'),
    ],
    [
      'language = "eql"',
      'to = "2026-13-45||-1d"',
      finding("rule/bad-value", "`to` is no date math", "12:6", '"2026-13-45||-1d"'),
    ],
    [
      'language = "eql"',
      'false_positives = "none"',
      finding(
        "rule/bad-value",
        "`false_positives` is a text, expected a list of texts",
        "12:19",
        '"none"',
      ),
    ],
    [
      'language = "eql"',
      "max_signals = 0",
      finding(
        "rule/bad-value",
        "`max_signals` is 0, expected a whole number from 1 on",
        "12:15",
        "0",
      ),
    ],
  ])("%s -> %s", async (from, to, expected) => {
    const { rules, failures } = await loadText("r.toml", eqlRule.replace(from, to));
    expect(rules).toEqual([]);
    expect(failures.flatMap(({ diagnostics }) => diagnostics.map(placeOf))).toEqual([expected]);
  });

  it("tells all that is wrong with a rule, with its name", async () => {
    const broken = { ...apiRule, severity: 3, risk_score: -1, tags: [1], query: "" };
    const { failures } = await loadText("r.json", JSON.stringify({ data: [broken] }));
    expect(failures).toHaveLength(1);
    expect(failures[0]?.name).toBe("Shell from a listener");
    expect(failures[0]?.diagnostics.map(placeOf)).toMatchObject([
      { code: "rule/bad-value", text: "3" },
      { code: "rule/bad-value", text: "-1" },
      { code: "rule/bad-value", text: "[1]" },
      { code: "rule/missing-field", text: '""' },
    ]);
  });

  it.each([
    ["threshold", { query: "*" }, "the rule has no `threshold`"],
    [
      "threshold",
      { query: "*", threshold: { field: [], value: 0 } },
      "`threshold.value` is 0, expected a whole number from 1 on",
    ],
    ["saved_query", {}, "the rule has no `saved_id`"],
    [
      "threat_match",
      { query: "*", threat_query: "*", threat_index: ["i"], threat_mapping: [] },
      "`threat_mapping` has no item",
    ],
    [
      "new_terms",
      { query: "*", new_terms_fields: ["a", "b", "c", "d"], history_window_start: "now-7d" },
      "`new_terms_fields` has more than 3 fields",
    ],
    ["machine_learning", { machine_learning_job_id: "j" }, "the rule has no `anomaly_threshold`"],
    ["esql", {}, "the rule has no `query`"],
  ])("asks of %s rules what they need", async (type, parameters, message) => {
    const { rule_id, name, description, severity, risk_score } = apiRule;
    const rule = { rule_id, name, description, severity, risk_score, type, ...parameters };
    const { failures } = await loadText("r.json", JSON.stringify(rule));
    const messages = failures.flatMap(({ diagnostics }) => diagnostics.map((one) => one.message));
    expect(messages).toEqual([message]);
  });

  it("warns where only the API would mind", async () => {
    const { description: _, ...rule } = apiRule;
    const set = await loadText("r.json", JSON.stringify(rule));
    expect(set.rules).toHaveLength(1);
    expect(set.diagnostics.map(({ severity, code }) => [severity, code])).toEqual([
      ["warning", "rule/missing-field"],
    ]);
  });

  it.each([
    ["r.toml", '[rule]\nname = "a\nb"', "2:10", "control characters are not allowed in strings"],
    [
      "r.toml",
      "[rule]\nname = 1\nname = 2",
      "3:1",
      "trying to redefine an already defined table or value",
    ],
    ["r.json", '{\n  "a": 1,\n}', "3:1", "not valid JSON: expected a key in double quotes"],
    ["r.json", '{"a": [1 2]}', "1:10", "not valid JSON: expected `,` or `]`"],
    [
      "r.json",
      '{"a": "b\n"}',
      "1:9",
      "not valid JSON: a control character in a string must be escaped",
    ],
    ["r.json", '["\\x"]', "1:3", "not valid JSON: there is no such escape"],
    ["r.json", '{"a": 01}', "1:7", "not valid JSON: expected a value"],
    ["r.json", '{"a" 1}', "1:6", "not valid JSON: expected `:` after the key"],
    ["r.json", '{"a": "b', "1:7", "not valid JSON: a string without an end"],
    ["r.json", "[1] 2", "1:5", "not valid JSON: expected nothing after the value"],
    ["r.json", '{"a":', "1:6", "not valid JSON: unexpected end of the text, expected a value"],
    ["r.yaml", "a: 1\nb: {c: 1, d: 2, c: 3}\n", "2:17", "not valid YAML: a key twice in one map"],
    ["r.yaml", "a: [1\nb: 2\n", "2:1", expect.stringMatching(/^not valid YAML: /)],
  ])("points at syntax errors: %s %j", async (name, text, at, message) => {
    const { failures } = await loadText(name, text);
    expect(failures).toHaveLength(1);
    expect(failures[0]?.diagnostics.slice(0, 1).map(placeOf)).toEqual([
      expect.objectContaining({ code: "rule/syntax", at, message }),
    ]);
  });

  it("loads the lines around a broken one", async () => {
    const text = `${JSON.stringify(apiRule)}\n{"rule_id": }\n\n{"no": "rule"}\n${JSON.stringify({ ...apiRule, rule_id: "2" })}\n`;
    const { rules, failures } = await loadText("r.ndjson", text);
    expect(rules.map(({ ruleId, origin }) => [ruleId, origin.line])).toEqual([
      ["0a1b", 1],
      ["2", 5],
    ]);
    expect(failures.flatMap(({ diagnostics }) => diagnostics.map(placeOf))).toMatchObject([
      { code: "rule/syntax", at: "2:13" },
      { code: "rule/no-rule", at: "4:1", text: '{"no": "rule"}' },
    ]);
  });

  it("counts what it does not know in a list", async () => {
    const { rules, failures } = await loadText("r.json", JSON.stringify([1, apiRule, {}, "x"]));
    expect(rules).toHaveLength(1);
    expect(failures.flatMap(({ diagnostics }) => diagnostics.map(placeOf))).toEqual([
      finding(
        "rule/no-rule",
        "neither a rule nor a part of an export, and 2 more like it",
        "1:2",
        "1",
      ),
    ]);
  });

  it("keeps the first of two rules with an id, and names both", async () => {
    const root = await write({
      "b.toml": eqlRule.replace("Shell from", "Later shell from"),
      "a.json": JSON.stringify(apiRule),
    });
    const { rules, failures } = await loadRules([root]);
    expect(rules.map(({ origin }) => withoutFolder(origin.file))).toEqual(["a.json"]);
    expect(failures).toHaveLength(1);
    expect(failures[0]?.name).toBe("Later shell from a listener");
    const found = failures[0]?.diagnostics[0];
    expect(found && placeOf(found)).toMatchObject({
      code: "rule/duplicate-id",
      message: `another rule has the id 0a1b: \`Shell from a listener\` in ${join(root, "a.json")}`,
      at: "8:11",
      text: '"0a1b"',
    });
    expect(found?.labels?.[0]?.span.source.name).toBe(join(root, "a.json"));
  });
});

describe("finding files", () => {
  const other = (id: string) => eqlRule.replace("0a1b", id);
  const files = {
    "z.toml": other("z"),
    "a/b/c.toml": other("c"),
    "a/d.yml": "name: D\nseverity: low\nrisk_score: 1\ntype: eql\nquery: any where true\n",
    "a/_deprecated/old.toml": other("old").replace("production", "deprecated"),
    "a/retired.toml": other("retired").replace("production", "deprecated"),
    "a/package.json": '{"name": "x", "version": "1"}',
    "a/events.ndjson": '{"event": 1}\nbroken\n',
    "a/README.md": "# no rule",
    ".git/x.toml": "broken",
    "node_modules/y.toml": "broken",
  };

  it("reads folders, in the order of the paths", async () => {
    const root = await write(files);
    const set = await loadRules([root]);
    expect(set.failures).toEqual([]);
    expect(set.rules.map(({ origin }) => withoutFolder(origin.file))).toEqual([
      "a/b/c.toml",
      "a/d.yml",
      "z.toml",
    ]);
    expect({ files: set.files, deprecated: set.deprecated, ignored: set.ignored }).toEqual({
      files: 4,
      deprecated: 2,
      ignored: 2,
    });
    const again = await loadRules([join(root, "z.toml"), root, `${root}/./a`]);
    expect(again.rules.map(({ ruleId }) => ruleId)).toEqual(set.rules.map(({ ruleId }) => ruleId));
    const all = await loadRules([root], { includeDeprecated: true });
    expect(all.rules.map(({ ruleId }) => ruleId)).toEqual(["old", "c", "d/D", "retired", "z"]);
  });

  it.each([
    ["a/_deprecated", ["old"]],
    ["a/_deprecated/old.toml", ["old"]],
    ["a/retired.toml", ["retired"]],
    ["**/*.toml", ["c", "z"]],
    ["a/*/*.toml", ["c"]],
    ["**/_deprecated/*", ["old"]],
    ["{z,y}.tom?", ["z"]],
    ["a/**", ["c", "d/D"]],
  ])("takes %s", async (path, ids) => {
    const { rules, failures } = await loadRules([`${await write(files)}/${path}`]);
    expect(failures).toEqual([]);
    expect(rules.map(({ ruleId }) => ruleId)).toEqual(ids);
  });

  it.each([
    ["missing.toml", "rule/unreadable", "there is no such file or folder"],
    ["*.nope", "rule/unreadable", "no rule file meets this pattern"],
    ["a/package.json", "rule/no-rule", "this file holds no rule"],
  ])("does not pass over %s", async (path, code, message) => {
    const root = await write(files);
    const { failures } = await loadRules([`${root}/${path}`]);
    expect(failures.map(({ file }) => withoutFolder(file))).toEqual([path]);
    expect(failures[0]?.diagnostics).toMatchObject([{ code, message }]);
  });

  it("follows links, but not in circles", async () => {
    const root = await write({ "a/r.toml": eqlRule });
    await symlink(root, join(root, "a", "up"));
    await symlink(join(root, "a", "r.toml"), join(root, "linked.toml"));
    expect((await loadRules([root])).rules).toHaveLength(1);
    expect((await loadRules([root])).failures).toEqual([]);
  });
});

describe("hostile files", () => {
  const deep = "[".repeat(200_000) + "]".repeat(200_000);

  it.each([
    ["r.json", JSON.stringify(apiRule).replace(/\}$/, `,"x":${deep}}`), "rule/too-deep"],
    ["r.json", deep, "rule/too-deep"],
    ["r.json", deep.slice(1), "rule/syntax"],
    ["r.toml", `${eqlRule}x = ${deep}`, "rule/syntax"],
    ["r.toml", `${eqlRule}[${"a.".repeat(5000)}a]`, "rule/too-deep"],
    ["r.yaml", `a: ${deep}`, "rule/syntax"],
    ["r.yaml", "- ".repeat(20_000), "rule/syntax"],
    [
      "r.yaml",
      Array.from({ length: 500 }, (_, at) => `${" ".repeat(at)}a:\n`).join(""),
      "rule/syntax",
    ],
    [
      "r.yaml",
      `a: &a [x,x,x,x,x,x,x,x,x]\n${"bcdefghij".replace(/./g, (key, at) => `${key}: &${key} [${Array(9).fill(`*${"abcdefghij"[at]}`)}]\n`)}`,
      "rule/syntax",
    ],
  ])("refuses %s", async (name, text, code) => {
    const { rules, failures } = await loadText(name, text);
    expect(rules).toEqual([]);
    expect(failures.flatMap(({ diagnostics }) => diagnostics.map((one) => one.code))).toEqual([
      code,
    ]);
  });

  it.each([
    [
      "r.json",
      `{"__proto__": {"name": "no"}, "constructor": 1, ${JSON.stringify(apiRule).slice(1)}`,
    ],
    ["r.toml", `${eqlRule}__proto__ = { name = "no" }\nconstructor = 1\n`],
    [
      "r.yaml",
      `__proto__: {name: no}\n${JSON.stringify(apiRule).slice(1, -1).replaceAll(',"', '\n"').replaceAll('":', '": ')}\n`,
    ],
  ])("keeps __proto__ a key: %s", async (name, text) => {
    const rule = await loadRule(name, text);
    expect(Object.keys(rule.parameters)).toContain("__proto__");
    expect(Object.getPrototypeOf(rule.parameters)).toBe(Object.prototype);
    expect(rule.name).toBe("Shell from a listener");
    expect(({} as Record<string, unknown>).name).toBeUndefined();
  });
});
