import fc from "fast-check";
import { parse } from "smol-toml";
import { describe, expect, it } from "vitest";
import type { RawObject } from "../classify.ts";
import { type LoadedRule, readRuleText } from "../load-file.ts";
import { envelopeOf } from "./envelope.ts";
import { findLosses } from "./losses.ts";
import { writeToml } from "./toml.ts";
import { formatTomlText } from "./toml-text.ts";
import { writeRules, writeTomlRule } from "./write-rules.ts";

type Format = "toml" | "ndjson" | "json" | "yaml";

const nothingElse = { exceptionLists: [], exceptionItems: [], connectors: [] };

function writeAs(loaded: LoadedRule, format: Format): string {
  if (format === "toml") return writeTomlRule(loaded);
  return writeRules({ rules: [loaded], ...nothingElse }, format);
}

function readOne(text: string, format: Format): LoadedRule {
  const { rules, failures } = readRuleText({ name: `rule.${format}`, text });
  expect(failures).toEqual([]);
  const [loaded] = rules;
  if (loaded === undefined || rules.length > 1) throw new Error(`${rules.length} rules`);
  return loaded;
}

function convert(loaded: LoadedRule, ...formats: readonly Format[]): LoadedRule {
  return formats.reduce((rule, format) => readOne(writeAs(rule, format), format), loaded);
}

const base = {
  rule_id: "0a1b",
  name: "Shell from a listener",
  description: "A shell whose parent listens.",
  severity: "high",
  risk_score: 73,
  type: "eql",
  language: "eql",
  query: "any where true",
};

/** What breaks writers: quotes, backslashes, line ends, blanks at edges, marks of the forms, hidden characters. */
const piece = fc.oneof(
  fc.constantFrom(
    ..."'\"\\\n\r\t #:-?*&!|>%@`{}[],=~$ ".split(""),
    ...["'''", '"""', "\\\n", "\r\n", "---", "...", "\n---\n", "\n  ", " \n", "\t\n", "\n\n"],
    ...["\u2028", "\u0085", "\u00a0", "\ufeff", "\u202e", "\u200d", "\u007f", "\u0000", "\u001b"],
    ...["é", "\u{1f600}", "\u{e0041}", "null", "true", "no", "1e3", "0x1f", "2026-01-02", "<<"],
  ),
  fc.string({ unit: "grapheme", maxLength: 6 }),
  fc.constantFrom("process where process.name : ", "a".repeat(130), " ".repeat(140)),
);
const text = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(""));
const anyText = fc.oneof(text, fc.string({ unit: "binary", maxLength: 5 }));
const isOwn = (key: string) => !(key in base) && key !== "new_terms";
const key = text.filter(isOwn);

function values(strings: fc.Arbitrary<string>, nulls: boolean): fc.Arbitrary<unknown> {
  return fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      fc.oneof(
        strings,
        fc.integer(),
        fc.boolean(),
        fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
        ...(nulls ? [fc.constant(null)] : []),
      ),
      fc.array(tie("value"), { maxLength: 3 }),
      fc.dictionary(key, tie("value"), { maxKeys: 3, noNullPrototype: true }),
    ),
  })).value;
}

function rules(nulls: boolean): fc.Arbitrary<RawObject> {
  return fc
    .record({
      query: text.map((drawn) => `${drawn}x`),
      note: text,
      tags: fc.array(text, { maxLength: 4 }),
      filters: fc.array(
        fc.dictionary(key, values(text, nulls), { maxKeys: 3, noNullPrototype: true }),
        { maxLength: 2 },
      ),
      unknown: fc.dictionary(key, values(text, nulls), { maxKeys: 3, noNullPrototype: true }),
    })
    .map(({ unknown, ...known }) => ({ ...base, ...known, ...unknown }));
}

describe("round trips", () => {
  it("give the same rule in all forms", () => {
    fc.assert(
      fc.property(rules(false), (rule) => {
        const loaded = readOne(JSON.stringify(rule), "json");
        const { parameters } = loaded.rule;
        for (const format of ["json", "ndjson", "yaml", "toml"] as const) {
          expect(findLosses(loaded, format)).toEqual([]);
          const after = convert(loaded, format);
          expect(after.rule.parameters, format).toEqual(parameters);
          expect(after.rule.query?.text).toBe(loaded.rule.query?.text);
        }
        const around = convert(loaded, "toml", "yaml", "ndjson", "toml", "json");
        expect(around.rule.parameters).toEqual(parameters);
      }),
      { numRuns: 80 },
    );
  });

  it("keep nulls but in TOML, which says so", () => {
    fc.assert(
      fc.property(rules(true), (rule) => {
        const loaded = readOne(JSON.stringify(rule), "json");
        for (const format of ["json", "ndjson", "yaml"] as const) {
          expect(convert(loaded, format).rule.parameters).toEqual(loaded.rule.parameters);
        }
        const nulls =
          JSON.stringify(loaded.rule.parameters, (_, value: unknown) =>
            value === null ? "\u{f0000}" : value,
          ).split('"\u{f0000}"').length - 1;
        const losses = findLosses(loaded, "toml").filter(({ reason }) => reason === "null");
        expect(losses).toHaveLength(nulls);
        expect(convert(loaded, "toml").rule.parameters).toEqual(dropNulls(loaded.rule.parameters));
      }),
      { numRuns: 60 },
    );
  });

  it("keep texts of any characters, halves of pairs but in TOML", () => {
    fc.assert(
      fc.property(anyText, (drawn) => {
        const query = `x${drawn}`;
        const loaded = readOne(JSON.stringify({ ...base, query }), "json");
        for (const format of ["json", "ndjson", "yaml"] as const) {
          expect(convert(loaded, format).rule.query?.text).toBe(query);
        }
        expect(convert(loaded, "toml").rule.query?.text).toBe(query.replace(/\p{Cs}/gu, "\ufffd"));
      }),
    );
  });

  it("keep the tables beside a rule where the form can hold them", () => {
    const file = {
      metadata: { creation_date: "2026/01/02", maturity: "production", own: [1] },
      rule: {
        ...base,
        type: "new_terms",
        language: "kuery",
        note: "See $investigate_0 and $$5.\n\n## Setup\n\nDo it.\n",
        new_terms: {
          field: "new_terms_fields",
          value: ["user.id"],
          history_window_start: [{ field: "history_window_start", value: "now-14d" }],
        },
      },
      transform: {
        investigate: [{ label: "Children", providers: [[{ field: "a", value: "{{b}}" }]] }],
      },
      others: { of: "mine" },
    };
    const loaded = readOne(writeToml(file), "toml");
    expect(loaded.rule.note).toBe(
      'See !{investigate{"label":"Children","providers":[[{"field":"a","value":"{{b}}"}]]}} and $5.',
    );
    for (const format of ["toml", "yaml"] as const) {
      const after = convert(loaded, format);
      expect(envelopeOf(after.document)).toEqual(file);
      expect(after.rule.parameters).toEqual(loaded.rule.parameters);
      expect(findLosses(loaded, format)).toEqual([]);
    }
    const reasons = findLosses(loaded, "ndjson").map(({ path, reason }) => [...path, reason]);
    expect(reasons).toEqual([
      ["metadata", "table"],
      ["transform", "transform"],
      ["others", "table"],
    ]);
    const back = convert(loaded, "ndjson", "toml");
    expect(back.rule.parameters).toEqual(loaded.rule.parameters);
    expect(back.document.rule.new_terms).toEqual(file.rule.new_terms);
  });

  it("write nulls that Kibana needs again", () => {
    const actions = [
      {
        id: "1",
        action_type_id: ".email",
        frequency: { summary: true, notifyWhen: "onActiveAlert", throttle: null },
      },
    ];
    const loaded = readOne(JSON.stringify({ ...base, actions }), "json");
    expect(convert(loaded, "toml").rule.parameters.actions).toEqual(actions);
  });
});

describe("TOML", () => {
  it("has texts as people would write them", () => {
    expect(formatTomlText("a\nb")).toBe('"""\na\nb"""');
    expect(formatTomlText('process where a == "x\\\\y"\n')).toBe(
      "'''\nprocess where a == \"x\\\\y\"\n'''",
    );
    expect(formatTomlText("C:\\Windows")).toBe("'C:\\Windows'");
    expect(formatTomlText('it\'s "so"')).toBe('"it\'s \\"so\\""');
    expect(formatTomlText('\'\'\'\n""""')).toBe('"""\n\'\'\'\n\\"\\""\\""""');
    expect(formatTomlText("a\u202eb")).toBe('"a\\u202eb"');
    expect(formatTomlText("a\r\nb")).toBe('"""\na\\r\nb"""');
  });

  it("has values before tables, and a list of tables as such", () => {
    const file = {
      rule: {
        threat: [{ tactic: { id: "TA0002" }, framework: "F" }, {}],
        name: "x",
        none: {},
        "a b": 1.5,
        pairs: [[{ a: 1 }]],
      },
    };
    const written = writeToml(file);
    expect(written).toBe(
      '[rule]\nname = "x"\nnone = {}\n"a b" = 1.5\npairs = [[{ a = 1 }]]\n\n[[rule.threat]]\nframework = "F"\n\n[rule.threat.tactic]\nid = "TA0002"\n\n[[rule.threat]]\n',
    );
    expect(parse(written)).toEqual(file);
  });

  it("has an item a line in long lists", () => {
    const tags = [
      "Domain: Endpoint",
      "Use Case: Threat Detection",
      "Data Source: Elastic Defend",
      "x".repeat(40),
    ];
    expect(writeToml({ tags })).toBe(
      `tags = [\n${tags.map((tag) => `    "${tag}",\n`).join("")}]\n`,
    );
  });
});

function dropNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter((item) => item !== null).map(dropNulls);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== null)
      .map(([name, member]) => [name, dropNulls(member)]),
  );
}
