import { ecsSchema } from "@harrier/lang/ecs";
import { compileEql } from "@harrier/lang/eql";
import { conditionsOf, type Predicate } from "@harrier/lang/ir";
import { type EventDocument, explainPredicate, joinKeys } from "@harrier/lang/match";
import { createColors } from "picocolors";
import { describe, expect, it } from "vitest";
import type { ItemExplanation, RuleExplanation } from "../../detect/index.ts";
import { type ExceptionObjects, readExceptions } from "../../exceptions/index.ts";
import { adHocRule } from "../../rule-types/index.ts";
import { clauseText } from "./clause-text.ts";
import { explanationJson } from "./explanation-json.ts";
import { explanationText } from "./explanation-text.ts";

function planOf(query: string) {
  const { plan, diagnostics } = compileEql({ name: "query", text: query }, ecsSchema);
  if (plan === undefined) throw new Error(diagnostics[0]?.message);
  return plan;
}

describe("clauses as EQL spells them", () => {
  it.each([
    ['process.name == "cmd.exe"', 'process.name == "cmd.exe"'],
    ['process.name : "cmd.exe"', 'process.name : "cmd.exe"'],
    ['process.name : "nc*"', 'process.name : "nc*"'],
    ['process.name like "nc*"', 'process.name like "nc*"'],
    ['process.name in~ ("a", "b*")', 'process.name in~ ("a", "b*")'],
    ['process.name in ("a", "b")', 'process.name in ("a", "b")'],
    ["process.pid == 4", "process.pid == 4"],
    ["process.pid > 4", "process.pid > 4"],
    ["process.name != null", "process.name != null"],
    ['process.name regex~ "a.+"', 'process.name regex~ "a.+"'],
    ['cidrMatch(source.ip, "10.0.0.0/8", "::1")', 'cidrMatch(source.ip, "10.0.0.0/8", "::1")'],
    ["length(process.name) > 3", "length(process.name) > 3"],
    ["process.pid + 1 == 4", "(process.pid + 1) == 4"],
    [
      'process.name in ("a", "b", "c", "d", "e", "f", "g")',
      'process.name in ("a", "b", "c", "d", … 3 more)',
    ],
  ])("%s", (query, expected) => {
    const plan = planOf(`any where ${query}`);
    const [condition] = conditionsOf(plan);
    const text = condition === undefined ? "" : clauseText(condition, 4);
    expect(text).toBe(expected);
  });
});

function explain(query: string, documents: readonly EventDocument[]): RuleExplanation {
  const plan = planOf(query);
  const steps =
    plan.kind === "event"
      ? [{ role: "event" as const, condition: plan.condition, keys: undefined }]
      : plan.steps.map((step) => ({
          role: "step" as const,
          condition: step.condition,
          keys: step,
        }));
  return {
    rule: {
      rule: { ...adHocRule(query), name: "The rule" },
      type: undefined as unknown as RuleExplanation["rule"]["type"], // no text speaks of it
      plan,
      diagnostics: [],
    },
    steps: steps.map(({ role, condition, keys }) => ({
      role,
      events: documents.map((document, place) => ({
        event: {
          document,
          raw: document,
          input: "event\x1b.ndjson",
          position: place + 3,
          index: undefined,
          id: undefined,
        },
        condition: explainPredicate(condition, document),
        keys: keys === undefined ? [] : joinKeys(keys, document),
        missingKeys: [],
      })),
    })),
    exceptions: [],
    matches: [],
  };
}

const options = { width: 60, colors: createColors(false), isVerbose: false };

describe("explanations", () => {
  const query =
    'process where process.name : ("nc.exe", "ncat.exe") and not process.args == "-h" and process.parent.name : "cmd.exe"';
  const document = {
    event: { category: "process" },
    process: { name: "NC.exe", args: ["nc.exe", "-e", "\x1b[2J"] },
  };

  it("show each clause with the values that decided", () => {
    expect(explanationText(explain(query, [document]), options)).toBe(`\
The rule

event\\u{1b}.ndjson:3
  no   all of
    yes  event.category == "process"
           has "process"
    yes  process.name : ("nc.exe", "ncat.exe")
           has "NC.exe"
    yes  not
      no   process.args == "-h"
             has "nc.exe", "-e", "\\u001b[2J"
    no   process.parent.name : "cmd.exe"
           the event has no such field

No match in 1 event.
`);
  });

  it("spell what EQL has no words for", () => {
    const message = { path: "message", type: "text" } as const;
    const subject = { path: "subject", type: "keyword" } as const;
    const words = (mode: "any" | "phrase" | "wildcard", ...tokens: string[]): Predicate => {
      return { kind: "tokens", field: message, analyzer: "standard", mode, tokens };
    };
    const condition: Predicate = {
      kind: "all",
      of: [
        words("any", "access", "denied"),
        words("phrase", "access", "denied"),
        words("wildcard", "den*"),
        { kind: "anywhere", patterns: ["*shell*"], fold: true },
        {
          kind: "nested",
          path: "dll.signatures",
          of: { kind: "equals", field: subject, values: ["A"], fold: false },
        },
        { kind: "nested", path: "file.entries", of: { kind: "exists", field: subject } },
      ],
    };
    const event = { message: "Shell: access denied", dll: { signatures: [{ subject: "A" }] } };
    const base = explain("any where true", [event]);
    const [step] = base.steps;
    const [first] = step?.events ?? [];
    if (step === undefined || first === undefined) throw new Error("nothing was explained");
    const events = [{ ...first, condition: explainPredicate(condition, event) }];
    expect(explanationText({ ...base, steps: [{ ...step, events }] }, options)).toBe(`\
The rule

event\\u{1b}.ndjson:3
  no   all of
    yes  message has one of the words ("access", "denied")
           has "Shell: access denied"
    yes  message has the words "access denied"
           has "Shell: access denied"
    yes  message has a word like "den*"
           has "Shell: access denied"
    yes  any field : "*shell*"
           has "Shell: access denied"
    yes  one object of dll.signatures has
      yes  subject == "A"
             has "A"
    no   one object of file.entries has
           the event has no such object

No match in 1 event.
`);
  });

  it("show each step of a sequence, with its keys and the matches by line", () => {
    const sequence = explain(
      'sequence by host.id [process where process.name == "a"] [network where true]',
      [{ event: { category: "process" }, host: { id: "h1" }, process: { name: "a" } }],
    );
    expect(explanationText({ ...sequence, matches: [[0, undefined]] }, options)).toBe(`\
The rule

event\\u{1b}.ndjson:3
  step 1
    yes  all of
      yes  event.category == "process"
             has "process"
      yes  process.name == "a"
             has "a"
         joins by "h1"
  step 2
    no   event.category == "network"
           has "process"
         joins by "h1"

1 match in 1 event:
  event\\u{1b}.ndjson:3
`);
  });

  it("stay within the width", () => {
    const long = { process: { name: "x".repeat(300) }, event: { category: "process" } };
    for (const line of explanationText(explain(query, [long]), options).split("\n")) {
      expect(line.length).toBeLessThanOrEqual(60);
    }
  });

  it("have the same tree as JSON", () => {
    expect(
      explanationJson(explain("any where process.pid > 4", [{ process: { pid: 7 } }])),
    ).toEqual({
      rule_id: adHocRule("any where process.pid > 4").ruleId,
      name: "The rule",
      steps: [
        {
          role: "event",
          events: [
            {
              input: "event\x1b.ndjson",
              position: 3,
              verdict: true,
              condition: {
                clause: "process.pid > 4",
                verdict: true,
                fields: [{ field: "process.pid", values: [7] }],
                deciding: [7],
              },
              keys: [],
              missing_keys: [],
            },
          ],
        },
      ],
      exceptions: [],
      matches: [],
    });
  });

  describe("of exceptions", () => {
    const source = { name: "ex\x1b.toml", text: "" };
    const spanOf = () => ({ source, start: 0, end: 0 });
    const entries = [
      { field: "process.name", operator: "included", type: "match", value: "NC.exe" },
    ];
    const value = { name: "Quiet", item_id: "i", list_id: "l", entries };
    const objects: ExceptionObjects = {
      exceptionLists: [],
      exceptionItems: [{ value, form: "api", source, spanOf }],
    };
    const [item] = readExceptions(objects).items;
    const field = { path: "process.name", type: "keyword" } as const;
    const condition: Predicate = {
      kind: "all",
      of: [{ kind: "equals", field, values: ["NC.exe"], fold: false }],
    };
    const explained = (name: string, outcome: ItemExplanation["outcome"]): RuleExplanation => {
      const event = { process: { name } };
      if (item === undefined) throw new Error("the item was refused");
      const explanation = explainPredicate(condition, event);
      return {
        ...explain("any where true", [event]),
        exceptions: [[{ item, outcome, explanation }]],
      };
    };

    it("show the item that holds, and its clauses", () => {
      expect(explanationText(explained("NC.exe", "holds"), options)).toContain(`
  excepted by Quiet (ex\\u{1b}.toml)
    yes  process.name == "NC.exe"
           has "NC.exe"
`);
    });

    it("show the item that only a letter's case keeps away (C34)", () => {
      expect(explanationText(explained("nc.exe", "differs-in-case"), options)).toContain(`
  not excepted by Quiet (ex\\u{1b}.toml), which differs only
  in letter case
    no   process.name == "NC.exe"
           has "nc.exe"
`);
    });

    it("are there as JSON", () => {
      expect(explanationJson(explained("NC.exe", "holds")).exceptions).toMatchObject([
        [{ item_id: "i", name: "Quiet", file: "ex\x1b.toml", outcome: "holds" }],
      ]);
    });
  });
});
