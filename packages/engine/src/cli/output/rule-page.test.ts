import { createColors } from "picocolors";
import { describe, expect, it } from "vitest";
import { adHocRule, type CompiledRule } from "../../rule-types/index.ts";
import { pageMarkdown, pageText, rulePage } from "./rule-page.ts";

const compiled: CompiledRule = {
  rule: {
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
        tactic: { id: "TA0002", name: "Execution", reference: "" },
        technique: [
          {
            id: "T1059",
            name: "Command and Scripting Interpreter",
            reference: "",
            subtechnique: [{ id: "T1059.003", name: "Windows Command Shell", reference: "" }],
          },
        ],
      },
    ],
    note: "## Triage and analysis\n\n- Look at `process.args`.\n\x9b31m",
    parameters: {
      author: ["Ann", 7],
      license: "Apache-2.0",
      references: ["https://example.org/a_b"],
    },
  },
  type: undefined as unknown as CompiledRule["type"], // no page speaks of it
  unsupported: "nothing of this type runs yet",
  diagnostics: [],
};

it("a rule is a page on a terminal", () => {
  expect(pageText(rulePage(compiled), 60, createColors(false))).toBe(`\
Shell <via> \`NetCat\`\\u{1b}[2J | a

Finds shells.
And [links](http://x).

Severity   high, risk score 73
Type       eql
Runs here  no: nothing of this type runs yet
Rule id    r-1
Version    1
Reads      logs-endpoint.events.process-*
Schedule   every 5m, over now-9m to now
Alerts     at most 100 a run
Tags       OS: Windows
Authors    Ann
Licence    Apache-2.0
File       -e

Query
  process where process.name : "nc*"

Threat
  TA0002 Execution
    T1059 Command and Scripting Interpreter
      T1059.003 Windows Command Shell

References
  https://example.org/a_b

## Triage and analysis

- Look at \`process.args\`.
\\u{9b}31m
`);
});

describe("a rule is a page in Markdown", () => {
  const page = pageMarkdown(rulePage(compiled));

  it("whose names and values are text", () => {
    expect(page).toContain("# Shell &lt;via> \\`NetCat\\`\\\\u{1b}\\[2J \\| a\n");
    expect(page).toContain("Finds shells. And \\[links\\](http://x).\n");
    expect(page).toContain("| Severity | high, risk score 73 |\n");
    expect(page).toContain("- https://example.org/a\\_b\n");
    expect(page).toContain(
      "- TA0002 Execution\n  - T1059 Command and Scripting Interpreter\n    - T1059.003",
    );
  });

  it("whose query is fenced by more backquotes than it has", () => {
    const { rule } = compiled;
    const query = { name: "q", text: "any where a == 1 // ````" };
    const fenced = pageMarkdown(rulePage({ ...compiled, rule: { ...rule, query } }));
    expect(fenced).toContain("\n`````\nany where a == 1 // ````\n`````\n");
  });

  it("whose guide is the author's Markdown, without control characters", () => {
    expect(page).toContain("\n\n## Triage and analysis\n\n- Look at `process.args`.\n\\u{9b}31m\n");
    expect(page).not.toContain("## Guide");
  });
});

it("tells what a rule counts, compares and suppresses", () => {
  const rule = {
    ...compiled.rule,
    filters: [{ query: { exists: { field: "a" } } }],
    threshold: { fields: ["host.name"], value: 5, cardinality: { field: "user.name", value: 2 } },
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
  };
  const { facts, sections } = rulePage({ ...compiled, rule });
  const names = ["Counts", "New terms", "Compares", "With", "Suppresses"];
  expect(facts.filter(([name]) => names.includes(name))).toEqual([
    ["Counts", "5 events with the same host.name, with 2 values of user.name"],
    ["New terms", "a, b, not seen since now-7d"],
    ["Compares", "d is e and f differs from g; or h is i"],
    ["With", "ti-*"],
    ["Suppresses", "alerts with the same host.name for 1h, none without them"],
  ]);
  expect(sections.slice(1, 3).map(({ title, text }) => [title, text])).toEqual([
    ["Filters", '{"query":{"exists":{"field":"a"}}}'],
    ["Indicators", "c: *"],
  ]);
});
