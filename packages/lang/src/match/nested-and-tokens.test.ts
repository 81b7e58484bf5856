import { describe, expect, it } from "vitest";
import type { Field, Predicate, TokensPredicate } from "../ir/index.ts";
import { ConditionSet, type EventDocument, evaluatePredicate, explainPredicate } from "./index.ts";

const equals = (path: string, value: string): Predicate => ({
  kind: "equals",
  field: { path, type: "keyword" },
  values: [value],
  fold: false,
});
const nested = (path: string, of: Predicate): Predicate => ({ kind: "nested", path, of });
const all = (...of: Predicate[]): Predicate => ({ kind: "all", of });
const not = (of: Predicate): Predicate => ({ kind: "not", of });
const message: Field = { path: "message", type: "text" };
const tokens = (mode: TokensPredicate["mode"], ...words: string[]): Predicate => ({
  kind: "tokens",
  field: message,
  analyzer: "standard",
  mode,
  tokens: words,
});
const anywhere = (pattern: string, fold = false): Predicate => ({
  kind: "anywhere",
  patterns: [pattern],
  fold,
});

function expectVerdict(predicate: Predicate, document: EventDocument, verdict: boolean): void {
  expect(evaluatePredicate(predicate, document)).toBe(verdict);
  expect(new ConditionSet([predicate]).match(document)).toEqual(verdict ? [0] : []);
}

describe("a condition on nested objects", () => {
  const signed = all(equals("subject", "ACME"), equals("status", "trusted"));
  it.each<[string, EventDocument, boolean]>([
    ["one object has both", { sig: [{ subject: "ACME", status: "trusted" }] }, true],
    ["a single object is a list of one", { sig: { subject: "ACME", status: "trusted" } }, true],
    [
      "two objects have one each",
      {
        sig: [
          { subject: "ACME", status: "x" },
          { subject: "y", status: "trusted" },
        ],
      },
      false,
    ],
    ["lists in lists", { sig: [[{ subject: ["x", "ACME"], status: "trusted" }]] }, true],
    ["dotted keys are no object", { "sig.subject": "ACME", "sig.status": "trusted" }, false],
    ["no object", {}, false],
    ["a value where objects are expected", { sig: ["ACME", null, 4] }, false],
  ])("%s", (_, document, verdict) => {
    expectVerdict(nested("sig", signed), document, verdict);
    expectVerdict(not(nested("sig", signed)), document, !verdict);
  });

  it("finds objects below dotted and separate keys", () => {
    const predicate = nested("process.sig", equals("a.b", "x"));
    expectVerdict(predicate, { process: { sig: { "a.b": "x" } } }, true);
    expectVerdict(predicate, { "process.sig": [{ a: { b: "x" } }] }, true);
  });

  it("asks another object for what it lacks only inside", () => {
    const document = { sig: [{ subject: "ACME" }, { subject: "x" }] };
    expectVerdict(nested("sig", not(equals("subject", "ACME"))), document, true);
    expectVerdict(not(nested("sig", equals("subject", "ACME"))), document, false);
    expectVerdict(nested("sig", not(equals("subject", "ACME"))), {}, false);
  });

  it("looks into objects inside of objects", () => {
    const predicate = nested("a", all(equals("n", "1"), nested("b", equals("n", "2"))));
    expectVerdict(predicate, { a: [{ n: "1", b: [{ n: "2" }] }] }, true);
    expectVerdict(predicate, { a: [{ n: "1" }, { b: [{ n: "2" }] }] }, false);
  });

  it("is worked out only for events with the values, and names the fields that no event had", () => {
    const set = new ConditionSet([nested("sig", signed), nested("other", equals("x", "y"))]);
    set.match({ sig: [{ subject: "EVIL", status: "none" }] });
    set.match({ unrelated: "ACME" });
    expect(set.looks).toBe(0);
    set.match({ sig: [{ subject: "ACME" }, { status: "trusted" }] });
    expect(set.looks).toBe(1);
    expect(set.neverSeen(0)).toEqual([]);
    expect(set.neverSeen(1)).toEqual([{ what: "field", field: "other.x" }]);
  });

  it("is explained by the object that decides, or else by the first", () => {
    const predicate = nested("sig", equals("subject", "ACME"));
    const { of } = explainPredicate(predicate, { sig: [{ subject: "x" }, { subject: "ACME" }] });
    expect(of.map(({ verdict, deciding }) => [verdict, deciding])).toEqual([[true, ["ACME"]]]);
    const other = explainPredicate(predicate, { sig: [{ subject: "x" }, { subject: "y" }] });
    expect(other.of[0]?.fields).toEqual([{ path: "subject", values: ["x"] }]);
    expect(explainPredicate(predicate, {}).of).toEqual([]);
  });
});

describe("a condition on the words of a text", () => {
  const document = { message: ["An account was Successfully logged on.", "a b a b a c"] };
  it.each<[Predicate, boolean]>([
    [tokens("any", "successfully"), true],
    [tokens("any", "Successfully"), false],
    [tokens("any", "nothing", "on"), true],
    [tokens("phrase", "successfully", "logged", "on"), true],
    [tokens("phrase", "logged", "successfully"), false],
    [tokens("phrase", "a", "b", "a", "c"), true],
    [tokens("phrase", "on", "a"), false],
    [tokens("phrase"), false],
    [tokens("any"), false],
    [tokens("wildcard", "success*"), true],
    [tokens("wildcard", "logged on"), false],
    [tokens("wildcard", "?"), true],
    [tokens("wildcard", "acc?unt"), true],
    [tokens("wildcard", "*acc"), false],
  ])("%j", (predicate, verdict) => {
    expectVerdict(predicate, document, verdict);
  });

  it("finds the leaves of a value all at once", () => {
    const conditions = [
      tokens("any", "logged"),
      tokens("phrase", "logged", "on"),
      tokens("wildcard", "lo*"),
      { ...tokens("any", "logged"), analyzer: "powershell" } as Predicate,
      tokens("any", "off"),
    ];
    const set = new ConditionSet(conditions);
    expect(set.match(document)).toEqual([0, 1, 2, 3]);
    expect(set.match({ message: "logged off" })).toEqual([0, 2, 3, 4]);
    expect(set.match({})).toEqual([]);
  });
});

describe("a search anywhere", () => {
  it.each<[Predicate, EventDocument, boolean]>([
    [anywhere("x"), { a: { b: [{ c: ["y", "x"] }] } }, true],
    [anywhere("x"), { x: "y" }, false],
    [anywhere("4"), { a: 4 }, true],
    [anywhere("X"), { a: "x" }, false],
    [anywhere("X", true), { a: "x" }, true],
    [anywhere("*b*"), { a: "abc" }, true],
    [anywhere("a\\*"), { a: "a*" }, true],
    [anywhere("a\\*"), { a: "ab" }, false],
    [anywhere("*"), {}, false],
    [anywhere("*"), { a: [null, {}] }, false],
  ])("%j on %j", (predicate, document, verdict) => {
    expectVerdict(predicate, document, verdict);
    expectVerdict(not(predicate), document, !verdict);
  });

  it("is explained by the first value", () => {
    expect(explainPredicate(anywhere("a*"), { x: "b", y: ["ab", "ac"] }).deciding).toEqual(["ab"]);
  });
});
