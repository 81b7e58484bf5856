import { spanOf } from "@harrier/lang/text";
import { createColors } from "picocolors";
import { describe, expect, it } from "vitest";
import type { HuntReport } from "../../app.ts";
import { type HuntSummary, nothingLeftOut, type RuleOutcome } from "../../detect/index.ts";
import { adHocRule } from "../../rule-types/index.ts";
import { jsonText } from "./json-text.ts";
import { summaryJson } from "./summary-json.ts";
import { errorText, summaryText } from "./summary-text.ts";

const nothing: HuntSummary = {
  inputs: { read: 0, failed: 0 },
  findings: [],
  findingsTotal: 0,
  events: 0,
  bytes: 0,
  eventsOutsideRange: 0,
  eventsWithoutTime: 0,
  eventsWithoutIndex: 0,
  firstTime: undefined,
  lastTime: undefined,
  alerts: 0,
  alertsBySeverity: { low: 0, medium: 0, high: 0, critical: 0 },
  rulesBySeverity: { low: 0, medium: 0, high: 0, critical: 0 },
  buildingBlocks: 0,
  duplicates: 0,
  alertsHeldBack: 0,
  ownAlertsIgnored: 0,
  leftOut: nothingLeftOut,
  indicators: { read: 0, used: 0 },
  topHosts: [],
  rules: [],
  sequencesTruncated: false,
  sequencesUndecided: 0,
  interrupted: false,
  elapsedMs: 2000,
  peakMemoryBytes: 210_000_000,
};

const rule = (name: string) => ({ ...adHocRule("any where true"), name });
const silent = (name: string): RuleOutcome => ({
  kind: "silent",
  rule: rule(name),
  leftOut: nothingLeftOut,
});
const lacks = (name: string, field: string): RuleOutcome => ({
  kind: "cannot-fire",
  rule: rule(name),
  reasons: [{ what: "field", field }],
});

function report(summary: Partial<HuntSummary>, more: Partial<HuntReport> = {}): HuntReport {
  return {
    summary: { ...nothing, ...summary },
    ruleFailures: [],
    ruleDiagnostics: [],
    exceptions: { items: 0, unapplied: 0, unbound: 0, diagnostics: [] },
    ...more,
  };
}

function text(given: HuntReport, isVerbose = false): string {
  return summaryText(given, {
    width: 80,
    colors: createColors(false),
    isVerbose,
    isStrictIndex: false,
  });
}

const full = report({
  inputs: { read: 2, failed: 1 },
  findings: [
    {
      input: "logs/a\x1b[2J.json",
      code: "unreadable",
      message: "permission denied",
      hint: "run as root",
    },
    { input: "logs/b.json", position: 7, code: "bad-json", message: "not JSON" },
  ],
  findingsTotal: 9,
  events: 12_345,
  bytes: 8_400_000,
  eventsOutsideRange: 12,
  eventsWithoutTime: 1,
  firstTime: "2026-03-04T09:00:00.000Z",
  lastTime: "2026-03-04T11:59:59.123456789Z",
  alerts: 14,
  alertsBySeverity: { low: 0, medium: 10, high: 3, critical: 1 },
  rulesBySeverity: { low: 0, medium: 1, high: 2, critical: 1 },
  buildingBlocks: 2,
  duplicates: 3,
  alertsHeldBack: 30,
  leftOut: { excepted: 3, suppressed: 1200, capped: 2, outsideWindows: 1 },
  topHosts: [
    { host: "WIN-07", alerts: 9 },
    { host: "evil\nhost", alerts: 5 },
  ],
  rules: [
    {
      kind: "fired",
      rule: rule("Fires"),
      alerts: 14,
      leftOut: { excepted: 3, suppressed: 1200, capped: 2, outsideWindows: 1 },
    },
    silent("Silent"),
    lacks("Needs a registry", "registry.path"),
    lacks("Needs a registry, too", "registry.path"),
    {
      kind: "cannot-fire",
      rule: rule("Needs DNS"),
      reasons: [
        { what: "category", field: "event.category", values: ["dns", "network"] },
        { what: "source", field: "_index", values: ["logs-dns-*"] },
      ],
    },
    { kind: "unsupported", rule: rule("Learned"), reason: "machine learning jobs are not run" },
  ],
});

describe("the summary", () => {
  it("tells of exceptions: how many, which are not applied and why", () => {
    const source = { name: "ex.toml", text: "value = 3" };
    const error = {
      severity: "error",
      code: "exception/bad-value",
      message: "no text",
      span: spanOf(source, 8, 9),
    } as const;
    const warning = { ...error, severity: "warning", message: "odd" } as const;
    const exceptions = { items: 1200, unapplied: 1, unbound: 3, diagnostics: [error, warning] };
    const given = report({}, { exceptions });
    expect(text(given)).toContain(
      "1,200 exception items, 1 not applied, 3 for none of these rules",
    );
    expect(text(given)).toContain(
      "Exceptions that are not applied\n  ex.toml:1:9: error[exception/bad-value]: no text\n",
    );
    expect(text(given)).not.toContain("odd");
    expect(summaryJson(given)).toMatchObject({
      exceptions: { items: 1200, unapplied: 1, unbound: 3, diagnostics: [{}, {}] },
    });
    expect(text(report({}))).not.toContain("exception");
  });

  it("tells everything that was read, found and left out", () => {
    expect(text(full)).toBe(`\
Read    2 inputs, 1 unreadable: 12,345 events, 8.4 MB in 2.0 s (6,173 events/s,
        4.2 MB/s)
        12 events outside of --from and --to, 1 event without a time, left out
        of sequences and counts
Time    2026-03-04T09:00:00.000Z to 2026-03-04T11:59:59.123456789Z
Alerts  14: 1 critical from 1 rule, 3 high from 2 rules, 10 medium from 1 rule
        30 held back by --limit, 3 matches excepted, 1,200 suppressed, 2 beyond
        max_signals, 1 match outside every window of the rule's schedule, 3
        duplicates left out, 2 building blocks
Hosts   WIN-07 9, evil\\nhost 5
Rules   6: 1 fired, 1 silent, 3 cannot fire, 1 unsupported
Memory  210 MB at most

Inputs
  logs/a\\u{1b}[2J.json: permission denied (run as root)
  logs/b.json:7: not JSON
  7 more; -v shows more

Rules that cannot fire on these events
  2  no event has the field registry.path
  1  no event has event.category dns or network nor an index like logs-dns-*
  -v names the rules

Rules that left out matches
  Fires: 3 matches excepted, 1,200 suppressed, 2 beyond max_signals, 1 match
  outside every window of the rule's schedule

Unsupported rules
  1  machine learning jobs are not run
  -v names the rules
`);
  });

  it("names the rules with -v", () => {
    expect(text(full, true)).toContain(`\
  2  no event has the field registry.path
       Needs a registry
       Needs a registry, too
  1  no event has event.category dns or network nor an index like logs-dns-*
       Needs DNS
`);
  });

  it("shows the five most frequent reasons and says how many more there are", () => {
    const outcomes = Array.from({ length: 8 }, (_, place) => lacks("x", `f${place}`));
    const shown = text(report({ events: 1, inputs: { read: 1, failed: 0 }, rules: outcomes }));
    expect(shown).toContain("f4\n  3 more reasons; -v shows all, with the rules\n");
    expect(shown).not.toContain("f5");
  });

  it("groups rules that lack the same things, however their reasons are told", () => {
    const rules = [
      ["network", "process"],
      ["process", "network"],
    ].map(
      (values): RuleOutcome => ({
        kind: "cannot-fire",
        rule: rule("x"),
        reasons: [
          ...values.map((value) => ({
            what: "category" as const,
            field: "event.category",
            values: [value],
          })),
          { what: "field", field: "b" },
          { what: "field", field: "a" },
        ],
      }),
    );
    expect(text(report({ events: 1, inputs: { read: 1, failed: 0 }, rules }))).toContain(
      "  2  no event has event.category network or process nor the field a nor the\n     field b\n",
    );
  });

  it("stays within the width", () => {
    for (const line of `${text(full)}${text(full, true)}`.split("\n")) {
      expect(line.length).toBeLessThanOrEqual(80);
    }
  });

  it("says that it was interrupted, and that sequences were dropped", () => {
    const shown = text(report({ interrupted: true, sequencesTruncated: true }));
    expect(shown).toMatch(
      /^Interrupted: this is what was read until then, not the whole\.\nToo many/,
    );
  });

  it("lists rules that failed, with their place", () => {
    const source = { name: "rules/bad.toml", text: "one\ntwo oops" };
    const diagnostic = {
      severity: "error",
      code: "eql/syntax",
      message: "unexpected `oops`",
      span: spanOf(source, 8, 12),
    } as const;
    const failing = report(
      { rules: [{ kind: "failed", rule: rule("Bad"), diagnostics: [diagnostic] }] },
      { ruleFailures: [{ file: "rules/worse.toml", diagnostics: [diagnostic] }] },
    );
    const line = "  rules/bad.toml:2:5: error[eql/syntax]: unexpected `oops`\n";
    expect(text(failing)).toContain(`Rules   2: 2 failed\n`);
    expect(text(failing)).toContain(`Failed rules\n${line}${line}`);
    expect(
      errorText(failing, {
        width: 80,
        colors: createColors(false),
        isVerbose: false,
        isStrictIndex: false,
      }),
    ).toBe(`Failed rules\n${line}${line}`);
  });
});

it("with -q nothing is said where nothing failed", () => {
  const quiet = errorText(report({}), {
    width: 80,
    colors: createColors(false),
    isVerbose: false,
    isStrictIndex: false,
  });
  expect(quiet).toBe("");
});

describe("silence is told apart", () => {
  const read = { inputs: { read: 1, failed: 0 }, events: 100 };
  it.each([
    ["nothing read", { inputs: { read: 0, failed: 2 } }, "unknown: nothing could be read"],
    ["no events", { inputs: { read: 1, failed: 0 } }, "unknown: there were no events to look at"],
    [
      "out of range",
      { ...read, eventsOutsideRange: 100, rules: [silent("a")] },
      "unknown: every event lies outside of --from and --to",
    ],
    [
      "no rule could run",
      { ...read, rules: [{ kind: "unsupported", rule: rule("a"), reason: "x" } as const] },
      "unknown: no rule could run",
    ],
    [
      "no rule can fire",
      { ...read, rules: [lacks("a", "f")] },
      "none possible: no rule that ran can fire on these events",
    ],
    ["looked", { ...read, rules: [silent("a")] }, "none: 1 rule looked and did not match"],
    [
      "looked, others could not",
      { ...read, rules: [silent("a"), silent("b"), lacks("c", "f")] },
      "none: 2 rules looked and did not match; 1 could not have fired on these events",
    ],
  ])("%s", (_, summary, expected) => {
    const lines = text(report(summary)).replaceAll("\n        ", " ").split("\n");
    expect(lines).toContain(`Alerts  ${expected}`);
  });
});

it("the JSON of a summary has an outcome for every rule", () => {
  const json = JSON.parse(jsonText(summaryJson(full)));
  expect(json.rules.map((each: { outcome: string }) => each.outcome)).toEqual([
    "fired",
    "silent",
    "cannot-fire",
    "cannot-fire",
    "cannot-fire",
    "unsupported",
  ]);
  expect(json).toMatchObject({
    events: 12345,
    alerts_by_severity: { critical: 1 },
    first_time: "2026-03-04T09:00:00.000Z",
    input_findings_total: 9,
    elapsed_ms: 2000,
  });
});
