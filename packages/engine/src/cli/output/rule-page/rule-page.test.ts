import { ecsSchema } from "@harrier/lang/ecs";
import MarkdownIt from "markdown-it";
import { createColors } from "picocolors";
import { describe, expect, it } from "vitest";
import { compileItems, readExceptions } from "../../../exceptions/index.ts";
import { adHocRule, type CompiledRule, compileRule } from "../../../rule-types/index.ts";
import type { Rule } from "../../../rules/index.ts";
import { rulePage } from "./build-page.ts";
import { highlightQuery } from "./highlight.ts";
import { pageHtml } from "./html.ts";
import { pageMarkdown } from "./markdown.ts";
import { pageText } from "./text.ts";

const button = `!{investigate{"label":"Children","description":"of the shell","providers":[[{"field":"host.id","queryType":"phrase","value":"{{host.id}}","valueType":"string","excluded":false},{"field":"event.category","queryType":"phrase","value":"process","valueType":"string","excluded":true}],[{"field":"user.id","queryType":"exists","excluded":false}]],"relativeFrom":"now-1h","relativeTo":"now"}}`;

const rule: Rule = {
  ...adHocRule('process where process.name : "nc*"'),
  name: "Shell <via> `NetCat`\x1b[2J | a",
  description: "Finds shells.\nAnd [links](http://x).",
  ruleId: "r-1",
  severity: "high",
  riskScore: 73,
  index: ["logs-endpoint.events.process-*"],
  tags: ["OS: Windows"],
  intervalMs: 300_000,
  from: "now-9m",
  threat: [
    {
      framework: "MITRE ATT&CK",
      tactic: {
        id: "TA0002",
        name: "Execution",
        reference: "https://attack.mitre.org/tactics/TA0002/",
      },
      technique: [
        {
          id: "T1086",
          name: "PowerShell",
          reference: "javascript:alert(1)",
          subtechnique: [{ id: "T1059.003", name: "Windows Command Shell", reference: "" }],
        },
      ],
    },
  ],
  note: `## Triage and analysis

### Possible investigation steps

- Who started \`cmd.exe\`?
  - Focus: \`process.args\`. ${button}
  - Implication: escalate when \x9b31m odd.

| a | b |
|---|---|
| \`x\\|y\` | [docs](https://d\u00f6cs.example/a) |
`,
  setup: "## Setup\n\nSwitch it on.",
  parameters: {
    author: ["Ann", 7],
    license: "Apache-2.0",
    references: ["https://example.org/a_b", "see the wiki"],
    false_positives: ["Tests."],
  },
};
const { type } = compileRule(rule, { schema: ecsSchema, strictFields: false });
const unsupported: CompiledRule = {
  rule,
  type,
  unsupported: "nothing of this type runs yet",
  diagnostics: [],
};
const compile = (more: Partial<Rule>): CompiledRule =>
  compileRule({ ...rule, ...more }, { schema: ecsSchema, strictFields: false });
const factsOf = (compiled: CompiledRule) =>
  new Map(rulePage(compiled, []).facts.map(({ name, values }) => [name, values.join(", ")]));

it("a rule is a page on a terminal", () => {
  const text = pageText(rulePage(unsupported, []), { width: 60, colors: createColors(false) });
  expect(text).toBe(`\
Shell <via> \`NetCat\`\\u{1b}[2J | a

Finds shells.
And [links](http://x).

Severity    high
Risk score  73
Type        eql
Runs here   no: nothing of this type runs yet
Rule id     r-1
Version     1
Indices     logs-endpoint.events.process-*
Runs every  5m
Looks back  now-9m to now, 4m more than the interval
Alerts      at most 100 a run
Tags        OS: Windows
Authors     Ann
Licence     Apache-2.0
File        -e

Query
  process where process.name : "nc*"

Investigation guide
  Triage and analysis

  Possible investigation steps

  - Who started \`cmd.exe\`?
    - Focus: \`process.args\`.
      [Children] of the shell, now-1h to now
        host.id is {{host.id}}
        event.category is not process
        or
        user.id exists
    - Implication: escalate when \\u{9b}31m odd.

  a | b
  x|y | docs (https://xn--dcs-sna.example/a)

False positives
  - Tests.

Setup
  Switch it on.

Threat
  TA0002 Execution
    T1086 PowerShell (now T1059.001 PowerShell)
      T1059.003 Windows Command Shell

References
  - https://example.org/a_b
  - see the wiki
`);
});

describe("a rule is a page in Markdown", () => {
  const page = pageMarkdown(rulePage(unsupported, []));

  it("whose names and values are text", () => {
    expect(page).toContain("# Shell &lt;via> \\`NetCat\\`\\\\u{1b}\\[2J \\| a\n");
    expect(page).toContain("Finds shells. And \\[links\\](http://x).\n");
    expect(page).toContain("| Indices | `logs-endpoint.events.process-*` |\n");
    expect(page).toContain(
      "- [https://example.org/a_b](<https://example.org/a_b>)\n- see the wiki\n",
    );
    expect(page).toContain(
      "- [TA0002 Execution](<https://attack.mitre.org/tactics/TA0002/>)\n  - T1086 PowerShell (now T1059.001 PowerShell)\n    - T1059.003",
    );
  });

  it("whose query is fenced by more backquotes than it has", () => {
    const query = { name: "q", text: "any where a == 1 // ````" };
    const fenced = pageMarkdown(rulePage({ ...unsupported, rule: { ...rule, query } }, []));
    expect(fenced).toContain("\n`````\nany where a == 1 // ````\n`````\n");
  });

  it("whose guide has its steps, labels and buttons", () => {
    expect(page).toContain(`\
## Investigation guide

### Triage and analysis

#### Possible investigation steps

- Who started \`cmd.exe\`?
  - **Focus:** \`process.args\`.
    - **\\[Children\\]** of the shell, now-1h to now
      - \`host.id is {{host.id}}\`
      - \`event.category is not process\`
      - or
        - \`user.id exists\`
  - **Implication:** escalate when \\\\u{9b}31m odd.
`);
    expect(page).toContain("## Setup\n\nSwitch it on.\n");
  });
});

describe("a rule is a page in HTML", () => {
  const page = pageHtml(rulePage(unsupported, []));

  it("with headings one below the other", () => {
    const levels = [...page.matchAll(/<h(\d)/g)].map(([, level]) => Number(level));
    expect(levels[0]).toBe(1);
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    levels.reduce((before, level) => {
      expect(level).toBeLessThanOrEqual(before + 1);
      return level;
    });
  });

  it("with steps, labels and buttons", () => {
    expect(page).toContain('<ol class="steps">\n<li>Who started <code>cmd.exe</code>?');
    expect(page).toContain(
      '<p class="focus"><b class="label">focus</b> <code>process.args</code>.</p>',
    );
    expect(page).toContain('<b>Children</b> <span class="range">now-1h to now</span>');
    expect(page).toContain("<li><code>event.category is not process</code></li></ul><p>or</p>");
  });

  it("whose links show the host in the letters that it is asked by", () => {
    expect(page).toContain(
      '<a href="https://xn--dcs-sna.example/a" rel="noopener noreferrer">docs</a> <span class="host">(xn--dcs-sna.example)</span>',
    );
    expect(page).toContain(
      '<a href="https://example.org/a_b" rel="noopener noreferrer">https://example.org/a_b</a></li>',
    );
  });
});

describe("facts", () => {
  it("tell what a rule counts, compares and suppresses", () => {
    const facts = factsOf({
      ...unsupported,
      rule: {
        ...rule,
        filters: [{ query: { exists: { field: "a" } } }],
        threshold: {
          fields: ["host.name"],
          value: 5,
          cardinality: { field: "user.name", value: 2 },
        },
        newTerms: { fields: ["a", "b"], historyWindowStart: "now-7d" },
        threatMatch: {
          query: { name: "x", text: "c: *" },
          language: "kuery" as const,
          filters: [],
          index: ["ti-*"],
          mapping: [
            [
              { field: "d", value: "e", negate: false },
              { field: "f", value: "g", negate: true },
            ],
            [{ field: "h", value: "i", negate: false }],
          ],
          indicatorPath: "threat.indicator",
        },
        alertSuppression: {
          groupBy: ["host.name"],
          durationMs: 3_600_000,
          missingFieldsStrategy: "doNotSuppress" as const,
        },
      },
    });
    expect(facts.get("Counts")).toBe(
      "5 events with the same host.name, with 2 values of user.name",
    );
    expect(facts.get("New terms")).toBe("a, b, not seen since now-7d");
    expect(facts.get("Compares")).toBe("d is e and f differs from g; or h is i");
    expect(facts.get("With")).toBe("ti-*");
    expect(facts.get("Suppresses")).toBe(
      "alerts with the same host.name for 1h, none without them",
    );
  });

  it("tell which data can feed a rule", () => {
    const named = factsOf(
      compile({ index: ["logs-windows.sysmon_operational-*", "logs-system*"] }),
    );
    expect(named.get("Fed by")).toContain("windows.sysmon_operational");
    expect(named.get("Fed by")).toContain("system.security");
    const standIn = (query: string, tags: readonly string[]) =>
      factsOf(compile({ query: { name: "q", text: query }, tags })).get("May stand in");
    const windows = ["OS: Windows"];
    expect(standIn("process where true", windows)).toBe(
      "system.security, windows.sysmon_operational",
    );
    expect(standIn("registry where true", windows)).toBe("windows.sysmon_operational");
    expect(standIn("process where true", ["OS: Linux"])).toBe(
      "auditd_manager.auditd, sysmon_linux.log",
    );
    expect(standIn("process where true", ["OS: macOS"])).toBeUndefined();
    expect(standIn("process where true", [])).toBeUndefined();
    expect(standIn('process where host.os.type == "linux"', [])).toContain("auditd_manager.auditd");
    expect(standIn("sequence [process where true] [registry where true]", windows)).toBe(
      "windows.sysmon_operational",
    );
    expect(standIn("any where true", windows)).toBeUndefined();
  });

  it("tell what else the rule and its file say", () => {
    const facts = factsOf(
      compile({
        metadata: { integration: ["endpoint", "windows"], creation_date: "2026/01/02" },
        severityMapping: [{ field: "a.b", value: "9", severity: "critical" }],
        timestampOverride: "event.ingested",
        isBuildingBlock: true,
        enabled: false,
        parameters: { investigation_fields: { field_names: ["host.id", 5] } },
      }),
    );
    expect(Object.fromEntries(facts)).toMatchObject({
      Integrations: "endpoint, windows",
      Created: "2026/01/02",
      "Severity by": "critical: a.b is 9",
      Time: "event.ingested, @timestamp",
      Alerts: "at most 100 a run, building blocks",
      Enabled: "no",
      Highlights: "host.id",
      "Runs here": "yes",
    });
    const related = [{ package: "aws", integration: "cloudtrail", version: "^4.0.0" }, "x"];
    expect(
      factsOf(compile({ parameters: { related_integrations: related } })).get("Integrations"),
    ).toBe("aws cloudtrail ^4.0.0");
  });
});

it("lists the fields that a rule needs: as its file says, else as its query reads them", () => {
  const fieldsOf = (compiled: CompiledRule) => {
    const section = rulePage(compiled, []).sections.find(({ title }) => title === "Fields");
    return section?.body.kind === "fields" ? section.body.items : [];
  };
  const query = {
    name: "q",
    text: "sequence by user.id [process where own.thing == 1] [file where true]",
  };
  expect(fieldsOf(compile({ query }))).toEqual([
    { name: "event.category", type: "keyword", isEcs: true },
    { name: "own.thing", type: "unknown", isEcs: false },
    { name: "user.id", type: "keyword", isEcs: true },
  ]);
  const required = [{ name: "a", type: "keyword", ecs: false }, { name: 1 }, null];
  expect(fieldsOf(compile({ parameters: { required_fields: required } }))).toEqual([
    { name: "a", type: "keyword", isEcs: false },
  ]);
});

it("shows the exceptions that are a rule's", () => {
  const object = {
    name: "Backups",
    item_id: "i-1",
    list_id: "l",
    type: "simple",
    os_types: ["windows"],
    entries: [
      { field: "process.name", operator: "included", type: "match_any", value: ["a", "b"] },
      { field: "user.id", operator: "excluded", type: "exists" },
    ],
  };
  const source = { name: "x.json", text: "{}" };
  const at = {
    value: object,
    form: "api",
    source,
    spanOf: () => ({ source, start: 0, end: 0 }),
  } as const;
  const { items } = readExceptions({ exceptionLists: [], exceptionItems: [at] });
  const { items: compiled } = compileItems(items, {
    schema: ecsSchema,
    valueLists: new Map(),
    now: 0n,
  });
  const [section] = rulePage(unsupported, compiled).sections.filter(
    ({ title }) => title === "Exceptions",
  );
  expect(section?.body).toEqual({
    kind: "exceptions",
    items: [
      {
        name: "Backups",
        conditions: ["process.name is one of a, b", "user.id does not exist"],
        limits: ["on windows"],
      },
    ],
  });
});

describe("a query", () => {
  it("has its texts, comments and keywords marked", () => {
    expect(highlightQuery(`a where b : "x<y" // and\nor """z"""`)).toBe(
      `a <span class="keyword">where</span> b : <span class="text">&quot;x&lt;y&quot;</span> <span class="comment">// and</span>\n<span class="keyword">or</span> <span class="text">&quot;&quot;&quot;z&quot;&quot;&quot;</span>`,
    );
  });

  it("that is not closed is marked to its end", () => {
    for (const open of ['"', "'", '"""', "/*", '"\\"', "/*/"]) {
      const query = open.repeat(20_000);
      expect(highlightQuery(query).replace(/<[^>]+>/g, "")).toHaveLength(
        query.replaceAll('"', "&quot;").replaceAll("'", "&#39;").length,
      );
    }
  });
});

describe("hostile rules", () => {
  const bad =
    '"><script>alert(1)</script><img src=x onerror=y> [a](javascript:alert(1)) ![i](http://e.example/i.png) \u202e\u0000\x1b[2J `|`\n# h &#x202e; <http://a.example/"onx=">';
  const [first, ...levels] = ["### ", "- ", "> ", "1. ", "| a |\n|---|\n| ", "```\n", ""];
  const note = `${[first, ...levels].map((start) => `${start}${bad}`).join("\n\n")}\n\n${button.replace("Children", '<b>\\u202e\\"')}\n\n!{osquery{"label":"<i>","query":"</code>"}} !{investigate{<u>}}`;
  const hostile = compile({
    name: bad,
    description: bad,
    ruleId: bad,
    index: [bad, ""],
    tags: [bad, bad],
    note,
    setup: note,
    from: bad,
    query: { name: "q", text: `any where a == "${bad.replaceAll('"', "'")}` },
    filters: [{ [bad]: bad }],
    threat: [
      {
        framework: bad,
        tactic: { id: bad, name: bad, reference: bad },
        technique: [{ id: bad, name: bad, reference: `http://a.example/${bad}`, subtechnique: [] }],
      },
    ],
    exceptionsList: [{ listId: bad, namespace: "single" }],
    severityMapping: [{ field: bad, value: bad, severity: "low" }],
    origin: { file: bad, format: "toml" },
    metadata: { integration: bad, creation_date: bad },
    parameters: {
      author: bad,
      license: bad,
      references: [bad, "javascript:alert(1)", "https://good.example@evil.example/", "http://"],
      false_positives: bad,
      required_fields: [{ name: bad, type: bad }],
      related_integrations: [{ package: bad }],
    },
  });
  const page = rulePage(hostile, []);
  const hidden = /[^\P{C}\n]|\p{Zl}|\p{Zp}/u;

  function checkHtml(html: string): void {
    const tags = [...html.matchAll(/<\/?([a-z0-9]+)((?:\s+[a-z-]+(?:="[^"<>]*")?)*)>/g)];
    expect(html.match(/</g)).toHaveLength(tags.length + 1); // and the doctype
    const attributes = new Set(
      tags.flatMap(([, , rest = ""]) => rest.replace(/"[^"]*"/g, "").match(/[a-z-]+(?==)/g) ?? []),
    );
    for (const name of attributes) expect(name).not.toMatch(/^(on|src|style$)/);
    const names = new Set(tags.map(([, name]) => name));
    for (const name of ["script", "img", "iframe", "form", "base", "u", "i"]) {
      expect(names.has(name)).toBe(false);
    }
    for (const [, target] of html.matchAll(/href="([^"]*)"/g)) {
      expect(target).toMatch(/^(#|https?:\/\/)/);
    }
    expect(html).not.toMatch(hidden);
  }

  it("are text in HTML", () => {
    const html = pageHtml(page);
    checkHtml(html);
    expect(html).toContain("Content-Security-Policy");
    expect(html).toContain('<span class="host">(evil.example)</span>');
  });

  it("are text in Markdown, also for readers that take HTML", () => {
    const markdown = pageMarkdown(page);
    expect(markdown).not.toMatch(hidden);
    const read = MarkdownIt({ html: true }).render(markdown);
    expect(read.match(/<(?:script|img|b|i|u)[ >].*/g)).toBeNull();
    for (const [, target] of read.matchAll(/href="([^"]*)"/g)) expect(target).toMatch(/^https?:/);
    expect(read.match(/<h1/g)).toHaveLength(1);
  });

  it("are text on a terminal", () => {
    const text = pageText(page, { width: 80, colors: createColors(false) });
    expect(text).not.toMatch(hidden);
  });

  it("with huge guides are pages all the same", () => {
    const table = `| a |\n|---|\n${"| `x` |\n".repeat(2000)}`;
    const huge = rulePage(
      compile({ note: `${table}\n\n${"> ".repeat(3000)}x\n\n${"- ".repeat(3000)}y` }),
      [],
    );
    checkHtml(pageHtml(huge));
    expect(pageMarkdown(huge)).toContain("| `x` |");
  });
});
