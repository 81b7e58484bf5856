import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { event, predicate } from "../../../test/predicates.ts";
import type { Field, Predicate } from "../../ir/index.ts";
import { decodeUtf8 } from "../../text/index.ts";
import { ConditionSet, type EventDocument, type LineMatcher } from "../index.ts";
import { noLeaves, TruthLists } from "../truth-lists.ts";

const encoder = new TextEncoder();
const name: Field = { path: "process.name", type: "keyword" };
const equals = (field: Field, ...values: string[]): Predicate => ({
  kind: "equals",
  field,
  values,
  fold: false,
});
const exists = (path: string): Predicate => ({ kind: "exists", field: { path, type: "unknown" } });

const matchText = (lines: LineMatcher, line: string) => {
  const bytes = encoder.encode(line);
  return lines.match(bytes, 0, bytes.length);
};

/** What `JSON.parse` makes of the line, if that is an object. */
function parseObject(line: string): EventDocument | undefined {
  try {
    const value: unknown = JSON.parse(line);
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    // The line below has shown it.
    return isObject ? (value as EventDocument) : undefined;
  } catch {
    return undefined;
  }
}

/** Prints JSON as nobody would: blanks, escapes for any character, keys that come twice. */
function printOddly(value: unknown, next: () => number): string {
  const blank = (): string => ["", "", "", " ", "\t", "\r\n  "][next() % 6] ?? "";
  const printText = (text: string): string => {
    let printed = "";
    for (let at = 0; at < text.length; at += 1) {
      const unit = text.charCodeAt(at);
      const plain = JSON.stringify(text.charAt(at)).slice(1, -1);
      const hex = unit.toString(16).padStart(4, "0");
      const short = text.charAt(at) === "/" ? "\\/" : plain;
      const isHalf = unit >= 0xd800 && unit <= 0xdfff;
      const isPair = (text.codePointAt(at) ?? 0) > 0xffff;
      if (next() % 8 === 0) printed += `\\u${next() % 2 === 0 ? hex : hex.toUpperCase()}`;
      else if (isPair && next() % 2 === 0) {
        printed += text.slice(at, at + 2);
        at += 1;
      } else printed += isHalf ? `\\u${hex}` : short;
    }
    return `"${printed}"`;
  };
  const print = (each: unknown): string => {
    if (typeof each === "string") return printText(each);
    if (typeof each === "bigint") return String(each);
    if (typeof each === "number") {
      return [String(each), each.toExponential(), `${JSON.stringify(each)}`][next() % 3] ?? "0";
    }
    if (Array.isArray(each)) {
      return `[${blank()}${each.map((item) => print(item) + blank()).join(`,${blank()}`)}]`;
    }
    if (typeof each !== "object" || each === null) return String(each);
    const pairs = Object.entries(each).flatMap(([key, item]) => {
      const pair = `${printText(key)}${blank()}:${blank()}${print(item)}${blank()}`;
      if (next() % 6 !== 0) return [pair];
      const other = [{ name: "a", odd: ["x"] }, ["ab", { name: "CMD.EXE" }], 4, null][next() % 4];
      return [`${printText(key)}:${print(other)}`, pair];
    });
    return `{${blank()}${pairs.join(`,${blank()}`)}}`;
  };
  return print(value);
}

const choices = fc.infiniteStream(fc.nat(1_000_000));
const printed = fc
  .tuple(event, choices)
  .map(([document, stream]) => printOddly(document, () => stream.next().value ?? 0));

describe("lines of JSON", () => {
  it("match as what JSON.parse makes of them, however they are spelled", () => {
    const conditions = fc.array(predicate, { minLength: 1, maxLength: 8 });
    const lines = fc.array(printed, { minLength: 1, maxLength: 6 });
    const decode = fc.constantFrom(undefined, (bytes: Uint8Array, start: number, end: number) =>
      Buffer.from(bytes.subarray(start, end)).toString("utf8"),
    );
    fc.assert(
      fc.property(conditions, lines, decode, (predicates, texts, decodeText) => {
        const set = new ConditionSet(predicates);
        const matcher = set.openLines(decodeText === undefined ? {} : { decode: decodeText });
        const oracle = new ConditionSet(predicates);
        // Twice: the second time all values are remembered.
        for (const line of [...texts, ...texts]) {
          const document = parseObject(line);
          expect(matchText(matcher, line)).toEqual(document && oracle.match(document));
          expect(matcher.document()).toEqual(document);
        }
        for (const place of predicates.keys()) {
          expect(set.neverSeen(place)).toEqual(oracle.neverSeen(place));
        }
      }),
      { numRuns: 250 },
    );
  });

  it("are refused where JSON.parse refuses them, and only there", () => {
    const conditions = fc.array(predicate, { minLength: 1, maxLength: 4 });
    const pieces = [...'{}[],:"\\ue01.-+tfnal \n\u0000\u007f\u0080é'].map((each) => [
      ...encoder.encode(each),
    ]);
    const raw = [[0x80], [0xff], [0xc3], [0xed, 0xa0, 0x80], [0xef, 0xbb, 0xbf], [0xf0, 0x9f]];
    const change = fc.record({
      at: fc.nat(),
      remove: fc.nat(2),
      insert: fc.oneof(fc.constant([]), fc.constantFrom(...pieces, ...raw)),
    });
    const changes = fc.array(change, { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(conditions, printed, changes, fc.nat(), (predicates, line, edits, cut) => {
        const bytes = [...encoder.encode(line)];
        for (const { at, remove, insert } of edits) {
          bytes.splice(at % (bytes.length + 1), remove, ...insert);
        }
        const matcher = new ConditionSet(predicates).openLines();
        const oracle = new ConditionSet(predicates);
        for (const length of [bytes.length, cut % (bytes.length + 1)]) {
          // What lies behind the end must not be seen.
          const buffer = Uint8Array.from([...bytes, ...encoder.encode('"}]}')]);
          const document = parseObject(Buffer.from(bytes.slice(0, length)).toString("utf8"));
          const met = matcher.match(buffer, 0, length);
          expect(met).toEqual(document && oracle.match(document));
        }
      }),
      { numRuns: 600 },
    );
  });

  it("keep of a key that comes twice the last, as JSON.parse", () => {
    const lines = new ConditionSet([
      equals(name, "a"),
      equals(name, "b"),
      exists("process.pid"),
    ]).openLines();
    expect(matchText(lines, '{"process":{"name":"a","name":"b"}}')).toEqual([1]);
    expect(matchText(lines, '{"process":{"name":"a","pid":1},"process":{"name":"b"}}')).toEqual([
      1,
    ]);
    expect(matchText(lines, '{"process":{"name":"a","pid":1},"process":4}')).toEqual([]);
    expect(matchText(lines, '{"process":{"name":"a"},"pr\\u006fcess":{"n\\u0061me":"b"}}')).toEqual(
      [1],
    );
    expect(matchText(lines, '{"process":[{"name":"a"},{"name":"b"}]}')).toEqual([0, 1]);
    // Different keys, whatever they lead to.
    expect(matchText(lines, '{"process":{"name":"a"},"process.name":"b"}')).toEqual([0, 1]);
    expect(matchText(lines, '{"process":{"name":null,"name":[]},"process.name":"b"}')).toEqual([1]);
  });

  it("know keys that can't be compared by their bytes, wherever they come", () => {
    const keys = ["ab", "é", 'a"b', "a\\b", "\u0001", "aé", "a"];
    const lines = new ConditionSet(keys.map(exists)).openLines();
    const spell = (key: string): string => `${JSON.stringify(key)}:1`;
    for (const _ of [1, 2, 3]) {
      for (const [place, key] of keys.entries()) {
        expect(matchText(lines, `{${spell(key)}}`)).toEqual([place]);
        expect(matchText(lines, `{"x":1,${spell(key)},"ab":null}`)).toEqual(
          key === "ab" ? [] : [place],
        );
        expect(matchText(lines, `{"ab":null,${spell(key)}}`)).toEqual([place]);
      }
      expect(matchText(lines, `{${keys.map(spell).join()}}`)).toEqual([...keys.keys()]);
      expect(matchText(lines, `{${[...keys].reverse().map(spell).join()}}`)).toEqual([
        ...keys.keys(),
      ]);
    }
  });

  it("take bytes that are no text for U+FFFD, in values and in keys", () => {
    const odd: Field = { path: "\ufffd", type: "keyword" };
    const lines = new ConditionSet([equals(name, "a\ufffd\ufffdb"), exists(odd.path)]).openLines();
    const line = [...encoder.encode('{"process.name":"a'), 0xff, 0xfe, ...encoder.encode('b","')];
    const bytes = Uint8Array.from([...line, 0x80, ...encoder.encode('":1}')]);
    expect(lines.match(bytes, 0, bytes.length)).toEqual([0, 1]);
  });

  it("may have a carriage return, but no byte order mark, and must hold something", () => {
    const lines = new ConditionSet([equals(name, "a")]).openLines();
    expect(matchText(lines, '{"process.name":"a"}\r')).toEqual([0]);
    expect(matchText(lines, '{"process.name":"a"}\r\n')).toEqual([0]);
    for (const line of ["", " ", "\ufeff{}", "[]", "null", '"a"', "{} {}", "{}x", '{"a":01}']) {
      expect(matchText(lines, line)).toBeUndefined();
    }
  });

  it("are refused when they are nested too deeply to be walked", () => {
    const set = new ConditionSet([equals(name, "a")]);
    const lines = set.openLines();
    const nest = (levels: number): string => `${"[".repeat(levels)}"a"${"]".repeat(levels)}`;
    expect(matchText(lines, `{"process.name":${nest(999)}}`)).toEqual([0]);
    expect(matchText(lines, `{"process.name":${nest(1_000)}}`)).toBeUndefined();
    expect(matchText(lines, `{"x":${nest(100_000)}}`)).toBeUndefined();
    expect(matchText(lines, `{"x":${"[".repeat(1_000_000)}`)).toBeUndefined();
    expect(matchText(lines, '{"process.name":"a"}')).toEqual([0]);
    const shallow = set.openLines({ nesting: 3 });
    expect(matchText(shallow, `{"process.name":${nest(2)}}`)).toEqual([0]);
    expect(matchText(shallow, `{"process.name":${nest(3)}}`)).toBeUndefined();
  });

  it("give the values of watched fields, and refuse keys that the caller refuses", () => {
    const watch = ["@timestamp", "process.name", "host.ip"];
    const lines = new ConditionSet([equals(name, "a")]).openLines({ watch, refuse: ["_source"] });
    const line = '{"host":{"ip":["::1",null,4,true]},"process.name":"\\u0061","@timestamp":1e3}';
    expect(matchText(lines, line)).toEqual([0]);
    expect(watch.map((_, place) => lines.watched(place))).toEqual([
      [1000],
      ["a"],
      ["::1", 4, true],
    ]);
    expect(matchText(lines, '{"_source":{},"process.name":"a"}')).toBeUndefined();
    expect(matchText(lines, '{"_s\\u006furce":{},"process.name":"a"}')).toBeUndefined();
    expect(matchText(lines, '{"x":{"_source":1},"process.name":"a"}')).toEqual([0]);
    const set = new ConditionSet([equals(name, "a")]);
    const timed: LineMatcher = set.openLines({ watch, accept: () => timed.watched(0).length > 0 });
    expect(matchText(timed, '{"process.name":"a"}')).toBeUndefined();
    expect(set.neverSeen(0)).toHaveLength(1);
    expect(matchText(timed, '{"process.name":"a","@timestamp":1}')).toEqual([0]);
    expect(set.neverSeen(0)).toEqual([]);
  });

  it("leave no trace when they are broken at the end", () => {
    const set = new ConditionSet([equals({ path: "event.category", type: "keyword" }, "process")]);
    const lines = set.openLines();
    expect(matchText(lines, '{"event":{"category":"process"},"x":"')).toBeUndefined();
    expect(matchText(lines, '{"event":{"category":"file"}}')).toEqual([]);
    expect(set.neverSeen(0)).toEqual([
      { what: "category", field: "event.category", values: ["process"] },
    ]);
  });

  it("tell values apart that one table cannot hold", () => {
    const wanted = Array.from({ length: 40 }, (_, index) => `v${index * 5_000}`);
    const lines = new ConditionSet(wanted.map((value) => equals(name, value))).openLines();
    for (const _ of [1, 2]) {
      const hits = Array.from({ length: 200_000 }, (_, index) =>
        matchText(lines, `{"process.name":"v${index}"}`),
      );
      expect(hits.flat()).toEqual(wanted.map((_, place) => place));
    }
  });
});

describe("the memory for values", () => {
  it("forgets long values for others, and knows none by mistake", () => {
    const long = (index: number): string => `${index}${"x".repeat(30_000)}${index}`;
    const wanted = [3, 150, 390];
    // A pattern that is in all of them makes them worth remembering.
    const set = new ConditionSet([
      ...wanted.map((index) => equals(name, long(index))),
      { kind: "wildcard", field: name, patterns: ["*xxy*", "*xx?*y"], fold: true },
    ]);
    const lines = set.openLines();
    for (const _ of [1, 2]) {
      const hits = Array.from({ length: 400 }, (_, index) =>
        matchText(lines, `{"process.name":"${long(index)}"}`),
      );
      expect(hits.flat()).toEqual([0, 1, 2]);
    }
    const { cache } = set.statistics();
    expect(cache.drops).toBeGreaterThan(0);
    expect(cache.bytes).toBeLessThan(12_000_000);
  });

  it("keeps lists of leaves once, and forgets all but the lasting when there are too many", () => {
    const lists = new TruthLists();
    const lasting = lists.add([1, 2]);
    lists.keep();
    expect(lists.add([])).toBe(noLeaves);
    expect(lists.add([1, 2])).toBe(lasting);
    const many = Array.from({ length: 1_000 }, (_, index) => index);
    for (let first = 0; first < 1_100; first += 1) lists.add([first, ...many]);
    expect(lists.generation).toBe(0);
    lists.bound();
    expect(lists.generation).toBe(1);
    expect(lists.add([1, 2])).toBe(lasting);
    const next = lists.add([7]);
    expect([...lists.leaves.subarray(lists.start(next), lists.end(next))]).toEqual([7]);
    expect([...lists.leaves.subarray(lists.start(lasting), lists.end(lasting))]).toEqual([1, 2]);
  });
});

describe("UTF-8", () => {
  it("is decoded as the Encoding Standard has it", () => {
    const byte = fc.oneof(
      fc.constantFrom(0x41, 0x80, 0xbf, 0xc2, 0xe0, 0xe2, 0xed, 0xf0, 0xf4, 0x90, 0x9f, 0xa0, 0xff),
      fc.nat(255),
    );
    fc.assert(
      fc.property(fc.array(byte, { maxLength: 20 }), (bytes) => {
        expect(decodeUtf8(Uint8Array.from(bytes))).toBe(Buffer.from(bytes).toString("utf8"));
      }),
      { numRuns: 2_000 },
    );
    const long = "aé€😀".repeat(5_000);
    expect(decodeUtf8(encoder.encode(long))).toBe(long);
  });
});
