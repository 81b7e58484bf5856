import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadRules, type Rule } from "../index.ts";

let folder = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "harrier-parameters-"));
});
afterAll(() => rm(folder, { recursive: true }));

const shared = {
  rule_id: "0a1b",
  name: "A rule",
  description: "What it finds.",
  severity: "low",
  risk_score: 21,
};
const query = { ...shared, type: "query", query: "*" };
const threshold = {
  ...shared,
  type: "threshold",
  query: "",
  threshold: { field: ["host.name"], value: 3 },
};
const newTerms = {
  ...shared,
  type: "new_terms",
  query: "*",
  new_terms_fields: ["user.name"],
  history_window_start: "now-7d",
};
const threatMatch = {
  ...shared,
  type: "threat_match",
  query: "*",
  threat_query: "*:*",
  threat_index: ["ti-*"],
  threat_mapping: [{ entries: [{ field: "source.ip", type: "mapping", value: "ioc.ip" }] }],
};

async function load(text: string, name = "r.json") {
  const path = join(folder, name);
  await writeFile(path, text);
  const { rules, failures } = await loadRules([path]);
  const findings = failures.flatMap(({ diagnostics }) => diagnostics);
  return { rule: rules[0], findings };
}

async function loadRule(rule: object): Promise<Rule> {
  const loaded = await load(JSON.stringify(rule));
  expect(loaded.findings).toEqual([]);
  if (loaded.rule === undefined) throw new Error("no rule");
  return loaded.rule;
}

describe("what rules of a type have", () => {
  it("groups, and different values in them", async () => {
    expect((await loadRule(threshold)).threshold).toEqual({ fields: ["host.name"], value: 3 });
    const settings = { field: "", value: 9, cardinality: [{ field: "user.name", value: 2 }] };
    expect((await loadRule({ ...threshold, threshold: settings })).threshold).toEqual({
      fields: [],
      value: 9,
      cardinality: { field: "user.name", value: 2 },
    });
    const plain = { field: [""], value: 1, cardinality: [] };
    expect((await loadRule({ ...threshold, threshold: plain })).threshold).toEqual({
      fields: [],
      value: 1,
    });
  });

  it("an empty query, which is every event", async () => {
    expect((await loadRule(threshold)).query?.text).toBe("");
  });

  it("new terms and their history", async () => {
    expect((await loadRule(newTerms)).newTerms).toEqual({
      fields: ["user.name"],
      historyWindowStart: "now-7d",
    });
    // A fixed date has no distance from now.
    const fixed = { ...newTerms, history_window_start: "2026-01-01||" };
    expect((await loadRule(fixed)).newTerms?.historyWindowStart).toBe("2026-01-01||");
  });

  it("indicators, with what is usual filled in", async () => {
    const { threatMatch: found } = await loadRule(threatMatch);
    expect(found).toMatchObject({
      query: { text: "*:*" },
      language: "kuery",
      filters: [],
      index: ["ti-*"],
      mapping: [[{ field: "source.ip", value: "ioc.ip", negate: false }]],
      indicatorPath: "threat.indicator",
    });
    const given = {
      threat_language: "lucene",
      threat_indicator_path: "ioc",
      threat_filters: [{ query: { match_all: {} } }],
    };
    expect((await loadRule({ ...threatMatch, ...given })).threatMatch).toMatchObject({
      language: "lucene",
      indicatorPath: "ioc",
      filters: [{ query: { match_all: {} } }],
    });
  });

  it("filters where the type has them", async () => {
    const filters = [{ meta: { negate: true }, query: { exists: { field: "a" } } }];
    expect((await loadRule({ ...query, filters })).filters).toEqual(filters);
    const esql = { ...shared, type: "esql", query: "FROM a", filters };
    expect((await loadRule(esql)).filters).toEqual([]);
  });

  it("the id of the stored query", async () => {
    expect((await loadRule({ ...query, saved_id: "q1" })).savedId).toBe("q1");
    expect(await loadRule({ ...query, saved_id: "" })).not.toHaveProperty("savedId");
  });
});

describe("what rules of every type have", () => {
  it("suppression", async () => {
    const given = { group_by: ["host.name", "user.name"], duration: { value: 2, unit: "h" } };
    expect((await loadRule({ ...query, alert_suppression: given })).alertSuppression).toEqual({
      groupBy: ["host.name", "user.name"],
      durationMs: 7_200_000,
      missingFieldsStrategy: "suppress",
    });
    const perRun = { group_by: ["a"], missing_fields_strategy: "doNotSuppress" };
    expect((await loadRule({ ...query, alert_suppression: perRun })).alertSuppression).toEqual({
      groupBy: ["a"],
      missingFieldsStrategy: "doNotSuppress",
    });
    const groups = { duration: { value: 5, unit: "m" } };
    expect((await loadRule({ ...threshold, alert_suppression: groups })).alertSuppression).toEqual({
      groupBy: [],
      durationMs: 300_000,
      missingFieldsStrategy: "suppress",
    });
    expect(await loadRule(query)).not.toHaveProperty("alertSuppression");
  });

  it("overrides; a mapping without a field is none", async () => {
    const rule = await loadRule({
      ...query,
      severity_mapping: [
        { field: "event.severity", operator: "equals", value: "3", severity: "high" },
        { field: "", operator: "equals", value: "", severity: "low" },
      ],
      risk_score_mapping: [
        { field: "event.risk_score", operator: "equals", value: "" },
        { field: "", operator: "equals", value: "" },
      ],
      rule_name_override: "message",
      timestamp_override: "event.ingested",
      timestamp_override_fallback_disabled: true,
    });
    expect(rule).toMatchObject({
      severityMapping: [{ field: "event.severity", value: "3", severity: "high" }],
      riskScoreMapping: [{ field: "event.risk_score" }],
      ruleNameOverride: "message",
      timestampOverride: "event.ingested",
      timestampOverrideFallbackDisabled: true,
    });
  });

  it("exception lists", async () => {
    const rule = await loadRule({
      ...query,
      exceptions_list: [
        { id: "1", list_id: "own", type: "rule_default", namespace_type: "single" },
        { id: "2", list_id: "endpoint_list", type: "endpoint", namespace_type: "agnostic" },
      ],
    });
    expect(rule.exceptionsList).toEqual([
      { listId: "own", namespace: "single" },
      { listId: "endpoint_list", namespace: "agnostic" },
    ]);
  });

  it("places", async () => {
    const text = JSON.stringify({ ...query, filters: [{ query: { exists: { field: "x.y" } } }] });
    const { rule } = await load(text);
    const at = (path: readonly (string | number)[]) => {
      const span = rule?.spanOf(path);
      return span && text.slice(span.start, span.end);
    };
    expect(at(["filters", 0, "query", "exists", "field"])).toBe('"x.y"');
    // What holds it, as its first character where it is long.
    expect(at(["filters", 0, "query", "nothing"])).toBe('{"exists":{"field":"x.y"}}');
    expect(at(["nothing"])).toBe("{");
  });
});

describe("what is wrong", () => {
  const mapping = (entries: unknown) => ({ ...threatMatch, threat_mapping: [{ entries }] });
  const entry = { field: "a", type: "mapping", value: "b" };

  const faults: readonly (readonly [rule: object, message: string, place?: string])[] = [
    [
      { ...threshold, threshold: { field: ["a", "b", "c", "d", "e", "f"], value: 1 } },
      "`threshold.field` has more than 5 fields",
      '["a","b","c","d","e","f"]',
    ],
    [
      { ...threshold, threshold: { field: [1], value: 1 } },
      "`threshold.field` is a list, expected a list of texts",
      "[1]",
    ],
    [
      { ...threshold, threshold: { value: 2.5 } },
      "`threshold.value` is 2.5, expected a whole number from 1 on",
      "2.5",
    ],
    [{ ...threshold, threshold: { field: "a" } }, "the rule has no `threshold.value`"],
    [{ ...threshold, threshold: 5 }, "`threshold` is a number, expected an object", "5"],
    [
      { ...threshold, threshold: { value: 1, cardinality: [{ field: "a", value: -1 }] } },
      "`threshold.cardinality.value` is -1, expected a whole number from 0 on",
      "-1",
    ],
    [{ ...newTerms, new_terms_fields: [] }, "`new_terms_fields` has no field", "[]"],
    [{ ...newTerms, history_window_start: "7d" }, "`history_window_start` is no date math", '"7d"'],
    [
      { ...newTerms, history_window_start: "now-5m" },
      "`history_window_start` is not earlier than `from`, `now-6m`",
      '"now-5m"',
    ],
    [{ ...threatMatch, threat_index: [] }, "`threat_index` names no index", "[]"],
    [
      { ...threatMatch, threat_language: "eql" },
      "`threat_language` is `eql`, expected one of kuery, lucene",
      '"eql"',
    ],
    [mapping([]), "an item of `threat_mapping` has no entry", '{"entries":[]}'],
    [
      mapping([{ ...entry, negate: true }]),
      "an item of `threat_mapping` has only negated entries",
      JSON.stringify({ entries: [{ ...entry, negate: true }] }),
    ],
    [
      mapping([entry, { ...entry, negate: true }]),
      "`a` and `b` must be equal and differ in one item",
      JSON.stringify({ entries: [entry, { ...entry, negate: true }] }),
    ],
    [mapping([{ ...entry, value: "" }]), "the rule has no `threat_mapping.entries.value`", '""'],
    [
      mapping([{ ...entry, type: "equal" }]),
      "`threat_mapping.entries.type` is `equal`, expected `mapping`",
      '"equal"',
    ],
    [
      { ...query, filters: ["a: b"] },
      "`filters` is a list, expected a list of objects",
      '["a: b"]',
    ],
    [
      { ...query, alert_suppression: { group_by: ["a", "b", "c", "d"] } },
      "`alert_suppression.group_by` has 4 fields, expected 1 to 3",
      '["a","b","c","d"]',
    ],
    [
      { ...query, alert_suppression: { group_by: ["a"], duration: { value: 1, unit: "d" } } },
      "`alert_suppression.duration.unit` is `d`, expected one of s, m, h",
      '"d"',
    ],
    [{ ...threshold, alert_suppression: {} }, "the rule has no `alert_suppression.duration`"],
    [
      { ...query, severity_mapping: [{ field: "a", value: "1", severity: "worst" }] },
      "`severity_mapping.severity` is `worst`, expected one of low, medium, high, critical",
      '"worst"',
    ],
    [
      { ...query, exceptions_list: [{ list_id: "a", namespace_type: "all" }] },
      "`exceptions_list.namespace_type` is `all`, expected one of single, agnostic",
      '"all"',
    ],
  ];

  it.each(faults.map(([rule, message, place]) => [message, rule, place] as const))(
    "%s",
    async (message, rule, place) => {
      const text = JSON.stringify(rule);
      const { rule: loaded, findings } = await load(text);
      expect(loaded).toBeUndefined();
      expect(findings.map((finding) => finding.message)).toEqual([message]);
      const [finding] = findings;
      if (finding === undefined || place === undefined) return;
      expect(text.slice(finding.span.start, finding.span.end)).toBe(place);
    },
  );

  it("is found where the repository's TOML has it", async () => {
    const text = `[rule]
rule_id = "0a1b"
name = "A rule"
description = "What it finds."
severity = "low"
risk_score = 21
type = "new_terms"
query = "*"

[rule.new_terms]
field = "new_terms_fields"
value = ["a", "b", "c", "d"]

[[rule.new_terms.history_window_start]]
field = "history_window_start"
value = "now-1m"
`;
    const { findings } = await load(text, "r.toml");
    expect(findings.map(({ span }) => text.slice(span.start, span.end))).toEqual([
      '["a", "b", "c", "d"]',
      '"now-1m"',
    ]);
  });
});
