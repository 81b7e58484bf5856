import { createColors } from "picocolors";
import { describe, expect, it } from "vitest";
import type { AlertDocument } from "../../alerts/index.ts";
import { alertShape, fieldsShape } from "./alert-shape.ts";
import { csvRecord } from "./csv.ts";
import { decisiveText } from "./decisive-text.ts";
import { jsonText } from "./json-text.ts";
import { tablePrinter } from "./table.ts";
import { columnsOf } from "./text-width.ts";

const plain = createColors(false);

const alert: AlertDocument = {
  "@timestamp": "2026-03-04T09:20:00.000Z",
  event: { category: ["process"] },
  host: { name: "WIN-07" },
  user: { name: "alice" },
  process: {
    name: "cmd.exe",
    command_line: "cmd.exe /c whoami",
    args: ["cmd.exe", "/c", "whoami"],
  },
  "event.kind": "signal",
  "kibana.alert.uuid": "u1",
  "kibana.alert.severity": "high",
  "kibana.alert.risk_score": 73,
  "kibana.alert.reason": "process event created high alert Shell via NetCat.",
  "kibana.alert.depth": 1,
  "kibana.alert.ancestors": [{ id: "e1", index: "logs", type: "event", depth: 0 }],
  "kibana.alert.rule.name": "Shell via NetCat",
  "kibana.alert.rule.rule_id": "r1",
  "kibana.alert.rule.uuid": "r1",
  "kibana.alert.rule.type": "eql",
  "kibana.alert.original_time": "2026-03-04T09:15:22.123Z",
};

const alone = (document: AlertDocument) => ({ alert: document, blocks: [] });

function table(width: number, alerts: readonly AlertDocument[], colors = plain): string[] {
  const rows = alerts.map(alone).map(tablePrinter(alertShape.layout(width, colors), width));
  return rows.join("").split("\n").slice(0, -1);
}

describe("the table", () => {
  it("gives what decided its own line below on 80 columns", () => {
    expect(table(80, [alert])).toEqual([
      "TIME                      SEVERITY  RULE",
      "  HOST  USER  WHAT",
      "2026-03-04T09:15:22.123Z  high      Shell via NetCat",
      "  WIN-07  alice  cmd.exe /c whoami",
    ]);
  });

  it("has host and user as columns on 110", () => {
    expect(table(110, [alert])).toEqual([
      `TIME                      SEVERITY  RULE${" ".repeat(38)}HOST              USER`,
      "  WHAT",
      `2026-03-04T09:15:22.123Z  high      Shell via NetCat${" ".repeat(26)}WIN-07            alice`,
      "  cmd.exe /c whoami",
    ]);
  });

  it("is one line an alert on 160", () => {
    const [head = "", row = "", ...others] = table(160, [alert]);
    expect(others).toEqual([]);
    expect(head.indexOf("WHAT")).toBe(row.indexOf("cmd.exe /c whoami"));
  });

  it("never cuts a time, and nothing else is wider than the screen", () => {
    const long = {
      ...alert,
      "kibana.alert.original_time": "2026-03-04T09:15:22.123456789Z",
      "kibana.alert.rule.name": "A rule with a name that goes on and on, ".repeat(5),
      host: { name: "h".repeat(100) },
      process: { command_line: `powershell.exe -enc ${"QQBB".repeat(500)}` },
    };
    for (const width of [40, 60, 80, 100, 149, 150, 220]) {
      const lines = table(width, [alert, long]);
      expect(lines.join("\n")).toContain("2026-03-04T09:15:22.123456789Z");
      const widest = Math.max(...lines.map(columnsOf));
      expect(widest).toBeLessThanOrEqual(width + 6);
      expect(lines.some((line) => line.includes("…"))).toBe(true);
    }
  });

  it("gives a time more room where the first alert needs it", () => {
    const precise = { ...alert, "kibana.alert.original_time": "2026-03-04T09:15:22.123456789Z" };
    expect(table(80, [precise, alert])).toEqual([
      "TIME                            SEVERITY  RULE",
      "  HOST  USER  WHAT",
      "2026-03-04T09:15:22.123456789Z  high      Shell via NetCat",
      "  WIN-07  alice  cmd.exe /c whoami",
      "2026-03-04T09:15:22.123Z        high      Shell via NetCat",
      "  WIN-07  alice  cmd.exe /c whoami",
    ]);
  });

  it("shows hostile text as escapes, on as many lines as any other", () => {
    const hostile = {
      ...alert,
      host: { name: "a\nb" },
      user: { name: "\x1b]0;owned\x07" },
      process: { command_line: "\x1b[2J\u202eexe.\u2028x" },
    };
    for (const width of [40, 80, 110, 160]) {
      const lines = table(width, [hostile]);
      expect(lines.join("\n")).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
      expect(lines.join("")).toContain("a\\nb");
    }
  });

  it("tells a sequence by its events", () => {
    const { process: _, ...shell } = alert;
    const block = (line: string) => ({ ...alert, process: { command_line: line } });
    const print = tablePrinter(alertShape.layout(80, plain), 80);
    const text = print({ alert: shell, blocks: [block("nc.exe -l"), block("cmd.exe")] });
    expect(text.split("\n")[3]).toBe("  WIN-07  alice  nc.exe -l → cmd.exe");
  });

  it("colours the severity, whose word stays", () => {
    const row = table(80, [alert], createColors(true))[2];
    expect(row).toContain("\x1b[31mhigh\x1b[39m");
  });
});

describe("what decided", () => {
  it.each([
    [{ event: { category: "process" }, process: { args: ["a", "b"] } }, "a, b"],
    [
      { process: { command_line: "cmd.exe /c", parent: { name: "nc.exe" } } },
      "nc.exe › cmd.exe /c",
    ],
    [
      {
        event: { category: ["registry", "configuration"] },
        process: { name: "reg.exe", command_line: "reg add" },
        registry: { path: "HKLM\\x", data: { strings: "evil" } },
      },
      "reg.exe: HKLM\\x evil",
    ],
    [
      { event: { category: "file", action: "creation" }, file: { path: "/srv/a" } },
      "creation /srv/a",
    ],
    [{ event: { category: "file" }, file: { path: "/srv/a" } }, "/srv/a"],
    [
      {
        event: { category: "network" },
        process: { name: "nc" },
        destination: { ip: "203.0.113.7", port: 4444 },
      },
      "nc: 203.0.113.7 4444",
    ],
    [{ event: { category: "network" }, dns: { question: { name: "x.example" } } }, "x.example"],
    [
      { event: { provider: "iam", action: "DeleteUser", outcome: "success" } },
      "iam DeleteUser success",
    ],
    [{ event: { category: "__proto__" } }, "process event"],
    [{ event: { category: ["constructor", "toString"] } }, "process event"],
    [{}, "process event"],
  ])("%j", (fields, expected) => {
    const { process: _, event: __, ...rest } = alert;
    expect(decisiveText({ ...rest, ...fields })).toBe(expected);
  });
});

describe("--fields", () => {
  const shape = fieldsShape(["host.name", "process.args", "kibana.alert.ancestors", "no.such"]);

  it("gives one value alone, several as a list, none as null, an alert's own objects whole", () => {
    expect(jsonText(shape.json(alone(alert)))).toBe(
      '{"host.name":"WIN-07","process.args":["cmd.exe","/c","whoami"],' +
        '"kibana.alert.ancestors":[{"id":"e1","index":"logs","type":"event","depth":0}],"no.such":null}',
    );
  });

  it("gives cells of several lines in csv", () => {
    expect(csvRecord(shape.csv.map(({ value }) => value(alone(alert))))).toBe(
      'WIN-07,"cmd.exe\n/c\nwhoami","{""id"":""e1"",""index"":""logs"",""type"":""event"",""depth"":0}",\r\n',
    );
  });

  it("shares the width in a table", () => {
    const print = tablePrinter(shape.layout(80, plain), 80);
    expect(print(alone(alert)).split("\n")[1]).toMatch(/^WIN-07 +cmd\.exe, \/c, +\{"id"/);
  });
});
