import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { event, predicate } from "../../test/predicates.ts";
import type { Field, Predicate } from "../ir/index.ts";
import { compileWildcard, foldCase } from "../values/index.ts";
import { buildChunkAutomaton } from "./chunk-automaton.ts";
import { ConditionSet, compilePredicate, evaluatePredicate, explainPredicate } from "./index.ts";
import { indexPatterns } from "./pattern-index.ts";

const name: Field = { path: "process.name", type: "keyword" };
const category: Field = { path: "event.category", type: "keyword" };
const equals = (field: Field, ...values: string[]): Predicate => ({
  kind: "equals",
  field,
  values,
  fold: false,
});
const like = (field: Field, ...patterns: string[]): Predicate => ({
  kind: "wildcard",
  field,
  patterns,
  fold: true,
});
const not = (of: Predicate): Predicate => ({ kind: "not", of });
const all = (...of: Predicate[]): Predicate => ({ kind: "all", of });
const any = (...of: Predicate[]): Predicate => ({ kind: "any", of });
const exists = (field: Field): Predicate => ({ kind: "exists", field });

describe("a condition set", () => {
  it("takes long alternatives apart, and means the same", () => {
    const alternatives = fc.array(predicate, { minLength: 17, maxLength: 24 });
    fc.assert(
      fc.property(alternatives, predicate, fc.array(event), (parts, other, documents) => {
        const conditions = [any(...parts), other, not(any(...parts)), any(...parts)];
        const set = new ConditionSet(conditions);
        for (const document of documents) {
          const expected = conditions.flatMap((condition, index) =>
            evaluatePredicate(condition, document) ? [index] : [],
          );
          expect(set.match(document)).toEqual(expected);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("looks at none of thousands of alternatives whose values are not there", () => {
    const path: Field = { path: "process.executable", type: "keyword" };
    const pair = (number: number) => all(equals(name, `n${number}`), equals(path, `p${number}`));
    const looksWith = (count: number): number => {
      const set = new ConditionSet([
        any(...Array.from({ length: count }, (_, index) => pair(index))),
      ]);
      for (let index = 0; index < 1000; index += 1) {
        const process = { name: `n${index % 20}`, executable: `p${index % 21}` };
        expect(set.match({ process })).toEqual(index % 20 === index % 21 ? [0] : []);
      }
      return set.looks;
    };
    expect(looksWith(5000)).toBe(looksWith(20));
    expect(looksWith(5000)).toBe(1000);
  });

  it("agrees with the evaluator, as the compiled predicate and the explanation do", () => {
    const predicates = fc.array(predicate, { minLength: 1, maxLength: 8 });
    const events = fc.array(event, { minLength: 1, maxLength: 6 });
    const folding = fc.constantFrom("unicode" as const, "ascii" as const);
    fc.assert(
      fc.property(predicates, events, folding, (conditions, documents, caseFolding) => {
        const options = { folding: caseFolding };
        const places = (test: (condition: Predicate) => boolean): readonly number[] =>
          conditions.flatMap((condition, index) => (test(condition) ? [index] : []));
        // Twice: the second time all values are remembered.
        const stream = [...documents, ...documents];
        const expected = stream.map((document) =>
          places((condition) => evaluatePredicate(condition, document, options)),
        );
        const set = new ConditionSet(conditions, options);
        expect(stream.map((document) => set.match(document))).toEqual(expected);
        const compiled = new Map(conditions.map((each) => [each, compilePredicate(each, options)]));
        expect(
          stream.map((document) => places((each) => compiled.get(each)?.(document) === true)),
        ).toEqual(expected);
        expect(
          stream.map((document) =>
            places((each) => explainPredicate(each, document, options).verdict),
          ),
        ).toEqual(expected);
        const impossible = conditions.flatMap((_, index) =>
          set.neverSeen(index).length > 0 ? [index] : [],
        );
        expect(expected.flat().filter((index) => impossible.includes(index))).toEqual([]);
        // Other sets of the same conditions, each with some of the events, come to know the same together.
        const together = new ConditionSet(conditions, options);
        for (const start of [0, 1]) {
          const part = new ConditionSet(conditions, options);
          for (let at = start; at < documents.length; at += 2) {
            part.match(documents[at] ?? {});
            if (at % 3 === 0) together.addSightings(part.takeSightings());
          }
          together.addSightings(part.takeSightings());
          expect(part.takeSightings().leaves).not.toContain(1);
        }
        for (const index of conditions.keys()) {
          expect(together.neverSeen(index)).toEqual(set.neverSeen(index));
        }
      }),
      { numRuns: 400 },
    );
  });

  it("means the same after it has planned its looks anew", () => {
    const predicates = fc.array(predicate, { minLength: 1, maxLength: 8 });
    const events = fc.array(event, { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(predicates, events, (conditions, documents) => {
        const set = new ConditionSet(conditions);
        const expected = documents.map((document) =>
          conditions.flatMap((each, index) => (evaluatePredicate(each, document) ? [index] : [])),
        );
        for (let round = 0; round * documents.length < 1_100; round += 1) {
          expect(documents.map((document) => set.match(document))).toEqual(expected);
        }
      }),
      { numRuns: 20 },
    );
  });

  it("looks at few events once it knows what is rare on them", () => {
    const os: Field = { path: "host.os.type", type: "keyword" };
    // By the look of it the name is rare; on these events the system is.
    const set = new ConditionSet([all(equals(name, "svchost.exe"), equals(os, "linux"))]);
    for (let index = 0; index < 2_000; index += 1) {
      const host = { os: { type: index % 500 === 0 ? "linux" : "windows" } };
      const hits = set.match({ process: { name: "svchost.exe" }, host });
      expect(hits).toEqual(index % 500 === 0 ? [0] : []);
    }
    expect(set.looks).toBe(1_002);
    const { events, candidates, met, conditions, values, newValues } = set.statistics();
    expect({ events, candidates, met, values, newValues }).toEqual({
      events: 2_000,
      candidates: 1_002,
      met: 4,
      values: 4_000,
      newValues: 3,
    });
    expect(conditions).toEqual([{ nominated: 1_002, run: 1_002, met: 4 }]);
  });

  it("names the conditions that it must look at on every event", () => {
    const set = new ConditionSet([
      equals(name, "a"),
      not(equals(name, "a")),
      any(exists(name), not(equals(category, "x"))),
      not(equals(name, "a")),
    ]);
    expect(set.alwaysEvaluated).toEqual([1, 2, 3]);
  });

  it("gives the places of equal conditions, ascending", () => {
    const set = new ConditionSet([
      equals(name, "a"),
      like(name, "b*"),
      equals(name, "a"),
      not(equals(name, "a")),
      any(equals(name, "x"), equals(name, "a")),
    ]);
    expect(set.match({ process: { name: "a" } })).toEqual([0, 2, 4]);
    expect(set.match({ process: { name: ["bb", "a"] } })).toEqual([0, 1, 2, 4]);
    expect(set.match({})).toEqual([3]);
  });

  it("takes any value of an array for a positive leaf and none for a negative one", () => {
    const os: Field = { path: "host.os.type", type: "keyword" };
    const both = all(equals(os, "linux"), equals(os, "windows"));
    const set = new ConditionSet([both, not(equals(os, "linux"))]);
    expect(set.match({ host: { os: { type: ["linux", "windows"] } } })).toEqual([0]);
    expect(set.match({ host: [{ os: { type: "linux" } }, { "os.type": "windows" }] })).toEqual([0]);
    expect(set.match({ host: { os: { type: "windows" } } })).toEqual([1]);
  });

  it("neither looks at nor tells of conditions that nobody waits for", () => {
    const [a, b] = [equals(name, "a"), exists(category)];
    const set = new ConditionSet([a, b, a, not(a)]);
    const event = { process: { name: "a" }, event: { category: "x" } };
    expect(set.match(event)).toEqual([0, 1, 2]);
    for (const place of [0, 1, 3]) set.setArmed(place, false);
    const { looks } = set;
    // Equal conditions are one, which somebody waits for.
    expect(set.match(event)).toEqual([0, 2]);
    set.setArmed(2, false);
    set.setArmed(2, false);
    expect(set.match(event)).toEqual([]);
    expect(set.looks).toBe(looks + 1);
    set.setArmed(0, true);
    set.setArmed(3, true);
    expect([set.match(event), set.match({})]).toEqual([[0, 2], [3]]);
    expect(() => set.setArmed(4, true)).toThrow(RangeError);
    expect(set.neverSeen(1)).toEqual([]);
  });

  it("tells 4 from the text 4 and remembers both", () => {
    const odd: Field = { path: "odd", type: "unknown" };
    const isText: Predicate = {
      kind: "expression",
      of: {
        kind: "comparison",
        op: "==",
        left: { kind: "field", field: odd },
        right: { kind: "literal", value: "4" },
      },
    };
    const set = new ConditionSet([equals(odd, "4"), equals(odd, "true"), isText]);
    for (const _ of [1, 2]) {
      expect(set.match({ odd: 4 })).toEqual([0]);
      expect(set.match({ odd: "4" })).toEqual([0, 2]);
      expect(set.match({ odd: true })).toEqual([1]);
    }
  });

  it("matches values too long and too many to remember", () => {
    const set = new ConditionSet([like(name, "*evil*"), equals(name, "v1")]);
    const long = `${"x".repeat(10_000)}EVIL${"x".repeat(10_000)}`;
    expect(set.match({ process: { name: long } })).toEqual([0]);
    const hits = Array.from({ length: 20_000 }, (_, index) =>
      set.match({ process: { name: `v${index}` } }),
    );
    expect(hits.flat()).toEqual([1]);
    expect(set.match({ process: { name: "v1" } })).toEqual([1]);
  });

  it("does not enter what is nested too deeply, as the evaluator", () => {
    const nest = (levels: number): unknown =>
      Array.from({ length: levels }).reduce((inner) => [inner], "a");
    const set = new ConditionSet([equals(name, "a")]);
    for (const levels of [1, 900, 998, 999, 1_000, 100_000]) {
      const document = { "process.name": nest(levels) };
      expect(set.match(document).length > 0).toBe(levels < 1_000);
      expect(evaluatePredicate(equals(name, "a"), document)).toBe(levels < 1_000);
    }
  });

  it("survives keys that no wanted field has", () => {
    const set = new ConditionSet([equals(name, "a")]);
    const hits = Array.from({ length: 1_000 }, (_, index) =>
      set.match({ [`process.x${index}`]: 1, "process.name": "a" }),
    );
    expect(hits).toEqual(Array.from({ length: 1_000 }, () => [0]));
  });
});

describe("the pattern index", () => {
  const piece = fc.constantFrom(
    "*",
    "?",
    "a",
    "B",
    "ab",
    "ba",
    "aab",
    "\u212a",
    "k",
    "😀",
    "\ud83d",
    "\\",
    "abcdefghijkl",
  );
  const textOf = (maxLength: number) =>
    fc.array(piece, { maxLength }).map((parts) => parts.join(""));

  it("finds the patterns that a test of each finds", () => {
    const pattern = fc.record({ pattern: textOf(6), fold: fc.boolean() });
    const patterns = fc.array(pattern, { minLength: 1, maxLength: 30 });
    const texts = fc.array(textOf(8), { minLength: 1, maxLength: 8 });
    const folding = fc.constantFrom("unicode" as const, "ascii" as const);
    fc.assert(
      fc.property(patterns, texts, folding, (given, values, caseFolding) => {
        const index = indexPatterns(
          given.map((each, id) => ({ id, ...each })),
          caseFolding,
        );
        const found = values.map((text) => {
          const ids: number[] = [];
          index.find(text, foldCase(text, caseFolding), (id) => ids.push(id));
          return [...new Set(ids)].sort((left, right) => left - right);
        });
        const expected = values.map((text) =>
          given.flatMap(({ pattern: each, fold }, id) =>
            compileWildcard(each, fold, caseFolding)(text) ? [id] : [],
          ),
        );
        expect(found).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });

  it("sees every chunk, also those inside others", () => {
    const chunks = ["he", "she", "his", "hers", "e", "rs"];
    const { scan, found: numbers } = buildChunkAutomaton(chunks);
    const count = scan("ushers é his hers");
    const found = [...numbers.subarray(0, count)].map((chunk) => chunks[chunk]);
    expect(found).toEqual(["she", "he", "e", "hers", "rs", "his"]);
  });
});

describe("what was never seen", () => {
  const registry: Field = { path: "registry.path", type: "keyword" };
  const rule = all(equals(category, "registry"), like(registry, "*\\run"));
  const seenAfter = (condition: Predicate, ...events: object[]) => {
    const set = new ConditionSet([condition]);
    for (const each of events) set.match({ ...each });
    return set.neverSeen(0);
  };

  it("names the category, the source or the field that is missing", () => {
    const other = { event: { category: "process" }, process: { name: "a" } };
    expect(seenAfter(rule, other)).toEqual([
      { what: "category", field: "event.category", values: ["registry"] },
    ]);
    expect(seenAfter(rule, { event: { category: ["registry"] } })).toEqual([
      { what: "field", field: "registry.path" },
    ]);
    expect(seenAfter(rule, { event: { category: "registry" }, "registry.path": "x" })).toEqual([]);
    const linux = equals({ path: "host.os.type", type: "keyword" }, "linux");
    expect(seenAfter(linux, { host: { os: { type: "windows" } } })).toEqual([
      { what: "source", field: "host.os.type", values: ["linux"] },
    ]);
  });

  it("needs all ways to be closed, and gives the shortest reason", () => {
    const either = any(equals(category, "a"), equals(category, "b"), exists(registry));
    expect(seenAfter(either, { process: { name: "x" } })).toEqual([
      { what: "category", field: "event.category", values: ["a", "b"] },
      { what: "field", field: "registry.path" },
    ]);
    expect(seenAfter(either, { event: { category: "b" } })).toEqual([]);
    expect(seenAfter(all(either, exists(name)), { x: 1 })).toEqual([
      { what: "field", field: "process.name" },
    ]);
    expect(seenAfter(not(rule), { x: 1 })).toEqual([]);
  });

  it("looks into expressions", () => {
    const length: Predicate = {
      kind: "expression",
      of: {
        kind: "comparison",
        op: ">",
        left: { kind: "call", name: "length", args: [{ kind: "field", field: name }], fold: false },
        right: { kind: "literal", value: 3n },
      },
    };
    const isNull: Predicate = {
      kind: "expression",
      of: { kind: "isNull", of: { kind: "field", field: name } },
    };
    expect(seenAfter(length, { x: 1 })).toEqual([{ what: "field", field: "process.name" }]);
    expect(seenAfter(length, { process: { name: "a" } })).toEqual([]);
    expect(seenAfter(isNull, { x: 1 })).toEqual([]);
  });
});
