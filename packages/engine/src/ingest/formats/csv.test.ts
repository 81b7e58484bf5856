import { describe, expect, test } from "vitest";
import { readAll, readBoth } from "../../../test/read-inputs.ts";
import { inputFromBytes } from "../index.ts";
import { csv } from "./csv.ts";
import { CsvSplitter, longestRecord } from "./csv-splitter.ts";
import { detectFormat } from "./index.ts";

async function readCsv(text: string, options = { format: "csv" }) {
  const { events, findings } = await readBoth(Buffer.from(text), "x", options);
  return {
    raws: events.map(({ raw, position }) => [position, raw]),
    findings: findings
      .filter(({ code }) => code === "bad-csv")
      .map(({ message, position }) => [position, message]),
  };
}

const time = "2026-01-05T08:00:00Z";

describe("CSV", () => {
  test("quotes, escaped quotes, line breaks and delimiters in cells, CR LF, no line end at the end", async () => {
    const text = `time,a,b\r\n${time},"x, ""y""\r\nz",\r\n\r\n${time},2,3`;
    expect(await readCsv(text)).toEqual({
      raws: [
        [2, { time, a: 'x, "y"\r\nz' }],
        [5, { time, a: "2", b: "3" }],
      ],
      findings: [],
    });
  });

  test.each([";", "\t", "|", ","])("delimiter %j", async (delimiter) => {
    const text = [`time,a,b`, `${time},1,2`].join("\n").replaceAll(",", delimiter);
    expect((await readCsv(text)).raws).toEqual([[2, { time, a: "1", b: "2" }]]);
  });

  test("what PowerShell and spreadsheets write before the names, and a byte order mark", async () => {
    for (const before of [
      "#TYPE System.Diagnostics.Eventing.Reader.EventLogRecord\n",
      "sep=,\n",
      "\ufeff",
    ]) {
      const { raws } = await readCsv(`${before}time,a\n${time},1\n`);
      expect(raws.map(([, raw]) => raw)).toEqual([{ time, a: "1" }]);
    }
  });

  test("columns without a name, with the same name, with hostile ones", async () => {
    const { raws } = await readCsv(`time,,a,a,__proto__\n${time},1,2,3,4\n`);
    expect(JSON.stringify(raws)).toBe(
      `[[2,{"time":"${time}","column2":"1","a":"2","a_2":"3","__proto__":"4"}]]`,
    );
  });

  test("lines with too few or too many cells are read, and told once", async () => {
    expect(await readCsv(`time,a,b\n${time},1\n${time},1,2,3\n${time},1,2\n`)).toEqual({
      raws: [
        [2, { time, a: "1" }],
        [3, { time, a: "1", b: "2" }],
        [4, { time, a: "1", b: "2" }],
      ],
      findings: [
        [
          2,
          "2 lines have more or fewer cells than there are columns: what is beyond them was left out",
        ],
      ],
    });
  });

  test("careless quotes belong to their cell", async () => {
    const { raws } = await readCsv(`time,a,b\n${time},"x"y,a "b" c\n`);
    expect(raws).toEqual([[2, { time, a: "xy", b: 'a "b" c' }]]);
  });

  test("a quote that nothing closes costs its own line", async () => {
    expect(await readCsv(`time,a\n${time},"x\n${time},2\n${time},3\n`)).toEqual({
      raws: [
        [3, { time, a: "2" }],
        [4, { time, a: "3" }],
      ],
      findings: [[2, "a quote is not closed: the line was skipped"]],
    });
  });

  test("a line beyond the limit is skipped, whatever it holds", async () => {
    for (const cell of ["x".repeat(longestRecord + 1), `"${"y".repeat(longestRecord + 1)}"`]) {
      const { raws, findings } = await readCsv(`time,a\n${time},${cell}\n${time},2\n`);
      expect(raws).toEqual([[3, { time, a: "2" }]]);
      expect(findings).toEqual([[2, "a line longer than 1 MiB was skipped"]]);
    }
  });

  test("chunk borders change nothing", () => {
    const text = `a,b\r\n"x ""q"" y","l1\nl2"\r\n,"""",\n"open\nz,"w"\n`;
    const whole = new CsvSplitter(",");
    const expected = [...whole.push(text), ...whole.finish()];
    for (let size = 1; size < 9; size += 1) {
      const splitter = new CsvSplitter(",");
      const pieces = [];
      for (let at = 0; at < text.length; at += size) {
        pieces.push(...splitter.push(text.slice(at, at + size)));
      }
      expect([...pieces, ...splitter.finish()]).toEqual(expected);
    }
  });
});

describe("telling CSV", () => {
  test.each([
    ["RecordNumber,EventId,TimeCreated,Channel\n1,4624,2026-01-05 08:00:00,Security\n", "certain"],
    ["Date (UTC);IP address;User\n2026-01-05;203.0.113.9;mira\n", "certain"],
    ["time,value\n", "likely"],
    ["host,rule,count\nws1,x,3\n", "possible"],
    ["a,b\n1,2\n", undefined],
    ["Dear all, as said, we meet.\nSee you, then.\n", undefined],
    ["Jan  5 08:00:00 ws1 sshd[1]: a, b, c\nJan  5 08:00:01 ws1 sshd[1]: a, b, c\n", undefined],
    ['{"a":1,"b":2,"c":3}\n{"a":1,"b":2,"c":3}\n', undefined],
  ])("%j: %s", (text, confidence) => {
    expect(csv.detect(Buffer.from(text))).toBe(confidence);
  });

  test("JSON in a cell does not make it JSON", () => {
    const text = 'TimeCreated,EventId,Payload\n2026-01-05 08:00:00,1,"{""a"":1}"\n';
    expect(detectFormat(Buffer.from(text))).toMatchObject({ format: { name: "csv" } });
  });

  test("events of a table have their time", async () => {
    const { events, findings } = await readAll([
      inputFromBytes("x", "timestamp,process.name\n2026-01-05T08:00:00+02:00,a.exe\n"),
    ]);
    expect(events.map(({ document }) => document)).toMatchObject([
      { "@timestamp": "2026-01-05T06:00:00.000Z", "process.name": "a.exe" },
    ]);
    expect(findings).toEqual([]);
  });
});
