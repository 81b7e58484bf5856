import fc from "fast-check";
import { createColors } from "picocolors";
import { describe, expect, it } from "vitest";
import type { TextStream } from "../terminal.ts";
import { csvRecord } from "./csv.ts";
import { chooseFormat, listFormats, type RecordShape } from "./format.ts";
import { jsonText } from "./json-text.ts";
import type { Sink } from "./sink.ts";
import { formatBytes, formatCount, formatDuration } from "./units.ts";

describe("jsonText", () => {
  it.each([
    ["C0, which JSON escapes itself", "\x1b[2J\n", '"\\u001b[2J\\n"'],
    ["DEL and C1", "\x7f\x9b", '"\\u007f\\u009b"'],
    ["line separators", "\u2028\u2029", '"\\u2028\\u2029"'],
    ["direction", "\u202egpj.exe", '"\\u202egpj.exe"'],
    ["without width", "a\u200bb\ufeff", '"a\\u200bb\\ufeff"'],
    ["beyond the BMP", "\u{e0041}", '"\\udb40\\udc41"'],
    ["lone surrogate", "\ud800", '"\\ud800"'],
    ["letters", "Zoë 日本", '"Zoë 日本"'],
  ])("%s", (_, text, expected) => {
    expect(jsonText(text)).toBe(expected);
  });

  it("reads back as the same value", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.string({ unit: "binary" }), (value, text) => {
        expect(JSON.parse(jsonText({ value, [text]: text }))).toEqual(
          JSON.parse(JSON.stringify({ value, [text]: text })),
        );
      }),
    );
  });

  it("keeps the digits of whole numbers", () => {
    expect(jsonText({ a: 9007199254740993n, b: [1n, null, "x"], c: undefined })).toBe(
      '{"a":9007199254740993,"b":[1,null,"x"]}',
    );
  });

  it("keeps a key named __proto__", () => {
    const value = JSON.parse('{"__proto__":{"a":1}}');
    expect(jsonText({ value, n: 1n })).toBe('{"value":{"__proto__":{"a":1}},"n":1}');
  });
});

describe("csvRecord", () => {
  it.each([
    [["a", 1, true, undefined, 10n], "a,1,true,,10\r\n"],
    [['say "hi"', "a,b"], '"say ""hi""","a,b"\r\n'],
    [["a\nb", "a\r\nb"], '"a\nb","a\r\nb"\r\n'],
    [["=1+1", "+1", "-1", "@SUM(A1)"], "'=1+1,'+1,'-1,'@SUM(A1)\r\n"],
    [["\t=1", "\r=1", "\n=1"], '\'\t=1,"\'\r=1","\'\n=1"\r\n'],
    [['=HYPERLINK("http://x","y")'], '"\'=HYPERLINK(""http://x"",""y"")"\r\n'],
    [["＝1", "＠x"], "'＝1,'＠x\r\n"],
    [[-1, -5n, "a-1", "a=b"], "-1,-5,a-1,a=b\r\n"],
    [["\x1b]0;x\x07", "\u202e"], "\\u{1b}]0;x\\u{7},\\u{202e}\r\n"],
    [["", " "], ", \r\n"],
  ])("case %#", (values, expected) => {
    expect(csvRecord(values)).toBe(expected);
  });
});

it.each([
  [0, "0", "0 B", "0 ms"],
  [999, "999", "999 B", "999 ms"],
  [1000, "1,000", "1.0 kB", "1.0 s"],
  [9949, "9,949", "9.9 kB", "9.9 s"],
  [9960, "9,960", "10 kB", "10.0 s"],
  [999_499, "999,499", "999 kB", "16 min 39 s"],
  [999_500, "999,500", "1.0 MB", "16 min 40 s"],
  [65_000, "65,000", "65 kB", "1 min 05 s"],
  [7_620_000, "7,620,000", "7.6 MB", "2 h 07 min"],
])("units of %i", (amount, count, bytes, duration) => {
  expect([formatCount(amount), formatBytes(amount), formatDuration(amount)]).toEqual([
    count,
    bytes,
    duration,
  ]);
});

interface Pet {
  readonly name: string;
  readonly legs: number;
}

const petShape: RecordShape<Pet> = {
  json: (pet) => pet,
  csv: [
    { title: "name", value: (pet) => pet.name },
    { title: "legs", value: (pet) => pet.legs },
  ],
  layout: () => ({
    columns: [
      { title: "NAME", value: (pet) => pet.name },
      { title: "LEGS", width: 4, value: (pet) => String(pet.legs), alignRight: true },
    ],
  }),
};

async function write(name: string, pets: readonly Pet[], width = 20): Promise<string> {
  let text = "";
  const sink: Sink = {
    write: (part) => {
      text += part;
    },
    end: async () => {},
  };
  const format = listFormats.find((each) => each.name === name);
  const writer = format?.open(petShape, sink, { width, colors: createColors(false) });
  for (const pet of pets) await writer?.write(pet);
  await writer?.end();
  return text;
}

describe("formats", () => {
  const pets = [
    { name: "dog", legs: 4 },
    { name: "a bird of\nmany names", legs: 2 },
  ];

  it("ndjson", async () => {
    expect(await write("ndjson", pets)).toBe(
      '{"name":"dog","legs":4}\n{"name":"a bird of\\nmany names","legs":2}\n',
    );
    expect(await write("ndjson", [])).toBe("");
  });

  it("json is one list", async () => {
    expect(JSON.parse(await write("json", pets))).toEqual(pets);
    expect(await write("json", [])).toBe("[]\n");
  });

  it("csv has its head also without records", async () => {
    expect(await write("csv", pets)).toBe('name,legs\r\ndog,4\r\n"a bird of\nmany names",2\r\n');
    expect(await write("csv", [])).toBe("name,legs\r\n");
  });

  it("table", async () => {
    expect(await write("table", pets)).toBe(
      ["NAME            LEGS", "dog                4", "a bird of\\nma…     2", ""].join("\n"),
    );
    expect(await write("table", [])).toBe("");
  });
});

describe("chooseFormat", () => {
  const terminal = { isTerminal: true } as TextStream;
  const pipe = { isTerminal: false } as TextStream;

  it.each([
    [undefined, undefined, terminal, "table"],
    [undefined, undefined, pipe, "ndjson"],
    ["csv", undefined, terminal, "csv"],
    ["csv", "alerts.json", terminal, "csv"],
    [undefined, "alerts.json", terminal, "json"],
    [undefined, "alerts.jsonl", pipe, "ndjson"],
    [undefined, "alerts.csv", terminal, "csv"],
    [undefined, "alerts", terminal, "ndjson"],
    ["table", "alerts", pipe, "table"],
  ] as const)("%s, -o %s", (asked, file, stdout, expected) => {
    expect(chooseFormat(asked, file, stdout).name).toBe(expected);
  });
});
