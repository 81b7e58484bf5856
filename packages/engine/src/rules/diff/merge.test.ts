import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type LoadedRule, readRuleText } from "../load-file.ts";
import { writeRules } from "../write/write-rules.ts";
import { mergeLines } from "./merge-lines.ts";
import { mergeRule } from "./merge-rule.ts";

const base = `# Our own.
[metadata]
creation_date = "2026/01/02"
updated_date = "2026/01/02"

[rule]
rule_id = "1"
name = "Shell"   # said aloud
description = "d"
severity = "low"
risk_score = 21
type = "eql"
language = "eql"
tags = ["a", "b"]
query = '''
process where host.os.type == "linux" and
  process.name : "sh" and
  user.id : "0"
'''
note = """
One.
Two.
Three.
"""

# How it is done.
[[rule.threat]]
framework = "MITRE ATT&CK"

[rule.threat.tactic]
id = "TA0002"
name = "Execution"
reference = "r"

[[rule.threat.technique]]
id = "T1059"
name = "Interpreter"
reference = "r"

# The end.
[transform]
`;

function readOne(text: string, name = "r.toml"): LoadedRule {
  const { rules, failures } = readRuleText({ name, text });
  expect(failures).toEqual([]);
  const [loaded] = rules;
  if (loaded === undefined) throw new Error("no rule");
  return loaded;
}

type Edit = readonly (readonly [string, string])[];

function edit(edits: Edit): string {
  return edits.reduce((text, [before, after]) => {
    expect(text).toContain(before);
    return text.replace(before, after);
  }, base);
}

function merge(local: Edit, upstream: Edit, prefer?: "local" | "upstream") {
  return mergeRule(readOne(base), readOne(edit(local)), readOne(edit(upstream)), prefer);
}

describe("merging rules", () => {
  it("takes what one side changed, and leaves all else as it stands", () => {
    const local: Edit = [
      ['severity = "low"', 'severity = "high" # ours'],
      ["One.\n", "One!\n"],
    ];
    const upstream: Edit = [
      ["risk_score = 21", "risk_score = 47"],
      ["Three.\n", "Three.\nFour.\n"],
      ['"b"]', '"b", "c"]'],
      ['updated_date = "2026/01/02"', 'updated_date = "2026/03/01"'],
    ];
    const { text, conflicts, steps, isRewritten } = merge(local, upstream);
    expect([conflicts, isRewritten]).toEqual([[], false]);
    expect(text).toBe(edit([...local, ...upstream]));
    expect(steps.map(({ path, isByLines }) => [path.join("."), isByLines])).toEqual([
      ["metadata.updated_date", false],
      ["rule.risk_score", false],
      ["rule.tags", false],
      ["rule.note", true],
    ]);
  });

  it("merges lists as sets, tactics by their ids", () => {
    const { text } = merge(
      [
        ['["a", "b"]', '["own", "a", "b"]'],
        [
          'name = "Interpreter"\nreference = "r"\n',
          'name = "Interpreter"\nreference = "r"\n\n[[rule.threat.technique]]\nid = "T1"\nname = "N1"\nreference = "r"\n',
        ],
      ],
      [
        ['["a", "b"]', '["a", "new"]'],
        ['name = "Interpreter"', 'name = "Command Interpreter"'],
      ],
    );
    const { parameters } = readOne(text ?? "").rule;
    expect(parameters.tags).toEqual(["own", "a", "new"]);
    expect(parameters.threat).toEqual([
      {
        framework: "MITRE ATT&CK",
        tactic: { id: "TA0002", name: "Execution", reference: "r" },
        technique: [
          { id: "T1059", name: "Command Interpreter", reference: "r" },
          { id: "T1", name: "N1", reference: "r" },
        ],
      },
    ]);
    expect(text).toContain('name = "Shell"   # said aloud');
    expect(text).toContain("# How it is done.\n[[rule.threat]]\n");
    expect(text).toContain("\n# The end.\n[transform]\n");
  });

  it("adds and takes away keys and tables", () => {
    const { text, isRewritten } = merge(
      [['name = "Shell"', 'name = "Own"']],
      [
        ["risk_score = 21\n", "risk_score = 21\nmax_signals = 20\n"],
        ['tags = ["a", "b"]\n', ""],
        ["\n# The end.", '\n[rule.alert_suppression]\ngroup_by = ["host.id"]\n\n# The end.'],
      ],
    );
    expect(isRewritten).toBe(false);
    const { parameters } = readOne(text ?? "").rule;
    expect(parameters).toMatchObject({
      name: "Own",
      max_signals: 20,
      alert_suppression: { group_by: ["host.id"] },
    });
    expect(parameters).not.toHaveProperty("tags");
    expect(text).toContain(
      'reference = "r"\n\n[rule.alert_suppression]\ngroup_by = ["host.id"]\n\n# The end.\n[transform]\n',
    );
  });

  it("merges queries by what they ask, then by lines", () => {
    const respelled: Edit = [['"linux" and\n  process', '"linux" and process']];
    const changed: Edit = [['process.name : "sh"', 'process.name : ("sh", "ash")']];
    const one = merge(respelled, changed);
    expect(one.conflicts).toEqual([]);
    expect(readOne(one.text ?? "").rule.query?.text).toContain(
      'process.name : ("sh", "ash") and\n',
    );
    const other = merge(changed, respelled);
    expect([other.conflicts, other.text]).toEqual([[], edit(changed)]);
  });

  it("marks what both sides changed, so that it does not load", () => {
    const { text, conflicts } = merge(
      [
        ['severity = "low"', 'severity = "high"'],
        ["Two.", "Two, ours."],
        ['user.id : "0"', 'user.id : "1"'],
      ],
      [
        ['severity = "low"', 'severity = "medium"'],
        ["Two.", "Two, theirs."],
        ['user.id : "0"', 'user.id : "2"'],
      ],
    );
    expect(conflicts.map(({ path }) => path.join("."))).toEqual([
      "rule.severity",
      "rule.query",
      "rule.note",
    ]);
    expect(text).toContain(
      '<<<<<<< local\nseverity = "high"\n||||||| base\nseverity = "low"\n=======\nseverity = "medium"\n>>>>>>> upstream\nrisk_score = 21\n',
    );
    expect(text).toContain(
      "One.\n<<<<<<< local\nTwo, ours.\n||||||| base\nTwo.\n=======\nTwo, theirs.\n>>>>>>> upstream\nThree.\n",
    );
    const { rules, failures } = readRuleText({ name: "r.toml", text: text ?? "" });
    expect(rules).toEqual([]);
    expect(
      failures.flatMap(({ diagnostics }) =>
        diagnostics.map(({ code, message }) => [code, message]),
      ),
    ).toEqual([
      ["rule/merge-conflict", "both sides of a merge changed what stands here in `severity`"],
      ["rule/merge-conflict", "both sides of a merge changed what stands here in `query`"],
      ["rule/merge-conflict", "both sides of a merge changed what stands here in `note`"],
    ]);
  });

  it("decides for one side where it is told to", () => {
    const local: Edit = [
      ['severity = "low"', 'severity = "high"'],
      ["Two.", "Two, ours."],
    ];
    const upstream: Edit = [
      ['severity = "low"', 'severity = "medium"'],
      ["Two.", "Two, theirs."],
      ['description = "d"', 'description = "e"'],
    ];
    expect(merge(local, upstream, "local").text).toBe(
      edit([...local, ['description = "d"', 'description = "e"']]),
    );
    expect(merge(local, upstream, "upstream").text).toBe(edit(upstream));
  });

  it("is a conflict where one side took away what the other changed", () => {
    const { conflicts, text } = merge(
      [['tags = ["a", "b"]\n', ""]],
      [['["a", "b"]', '["a", "c"]']],
    );
    expect(conflicts.map(({ path }) => path)).toEqual([["rule", "tags"]]);
    expect(text).toContain(
      '<<<<<<< local\n||||||| base\ntags = ["a", "b"]\n=======\ntags = ["a", "c"]\n>>>>>>> upstream\n',
    );
  });

  it("writes a file anew that can't be changed in place", () => {
    const dotted = base.replace('severity = "low"', 'severity = "low"\nown.deep = 1');
    const upstream = dotted.replace("own.deep = 1", "own.deep = 2\nown.more = 3");
    const { text, isRewritten } = mergeRule(readOne(dotted), readOne(dotted), readOne(upstream));
    expect(isRewritten).toBe(true);
    expect(readOne(text ?? "").rule.parameters.own).toEqual({ deep: 2, more: 3 });
  });

  it("takes upstream from another form, and leaves guide and tables alone", () => {
    const guided = base
      .replace("Two.\n", "$investigate_0\n")
      .replace("[transform]\n", '[[transform.investigate]]\nlabel = "L"\n');
    const asJson = (text: string) =>
      readOne(
        writeRules(
          { rules: [readOne(text)], exceptionLists: [], exceptionItems: [], connectors: [] },
          "json",
        ),
        "r.json",
      );
    const upstream = asJson(guided.replace("risk_score = 21", "risk_score = 47"));
    const { text, isRewritten } = mergeRule(asJson(guided), readOne(guided), upstream);
    expect([text, isRewritten]).toEqual([
      guided.replace("risk_score = 21", "risk_score = 47"),
      false,
    ]);
    const api = mergeRule(asJson(guided), asJson(guided), upstream);
    expect(readOne(api.text ?? "", "r.json").rule.parameters).toEqual(upstream.rule.parameters);
  });
});

describe("merging lines", () => {
  const lines = fc.array(fc.constantFrom("a", "b", "c"), { maxLength: 8 });

  it("gives a side that alone changed, and the same from both sides", () => {
    fc.assert(
      fc.property(lines, lines, lines, (old, own, theirs) => {
        const clean = (merged: ReturnType<typeof mergeLines>) =>
          merged.flatMap((each) => (each.isConflict ? ["!"] : each.lines));
        expect(clean(mergeLines(old, own, old))).toEqual(own);
        expect(clean(mergeLines(old, old, theirs))).toEqual(theirs);
        expect(clean(mergeLines(old, own, own))).toEqual(own);
        expect(clean(mergeLines(old, own, theirs))).toEqual(clean(mergeLines(old, theirs, own)));
      }),
    );
  });
});
