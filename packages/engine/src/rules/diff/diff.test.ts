import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readRuleText } from "../load-file.ts";
import type { Rule } from "../rule.ts";
import { writeToml } from "../write/toml.ts";
import { diffRule } from "./diff-rule.ts";
import { diffRuleSets } from "./diff-rule-sets.ts";
import { diffLists } from "./lines.ts";
import { diffQueries } from "./query-diff.ts";

const base = {
  rule_id: "1",
  name: "Shell",
  description: "d",
  severity: "high",
  risk_score: 73,
  type: "eql",
  language: "eql",
  query: "process where true",
};

function readRule(parameters: object, form: "json" | "toml" = "json"): Rule {
  const text = form === "json" ? JSON.stringify(parameters) : writeToml({ ...parameters });
  const { rules, failures } = readRuleText({ name: `r.${form}`, text });
  expect(failures).toEqual([]);
  const [loaded] = rules;
  if (loaded === undefined) throw new Error("no rule");
  return loaded.rule;
}

/** The change between the base and what is different in it. */
function changesOf(before: object, after: object) {
  return diffRule(readRule({ ...base, ...before }), readRule({ ...base, ...after }));
}

describe("queries", () => {
  it.each([
    ["eql", 'process where a == "x" and b == 1', '/* why */ process where (b == 1)\n and a == "x"'],
    [
      "eql",
      'process where process.name : ("a", "b")',
      'process where process.name : ("b", "a", "b")',
    ],
    ["eql", 'process where not (not process.name : "a")', 'process where process.name : "a"'],
    ["kuery", "a: (1 or 2) and b: 3", "b : 3 and (a:2 or a:1)"],
    ["lucene", "a:1 AND b:2", "b:2 AND a:1"],
  ] as const)("of %s that ask the same: %s", (language, before, after) => {
    expect(diffQueries(before, after, language)).toEqual({ isSpelling: true, clauses: [] });
  });

  it("name the clauses that came and went", () => {
    const before =
      'process where host.os.type == "linux" and process.name : ("a", "b") and process.args : "-e"';
    const after =
      'process where host.os.type == "linux" and process.name : ("b", "c") and not user.name : "x"';
    expect(diffQueries(before, after, "eql")).toEqual({
      isSpelling: false,
      clauses: [
        { within: [], added: ['not user.name : "x"'], removed: ['process.args : "-e"'] },
        { within: ["process.name :"], added: ['"c"'], removed: ['"a"'] },
      ],
    });
  });

  it("look into groups", () => {
    const before =
      'process where x == 1 and (a == 1 or b : ("p", "q")) and not (c == 1 and d == 2)';
    const after =
      'process where x == 1 and (a == 1 or b : "p" or e == 5) and not (c == 1 and d == 3)';
    expect(diffQueries(before, after, "eql").clauses).toEqual([
      { within: ["any of"], added: ["e == 5"], removed: [] },
      { within: ["any of", "b :"], added: [], removed: ['"q"'] },
      { within: ["not"], added: ["d == 3"], removed: ["d == 2"] },
    ]);
  });

  it("set steps of sequences against one another", () => {
    const before =
      "sequence by host.id with maxspan=1m\n [process where a == 1]\n [network where b == 2]";
    const after =
      "sequence by host.id with maxspan=5m\n [file where c == 3]\n [process where a == 1]\n [network where b == 2 and d == 4] with runs=2\n until [process where e == 5]";
    const { clauses } = diffQueries(before, after, "eql");
    expect(clauses).toEqual([
      { within: [], added: ["with maxspan=5m"], removed: ["with maxspan=1m"] },
      { within: ["step 1"], added: ["[file where c == 3]"], removed: [] },
      { within: ["step 3"], added: ["d == 4", "with runs=2"], removed: [] },
      { within: ["until"], added: ["[process where e == 5]"], removed: [] },
    ]);
  });

  it("of KQL: values of lists", () => {
    expect(
      diffQueries("a: (x or y) and not b: *", "a: (y or z) and not b: 1", "kuery").clauses,
    ).toEqual([
      { within: ["a:"], added: ["z"], removed: ["x"] },
      { within: ["not", "b:"], added: ["1"], removed: ["*"] },
    ]);
  });

  it("that can't be parsed are compared line by line", () => {
    const [change] = changesOf(
      { type: "esql", language: "esql", query: "from a\n| where b == 1\n" },
      { type: "esql", language: "esql", query: "from a\n| where b == 2\n" },
    );
    expect(change).toEqual({
      field: "query",
      weight: "meaning",
      kind: "lines",
      stretches: [
        { isSame: true, before: ["from a"], after: ["from a"] },
        { isSame: false, before: ["| where b == 1"], after: ["| where b == 2"] },
      ],
    });
  });
});

describe("fields", () => {
  it("with their defaults are the same as without, in every form", () => {
    const packaged = {
      ...{ ...base, type: "new_terms", language: "kuery", query: "a: 1", index: ["logs-*"] },
      ...{ new_terms_fields: ["user.id"], history_window_start: "now-7d", threat: [] },
      ...{
        to: "now",
        from: "now-6m",
        interval: "5m",
        max_signals: 100,
        references: [],
        setup: "",
        enabled: false,
      },
    };
    const {
      new_terms_fields: value,
      history_window_start,
      to,
      from,
      interval,
      max_signals,
      references,
      setup,
      enabled,
      ...own
    } = packaged;
    const rule = {
      ...own,
      new_terms: {
        field: "new_terms_fields",
        value,
        history_window_start: [{ field: "history_window_start", value: history_window_start }],
      },
    };
    expect(diffRule(readRule({ rule }, "toml"), readRule(packaged))).toEqual([]);
  });

  it("are told by what they hold", () => {
    const technique = (id: string) => ({ id, name: `N${id}`, reference: "r", subtechnique: [] });
    const threat = (ids: readonly string[]) => [
      {
        framework: "MITRE ATT&CK",
        tactic: { id: "TA0002", name: "Execution", reference: "r" },
        technique: ids.map(technique),
      },
    ];
    const changes = changesOf(
      {
        tags: ["a", "b"],
        threat: threat(["T1059"]),
        max_signals: 100,
        own: { deep: 1 },
        version: 1,
        note: "one\ntwo\nthree\n",
      },
      {
        tags: ["b", "c"],
        threat: threat(["T1059", "T1106"]),
        max_signals: 200,
        own: { deep: 2 },
        version: 2,
        note: "one\n2\nthree\n",
        severity: "low",
      },
    );
    expect(changes).toEqual([
      { field: "severity", weight: "meaning", kind: "value", before: "high", after: "low" },
      { field: "max_signals", weight: "meaning", kind: "value", before: undefined, after: 200 },
      {
        field: "note",
        weight: "meaning",
        kind: "lines",
        stretches: [
          { isSame: true, before: ["one"], after: ["one"] },
          { isSame: false, before: ["two"], after: ["2"] },
          { isSame: true, before: ["three"], after: ["three"] },
        ],
      },
      { field: "own.deep", weight: "meaning", kind: "value", before: 1, after: 2 },
      { field: "tags", weight: "meaning", kind: "items", added: ["c"], removed: ["a"] },
      {
        field: "threat",
        weight: "meaning",
        kind: "items",
        added: ["TA0002 Execution > T1106 NT1106"],
        removed: [],
      },
      { field: "version", weight: "bookkeeping", kind: "value", before: 1, after: 2 },
    ]);
  });

  it("whose order alone changed say the same", () => {
    expect(changesOf({ tags: ["a", "b"] }, { tags: ["b", "a"] })).toEqual([
      { field: "tags", weight: "spelling", kind: "items", added: [], removed: [] },
    ]);
  });
});

describe("sets of rules", () => {
  it("know rules again by their ids, then by their names", () => {
    const rule = (rule_id: string, name: string, more: object = {}) =>
      readRule({ ...base, rule_id, name, ...more });
    const before = [rule("1", "A"), rule("2", "B"), rule("3", "C"), rule("4", "D")];
    const after = [rule("9", "C"), rule("1", "A!"), rule("2", "B"), rule("5", "E")];
    const { changes, unchanged } = diffRuleSets(before, after);
    expect(unchanged).toBe(1);
    expect(
      changes.map((change) => [
        change.kind,
        (change.kind === "removed" ? change.before : change.after).name,
        change.kind === "changed" ? change.fields.map(({ field }) => field) : [],
      ]),
    ).toEqual([
      ["changed", "C", ["rule_id"]],
      ["changed", "A!", ["name"]],
      ["added", "E", []],
      ["removed", "D", []],
    ]);
  });
});

describe("lines", () => {
  const lines = fc.array(fc.constantFrom("a", "b", "c", "d"), { maxLength: 12 });

  it("put together give both sides again, and share what can be shared", () => {
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        const stretches = diffLists(before, after);
        expect(stretches.flatMap((stretch) => stretch.before)).toEqual(before);
        expect(stretches.flatMap((stretch) => stretch.after)).toEqual(after);
        for (const { isSame, before: old, after: fresh } of stretches) {
          if (isSame) expect(old).toEqual(fresh);
          else expect(old.length + fresh.length).toBeGreaterThan(0);
        }
        const shared = stretches
          .filter(({ isSame }) => isSame)
          .reduce((sum, stretch) => sum + stretch.before.length, 0);
        expect(shared).toBe(longestCommon(before, after));
      }),
    );
  });
});

/** By its definition. */
function longestCommon(before: readonly string[], after: readonly string[]): number {
  const table = new Map<string, number>();
  const solve = (row: number, column: number): number => {
    if (row === before.length || column === after.length) return 0;
    const key = `${row} ${column}`;
    const known = table.get(key);
    if (known !== undefined) return known;
    const length =
      before[row] === after[column]
        ? 1 + solve(row + 1, column + 1)
        : Math.max(solve(row + 1, column), solve(row, column + 1));
    table.set(key, length);
    return length;
  };
  return solve(0, 0);
}
