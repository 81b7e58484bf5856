import { existsSync } from "node:fs";
import { join } from "node:path";
import { ecsSchema } from "@harrier/lang/ecs";
import { printPredicate } from "@harrier/lang/ir";
import { evaluatePredicate } from "@harrier/lang/match";
import { describe, expect, it, test } from "vitest";
import { loadRules } from "../../rules/index.ts";
import {
  bindInvestigate,
  checkGuide,
  type GuideButton,
  parseGuide,
  templateFields,
} from "../index.ts";

const parse = (note: string) => parseGuide(note, ecsSchema);

const button = (json: unknown): string => `!{investigate${JSON.stringify(json)}}`;
const phrase = (field: string, value: unknown, more: object = {}) => ({
  field,
  value,
  queryType: "phrase",
  valueType: "string",
  excluded: false,
  ...more,
});
const only = (note: string): GuideButton => {
  const { buttons } = parse(note);
  expect(buttons).toHaveLength(1);
  return buttons[0] as GuideButton;
};

/** The condition that the button puts on events, for an alert with these values. */
function bound(json: unknown, alert: Record<string, readonly string[]>) {
  const read = only(button(json));
  if (read.kind !== "investigate") throw new Error(`no button: ${read.kind}`);
  const query = bindInvestigate(read, (field) => alert[field] ?? [], ecsSchema);
  return query.kind === "query" ? { ...query, predicate: printPredicate(query.predicate) } : query;
}

const guide = `## Triage and analysis

Read this first.

### Investigating Shells

#### Possible investigation steps:

- Who is the parent of \`cmd.exe\`?
  - **Focus**: \`process.parent.name\` and \`host.id\`, then \`process.parent.name\`. ${button({
    label: "Children",
    providers: [
      [
        phrase("host.id", "{{host.id}}"),
        phrase("process.parent.entity_id", "{{ process.entity_id }}"),
      ],
    ],
    relativeFrom: "now-1h",
    relativeTo: "now",
  })}
  - Implication: escalate when odd.
    - Why: it is odd.
- Look around.
  - Ask the owner. $investigate_7

### False Positive Analysis

- Backups.

### Response and remediation

- Isolate.
`;

describe("a guide", () => {
  it("has sections with their roles", () => {
    expect(parse(guide).sections.map(({ role, heading, level }) => [role, level, heading])).toEqual(
      [
        ["other", 2, "Triage and analysis"],
        ["investigating", 3, "Investigating Shells"],
        ["steps", 4, "Possible investigation steps:"],
        ["false-positives", 3, "False Positive Analysis"],
        ["response", 3, "Response and remediation"],
      ],
    );
    expect(parse(guide).sections[0]?.text).toBe("Read this first.");
    expect(parse("no heading").sections).toEqual([
      { role: "other", heading: "", level: 0, text: "no heading" },
    ]);
    expect(parse("").sections).toEqual([]);
  });

  it("has steps with their labelled lines, fields and buttons", () => {
    expect(parse(guide).steps).toEqual([
      {
        question: "Who is the parent of `cmd.exe`?",
        focus: ["`process.parent.name` and `host.id`, then `process.parent.name`."],
        implication: ["escalate when odd."],
        why: ["it is odd."],
        hint: [],
        more: [],
        fields: ["process.parent.name", "host.id"],
        buttons: [0],
      },
      {
        question: "Look around.",
        focus: [],
        implication: [],
        why: [],
        hint: [],
        more: ["Ask the owner. $investigate_7"],
        fields: [],
        buttons: [],
      },
    ]);
  });

  it("tells placeholders that stand for nothing", () => {
    expect(parse(guide).problems).toEqual([
      {
        code: "unknown-placeholder",
        message: "$investigate_7 stands for nothing",
        hint: "the rule's `[transform]` has no such entry; the first is number 0",
        text: "$investigate_7",
      },
    ]);
  });

  it("finds buttons outside of steps, each once and in order", () => {
    const note = `${button({ label: "A", providers: [[phrase("host.id", "x")]] })}\n\n### Possible investigation steps\n\n- q\n\n!{osquery{"label":"B","query":"SELECT 1 -- }"}} x`;
    // The braces are counted wherever they stand, as Kibana does: the query ends the button too early.
    expect(parse(note).buttons.map(({ kind }) => kind)).toEqual(["investigate", "broken"]);
    const whole = `!{osquery{"label":"B","query":"SELECT 1"}}`;
    expect(only(whole)).toEqual({ kind: "osquery", label: "B", query: "SELECT 1" });
  });
});

describe("a button", () => {
  it("takes the forms of older guides", () => {
    const literal = { field: "host.id", value: "h", type: "literal" };
    const parameter = { field: "user.id", value: "user.id", type: "parameter" };
    const flat = { label: "L", providers: [literal, parameter] };
    const read = only(`!{insight${JSON.stringify(flat)}}`);
    expect(read).toEqual({
      kind: "investigate",
      label: "L",
      description: "",
      groups: [
        [
          { field: "host.id", isExcluded: false, test: { kind: "values", values: ["h"] } },
          {
            field: "user.id",
            isExcluded: false,
            test: { kind: "values", values: [["", { field: "user.id" }, ""]] },
          },
        ],
      ],
    });
  });

  it.each([
    ["!{investigate}", "not JSON"],
    ["!{investigate{]}}", "not JSON"],
    ['!{investigate{"label":"x"}', "`providers`", "providers is missing"],
    [button({ label: "x", providers: [] }), "providers is not a list"],
    [button({ providers: [[phrase("a", "b")]] }), "`label` is missing"],
    [
      button({ label: "x", providers: [[{ field: "a", queryType: "near", value: "b" }]] }),
      '"near"',
    ],
    [button({ label: "x", providers: [[phrase("", "b")]] }), "`field` is not a text"],
    [button({ label: "x", providers: [[phrase("a", "b", { excluded: "no" })]] }), "`excluded`"],
    [
      button({ label: "x", providers: [[{ field: "a", queryType: "range", value: "{}" }]] }),
      "`gte`",
    ],
    [`!{osquery{"label":"x"}}`, "`query` is missing"],
  ])("is a problem where it is broken: %s", (note, ...reasons) => {
    const { buttons, problems } = parse(note);
    expect(buttons.map(({ kind }) => kind)).toEqual(["broken"]);
    expect(problems.map(({ code }) => code)).toEqual(["broken-button"]);
    expect(problems[0]?.message).toContain(reasons.at(-1));
  });

  it("is no HTML, image or link of its own", () => {
    expect(parse("<b onclick=x>!{other{}} ![a](b) www.example.org").buttons).toEqual([]);
  });
});

describe("a bound query", () => {
  it("is groups of conditions with the alert's values", () => {
    const query = {
      label: "x",
      providers: [
        [phrase("host.id", "{{host.id}}"), phrase("event.category", "network")],
        [phrase("user.name", "root", { excluded: true })],
      ],
    };
    expect(bound(query, { "host.id": ["h1"] })).toEqual({
      kind: "query",
      missing: [],
      predicate:
        '(any (all (== host.id "h1") (== event.category "network")) (not (== user.name "root")))',
    });
  });

  it("takes every value of a field that has several", () => {
    const query = { label: "x", providers: [[phrase("process.pid", "{{process.pid}}")]] };
    const read = only(button(query));
    if (read.kind !== "investigate") throw new Error("no button");
    const result = bindInvestigate(read, () => ["4", "8"], ecsSchema);
    if (result.kind !== "query") throw new Error(result.kind);
    const met = [3, 4, 8].filter((pid) =>
      evaluatePredicate(result.predicate, { process: { pid } }),
    );
    expect(met).toEqual([4, 8]);
  });

  it("leaves out groups whose fields the alert does not have, and names the fields", () => {
    const query = {
      label: "x",
      providers: [[phrase("host.id", "{{host.id}}")], [phrase("user.id", "{{user.id}}")]],
    };
    expect(bound(query, { "user.id": ["7"] })).toEqual({
      kind: "query",
      missing: ["host.id"],
      predicate: '(== user.id "7")',
    });
    expect(bound(query, {})).toEqual({ kind: "not-applicable", missing: ["host.id", "user.id"] });
  });

  it("puts a value into the condition, whatever it looks like", () => {
    const query = { label: "x", providers: [[phrase("user.name", "{{user.name}}")]] };
    expect(bound(query, { "user.name": ['a" or *:{{host.id}}'] })).toMatchObject({
      predicate: '(== user.name "a\\" or *:{{host.id}}")',
    });
  });

  it("substitutes templates and keeps `or` between groups where a range stands among them", () => {
    // Kibana does neither (detection-semantics 8.4).
    const range = { field: "process.pid", queryType: "range", value: '{"gte":10,"lt":20}' };
    const query = { label: "x", providers: [[range], [phrase("user.id", "{{user.id}}")]] };
    expect(bound(query, { "user.id": ["7"] })).toMatchObject({
      predicate: '(any (all (range process.pid >= 10) (range process.pid < 20)) (== user.id "7"))',
    });
  });

  it.each(['["a","b"]', "a, b"])("takes a list of phrases: %s", (value) => {
    const provider = { field: "user.name", queryType: "phrases", value };
    expect(bound({ label: "x", providers: [[provider]] }, {})).toMatchObject({
      predicate: '(== user.name "a" "b")',
    });
  });

  it("is refused where a field can't have the value", () => {
    const query = { label: "x", providers: [[phrase("process.pid", "{{process.name}}")]] };
    expect(bound(query, { "process.name": ["cmd.exe"] })).toMatchObject({ kind: "refused" });
  });

  it("names the fields that it takes from the alert", () => {
    const read = only(
      button({ label: "x", providers: [[phrase("a", "{{b}} {{c}}"), phrase("d", "{{b}}")]] }),
    );
    expect(read.kind === "investigate" && templateFields(read)).toEqual(["b", "c"]);
  });
});

it("is checked with its rule", async () => {
  const rules = await loadRules([join(import.meta.dirname, "../../../../../rules")]);
  const [rule] = rules.rules;
  if (rule === undefined) throw new Error("there are no rules");
  const note = `$osquery_3 ${button({ label: "A", providers: [[phrase("process.pid", "x"), phrase("host.id", "{{host.id}}")]] })}`;
  expect(checkGuide({ ...rule, note }, ecsSchema)).toMatchObject([
    { code: "guide/unknown-placeholder", span: rule.spanOf(["note"]) },
    { code: "guide/query", message: expect.stringContaining('"A" cannot be asked: process.pid') },
  ]);
  expect(rules.rules.flatMap((each) => checkGuide(each, ecsSchema))).toEqual([]);
});

const shared = process.env.HARRIER_SHARED ?? join(import.meta.dirname, "../../../../../../shared");
const corpus = join(shared, "corpora/detection-rules");

test.skipIf(!existsSync(corpus))(
  "every guide of the public rules parses, and each of their queries can be asked (skipped without HARRIER_SHARED)",
  async () => {
    const { rules } = await loadRules([
      join(corpus, "rules"),
      join(corpus, "rules_building_block"),
    ]);
    const guides = rules.flatMap(({ note }) => (note === undefined ? [] : [parse(note)]));
    const buttons = guides.flatMap((each) => each.buttons);
    const outcomes = buttons.map((each) => {
      if (each.kind !== "investigate") return each.kind;
      const anyValue = (field: string) => [ecsSchema.typeOf(field) === "ip" ? "192.0.2.1" : "1"];
      return bindInvestigate(each, anyValue, ecsSchema).kind;
    });
    expect(new Set(outcomes)).toEqual(new Set(["query", "osquery"]));
    // Active rules only; two placeholders of theirs stand for nothing (detection-semantics 8.7).
    expect(outcomes.filter((each) => each === "query").length).toBeGreaterThanOrEqual(734);
    expect(guides.flatMap(({ problems }) => problems.map(({ text }) => text))).toEqual([
      "$osquery_6",
      "$investigate_2",
    ]);
    expect(guides.filter(({ steps }) => steps.length > 0).length).toBeGreaterThan(1_900);
  },
);
