import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { defaultJsonLimits, type JsonLimits, JsonSplitter } from "./json-splitter.ts";
import { firstLine } from "./line-reading.ts";

/** Pieces as `position:text` and `position!fault`, read in chunks of `size` bytes. */
function split(
  text: string | Uint8Array,
  size = 1 << 20,
  limits: JsonLimits = defaultJsonLimits,
): string[] {
  const bytes = Buffer.from(text);
  const splitter = new JsonSplitter(limits);
  const pieces = [];
  for (let at = 0; at < bytes.length; at += size) {
    pieces.push(...splitter.push(bytes.subarray(at, at + size)));
  }
  pieces.push(...splitter.finish());
  return pieces.map((piece) =>
    piece.kind === "value" ? `${piece.position}:${piece.text}` : `${piece.position}!${piece.fault}`,
  );
}

const hit = (n: number) => `{"_index":"i","_id":"${n}","_source":{"n":${n}}}`;

/** What stands in a file, and what must come out. */
const cases: readonly (readonly [name: string, input: string, pieces: readonly string[]])[] = [
  ["nothing", "", []],
  ["blanks", " \n\t\r\n", []],
  ["one line without an end", `{"a":1}`, [`1:{"a":1}`]],
  ["NDJSON", `{"a":1}\n{"b":2}\n`, [`1:{"a":1}`, `2:{"b":2}`]],
  ["CR LF and blank lines", `{"a":1}\r\n\r\n \r\n{"b":2}\r\n`, [`1:{"a":1}`, `4:{"b":2}`]],
  ["a byte order mark", `\ufeff{"a":1}\n\ufeff{"b":2}`, [`1:{"a":1}`, `2:{"b":2}`]],
  ["two on a line", `{"a":1}{"b":2} {"c":3}\n`, [`1:{"a":1}`, `1:{"b":2}`, `1:{"c":3}`]],
  ["commas at the ends of lines", `{"a":1},\n{"b":2},\n`, [`1:{"a":1}`, `2:{"b":2}`]],
  ["JSON text sequences", `\u001e{"a":1}\n\u001e{"b":2}\n`, [`1:{"a":1}`, `2:{"b":2}`]],
  [
    "brackets and quotes in strings",
    `${String.raw`{"a":"}]\"{\\"}`}\n{"b":2}`,
    [String.raw`1:{"a":"}]\"{\\"}`, `2:{"b":2}`],
  ],
  [
    "a line that is no JSON",
    `{"a":1}\nnonsense\n{"b":2}`,
    [`1:{"a":1}`, "2:nonsense", `3:{"b":2}`],
  ],
  ["a cut line", `{"a":1}\n{"b":\n{"c":3}\n`, [`1:{"a":1}`, "2!broken", `3:{"c":3}`]],
  ["a line cut in a string", `{"a":1}\n{"b":"x\n{"c":3}\n`, [`1:{"a":1}`, "2!broken", `3:{"c":3}`]],
  ["a cut first line", `{"a":1\n{"b":2}\n{"c":3}\n`, ["1!broken", `2:{"b":2}`, `3:{"c":3}`]],
  [
    "a first line cut behind a colon",
    `{"a":\n{"b":2}\n{"c":3}\n`,
    ["1!broken", `2:{"b":2}`, `3:{"c":3}`],
  ],
  ["a first line cut in a string", `{"a":"x\n{"b":2}\n`, ["1!broken", `2:{"b":2}`]],
  ["a cut last line", `{"a":1}\n{"b":`, [`1:{"a":1}`, "2!unfinished"]],
  [
    "objects over many lines",
    `{\n  "a": 1\n}\n{\n  "b": [\n    {\n      "c": 2\n    }\n  ]\n}\n`,
    [`1:{\n  "a": 1\n}`, `4:{\n  "b": [\n    {\n      "c": 2\n    }\n  ]\n}`],
  ],
  [
    "no indentation",
    `{\n"a": [\n{\n"b": 1\n},\n{\n"c": 2\n}\n]\n}`,
    [`1:{\n"a": [\n{\n"b": 1\n},\n{\n"c": 2\n}\n]\n}`],
  ],
  [
    "a short one among those of many lines",
    `{"a":1}\n{\n  "b": 2\n}\n{"c":3}\n`,
    [`1:{"a":1}`, `2:{\n  "b": 2\n}`, `5:{"c":3}`],
  ],
  [
    "an object of many lines cut by another",
    `{\n  "a": 1\n{\n  "b": 2\n}\n`,
    ["1!broken", `3:{\n  "b": 2\n}`],
  ],
  ["an object of many lines cut by the end", `{\n  "a": 1,\n  "b": {\n`, ["1!unfinished"]],
  [
    "the line before the last one cut",
    `{"a":1}\n{"b":[\n{"c":3}\n`,
    [`1:{"a":1}`, "2!broken", `3:{"c":3}`],
  ],
  [
    "many cut lines",
    `{"a":\n{"b":[\n{"c":\n{"d":1}\n{"e":1}\n{"f":\n`,
    ["1!broken", "2!broken", "3!broken", `4:{"d":1}`, `5:{"e":1}`, "6!broken"],
  ],
  ["commas at the starts of lines", `{ "a": 1\n, "b": 2\n}\n`, [`1:{ "a": 1\n, "b": 2\n}`]],
  [
    "a broken object among those of many lines",
    `{\n  "a": 1\n}\n{\n  "b": "x\n  "\n}\n{\n  "c": 3\n}\n`,
    [`1:{\n  "a": 1\n}`, "4!broken", `8:{\n  "c": 3\n}`],
  ],
  ["a list on one line", `[{"a":1},{"b":2}]`, [`1:{"a":1}`, `2:{"b":2}`]],
  ["an empty list", `[]`, []],
  ["a list over lines", `[\n{"a":1},\n{"b":2}\n]\n`, [`1:{"a":1}`, `2:{"b":2}`]],
  [
    "other things in a list",
    `[1, "x,]", null, [2], {"a":1}]`,
    ["1:1", `2:"x,]"`, "3:null", "4:[2]", `5:{"a":1}`],
  ],
  ["a list without its end", `[{"a":1},{"b":2}`, [`1:{"a":1}`, `2:{"b":2}`, "3!unfinished"]],
  ["a list cut in an element", `[{"a":1},{"b":`, [`1:{"a":1}`, "2!unfinished"]],
  [
    "a broken element on its own line",
    `[\n  {"a":1},\n  {"b":"x\n  y"},\n  {"c":3}\n]`,
    [`1:{"a":1}`, "2!broken", `3:{"c":3}`],
  ],
  ["lists on lines", `[{"a":1}]\n[{"b":2}]\n`, [`1:{"a":1}`, `2:{"b":2}`]],
  [
    "a search response",
    `{"took":1,"_shards":{"total":1},"hits":{"total":{"value":2},"hits":[${hit(1)},${hit(2)}]},"aggregations":{"x":[1]}}`,
    [`1:${hit(1)}`, `2:${hit(2)}`],
  ],
  [
    "a search response over lines, and another",
    `{\n "took" : 1,\n "hits" : {\n  "hits" : [\n   ${hit(1)}\n  ]\n }\n}\n{\n "hits": {"hits": []}\n}\n`,
    [`1:${hit(1)}`],
  ],
  [
    "responses on lines, one of them cut",
    `{"hits":{"hits":[${hit(1)}]}}\n{"hits":{"hits":[${hit(2)}\n{"hits":{"hits":[${hit(3)}]}}\n`,
    [`1:${hit(1)}`, `2:${hit(2)}`, "3!unfinished", `4:${hit(3)}`],
  ],
  [
    "hits that are no list of a response",
    `{"hits":[{"a":1}]}\n{"x":{"hits":[1]}}`,
    [`1:{"hits":[{"a":1}]}`, `2:{"x":{"hits":[1]}}`],
  ],
  [
    "evtx_dump's headings",
    `Record 1\n{\n  "Event": {}\n}\n`,
    ["1:Record 1", `2:{\n  "Event": {}\n}`],
  ],
];

describe("JSON splitter", () => {
  test.each(cases)("%s", (_name, input, pieces) => {
    expect(split(input)).toEqual(pieces);
  });

  test.each(cases)("chunk borders change nothing: %s", (_name, input, pieces) => {
    for (const size of [1, 2, 3, 7]) expect(split(input, size)).toEqual(pieces);
  });

  const leaf = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null));
  const value = fc.dictionary(fc.string(), fc.oneof(leaf, fc.array(leaf), fc.object()));
  const layouts = [
    (values: object[]) => values.map((one) => JSON.stringify(one)).join("\n"),
    (values: object[]) => values.map((one) => JSON.stringify(one, null, 2)).join("\n"),
    (values: object[]) => JSON.stringify(values),
    (values: object[]) => JSON.stringify(values, null, "\t"),
    (values: object[]) => JSON.stringify({ took: 1, hits: { hits: values } }, null, 1),
  ];

  test("every layout gives the values back, whatever the chunks", () => {
    fc.assert(
      fc.property(
        fc.array(value, { maxLength: 5 }),
        fc.nat(layouts.length - 1),
        fc.integer({ min: 1, max: 50 }),
        (values, layout, size) => {
          const text = layouts[layout]?.(values) ?? "";
          const found = split(text, size).map((piece) =>
            JSON.parse(piece.slice(piece.indexOf(":") + 1)),
          );
          expect(found).toEqual(values.map((one) => JSON.parse(JSON.stringify(one))));
        },
      ),
      { numRuns: 150 },
    );
  });

  test("chunks change nothing for any text", () => {
    const shard = fc.constantFrom(
      ...'{}[],:"\\ \n\r\t',
      `"hits"`,
      `"a":1`,
      `{"a":1}`,
      `{"hits":{"hits":[`,
      "\n{",
      "\n  {",
      "x",
      "\ufeff",
    );
    fc.assert(
      fc.property(
        fc.array(shard, { maxLength: 40 }),
        fc.integer({ min: 1, max: 5 }),
        (shards, size) => {
          const text = shards.join("");
          expect(split(text, size)).toEqual(split(text));
        },
      ),
      { numRuns: 400 },
    );
  });

  test("limits cost the value alone", () => {
    const limits = { valueBytes: 20, nesting: 3 };
    const long = `{"a":"${"x".repeat(30)}"}`;
    const deep = `{"a":{"b":{"c":{}}}}`;
    const text = `{"a":1}\n${long}\n{"b":2}\n${deep}\n{"c":3}`;
    const pieces = [`1:{"a":1}`, "2!too-long", `3:{"b":2}`, "4!too-deep", `5:{"c":3}`];
    for (const size of [1, 5, 1000]) expect(split(text, size, limits)).toEqual(pieces);
    expect(split(`[${long},{"b":2},${deep},{"c":3}]`, 4, limits)).toEqual([
      "1!too-long",
      `2:{"b":2}`,
      "3!too-deep",
      `4:{"c":3}`,
    ]);
  });

  test("a first line of brackets does not take the others with it", () => {
    const text = `${"[".repeat(100_000)}\n{"a":1}\n{"b":2}\n`;
    expect(split(text, 4096)).toEqual(["1!too-deep", `2:{"a":1}`, `3:{"b":2}`, "4!unfinished"]);
  });
});

describe("reading on from a line", () => {
  const line = fc.oneof(
    {
      weight: 6,
      arbitrary: fc.constantFrom(`{"a":1}`, ` {"a":1} {"b":2}`, "\ufeff{},", "", "text", "[]"),
    },
    {
      weight: 4,
      arbitrary: fc.constantFrom(
        `{"a":`,
        `{"a":"x`,
        "{",
        "}",
        "[",
        "]",
        `[{"a":1},`,
        `{"b":2}]`,
        `{"hits":{"hits":[`,
        hit(1),
        "]}}",
        `  "a": 1`,
        `[{"a":1},{"b":2}]`,
      ),
    },
  );

  test("gives what one splitter gives, and says where nobody else can", () => {
    let readApart = 0;
    fc.assert(
      fc.property(fc.array(fc.array(line, { maxLength: 4 }), { maxLength: 5 }), (blocks) => {
        const whole = new JsonSplitter();
        for (const lines of blocks) {
          const bytes = Buffer.from(lines.map((text) => `${text}\n`).join(""));
          const start = whole.lineStart;
          const expected = whole.push(bytes);
          if (start === undefined) continue;
          const next = new JsonSplitter(defaultJsonLimits, start);
          expect(next.push(bytes)).toEqual(expected);
          expect(next.lineStart).toEqual(whole.lineStart);
          const apart = new JsonSplitter(defaultJsonLimits, { ...firstLine, state: "open" });
          const pieces = apart.push(bytes);
          if (!apart.isByLine || apart.lineStart === undefined) continue;
          readApart += 1;
          const before = start.line - 1;
          expect(pieces.map((piece) => ({ ...piece, position: piece.position + before }))).toEqual(
            expected,
          );
          const isStillFresh = start.state === "fresh" && !bytes.includes("{");
          expect(whole.lineStart).toEqual({
            line: before + apart.lineStart.line,
            elements: start.elements,
            state: isStillFresh || start.state === "lines" ? start.state : "open",
          });
        }
      }),
      { numRuns: 2000 },
    );
    expect(readApart).toBeGreaterThan(500);
  });
});
