import { formatDiagnosticLine } from "@harrier/lang/text";
import { describe, expect, test } from "vitest";
import { readBoth } from "../../test/read-inputs.ts";
import type { EventMap } from "../ingest/index.ts";
import { readMapping } from "./read-mapping.ts";

function mapOf(text: string): EventMap {
  const { map, diagnostics } = readMapping({ name: "map.toml", text });
  expect(diagnostics.map(formatDiagnosticLine)).toEqual([]);
  if (map === undefined) throw new Error("there is no map");
  return map;
}

async function readWith(toml: string, log: string, options: { readonly timezone?: string } = {}) {
  const map = mapOf(toml);
  const { events, findings } = await readBoth(Buffer.from(log), "x.log", {
    maps: [map],
    ...options,
  });
  return {
    documents: events.map(({ document }) => document),
    events,
    findings: findings.map(({ code, message, position }) => `${position} ${code}: ${message}`),
  };
}

const time = `[[field]]
from = "time"
to = "@timestamp"
`;

describe("lines", () => {
  const access = `name = "access"
format = "lines"
pattern = '{client} - {user} [{time}] "{method} {url} {}" {status:[0-9]{3}} {bytes}'

[[field]]
from = "time"
to = "@timestamp"
format = "dd/MMM/yyyy:HH:mm:ss Z"

[[field]]
from = "client"
to = "source.ip"

[[field]]
from = "status"
to = "http.response.status_code"

[[field]]
from = "method"
to = "event.type"
table = { GET = ["access"], POST = ["access", "change"] }
otherwise = ["info"]

[[field]]
to = "event.category"
value = ["web"]
`;

  test("a log of a web server", async () => {
    const log = [
      '203.0.113.9 - mira [05/Jan/2026:09:30:00 +0100] "POST /a?b=[1] HTTP/1.1" 200 512',
      '203.0.113.9  -  - [05/Jan/2026:09:30:01 +0100] "BREW /pot HTTP/1.1" 418 -',
      "nothing of this kind",
      '203.0.113.9 - - [05/Jan/2026:09:30:01 +0100] "GET / HTTP/1.1" 20 -',
    ].join("\r\n");
    expect(await readWith(access, log)).toMatchObject({
      documents: [
        {
          "@timestamp": "2026-01-05T08:30:00.000Z",
          source: { ip: "203.0.113.9" },
          http: { response: { status_code: 200 } },
          event: { type: ["access", "change"], category: ["web"] },
        },
        {
          "@timestamp": "2026-01-05T08:30:01.000Z",
          http: { response: { status_code: 418 } },
          event: { type: ["info"], category: ["web"] },
        },
      ],
      events: [
        {
          raw: { client: "203.0.113.9", user: "mira", url: "/a?b=[1]", bytes: "512" },
          position: 1,
          source: { name: "access", confidence: "certain" },
        },
        { position: 2 },
      ],
      findings: ["3 not-an-event: 2 lines fit no pattern of the mapping"],
    });
  });

  test("several patterns, the first that fits; braces themselves; a text that ends the line", async () => {
    const toml = `name = "x"
format = "lines"
pattern = ["{time} {{{a}}} done.", "{time} {b}"]
rest = "labels"
${time}`;
    const log = "2026-01-05T08:00:00Z {x y} done.\n2026-01-05T08:00:00Z {x} done. Not.\n";
    const { documents } = await readWith(toml, log);
    expect(documents).toMatchObject([
      { labels: { a: "x y" } },
      { labels: { b: "{x} done. Not." } },
    ]);
  });

  test("matching stays linear on hostile lines", async () => {
    const toml = `name = "x"
format = "lines"
pattern = "{a}  {b} ] {c} [ {time}"
${time}`;
    const { findings } = await readWith(
      toml,
      `${" ] ".repeat(100_000)}\n${" ".repeat(500_000)}x\n`,
    );
    expect(findings).toEqual(["1 not-an-event: 2 lines fit no pattern of the mapping"]);
  });
});

describe("pairs", () => {
  test("a firewall's line: quotes, escapes, a name that comes again", async () => {
    const toml = `name = "firewall"
format = "key-value"

[[field]]
from = "ts"
to = "@timestamp"
format = ["UNIX", "ISO8601"]

[[field]]
from = ["srcip", "src"]
to = "source.ip"

[[field]]
from = "count"
to = "source.packets"

[[field]]
from = "msg"
to = "message"
`;
    const log = [
      'ts=1767600000.25 srcip=203.0.113.7 msg="he said \\"no\\" = deny" count=3 count=4 noise',
      "ts=2026-01-05T08:00:00Z src=2001:DB8::1 msg= count=many",
    ].join("\n");
    const { documents, findings } = await readWith(toml, log);
    expect(documents).toEqual([
      {
        "@timestamp": "2026-01-05T08:00:00.250Z",
        source: { ip: "203.0.113.7", packets: 3 },
        message: 'he said "no" = deny',
      },
      { "@timestamp": "2026-01-05T08:00:00.000Z", source: { ip: "2001:db8::1" } },
    ]);
    expect(findings).toEqual([
      "2 bad-value: 1 value does not fit `source.packets` (number, from `count`): left out",
    ]);
  });

  test("other signs between", async () => {
    const toml = `name = "x"
format = "key-value"
rest = "labels"
[key-value]
between = ", "
assign = ":"
${time}`;
    const { documents } = await readWith(toml, 'a: 1 2, time:2026-01-05T08:00:00Z, b:"x, y"\n');
    expect(documents).toMatchObject([{ labels: { a: "1 2", b: "x, y" } }]);
  });
});

describe("tables and JSON", () => {
  test("CSV without names in it, another delimiter", async () => {
    const toml = `name = "x"
format = "csv"
[csv]
delimiter = ";"
columns = ["time", "user", "n"]
${time}
[[field]]
from = "user"
to = "user.name"
`;
    const { documents } = await readWith(toml, "2026-01-05T08:00:00Z;mira;1\n");
    expect(documents).toMatchObject([{ user: { name: "mira" } }]);
  });

  test("JSON in a column, paths, lists, `where`, the rest", async () => {
    const toml = `name = "audit"
format = "csv"
where = 'data.op != "ping" and number(n) > 1'
rest = "audit"

[[expand]]
field = "data"
as = "json"

${time}
[[field]]
from = "data.user.name"
to = "user.name"

[[field]]
from = "data.groups"
to = "user.group.name"

[[field]]
from = "hosts"
to = "related.hosts"
split = ","

[[field]]
to = "event.outcome"
value = "failure"
where = 'data.ok == false'
`;
    const row = (n: number, data: object) =>
      `2026-01-05T08:00:00Z,${n},"a, b","${JSON.stringify(data).replaceAll('"', '""')}"\n`;
    const log = [
      "time,n,hosts,data\n",
      row(2, { op: "login", user: { name: "mira", id: 7 }, groups: ["a", "b"], ok: false }),
      row(1, { op: "login" }),
      row(9, { op: "ping" }),
      row(2, { op: "x", ok: true, __proto__: null }),
    ].join("");
    const { documents, findings } = await readWith(toml, log);
    expect(documents).toEqual([
      {
        "@timestamp": "2026-01-05T08:00:00.000Z",
        user: { name: "mira", group: { name: ["a", "b"] } },
        related: { hosts: ["a", "b"] },
        event: { outcome: "failure" },
        audit: { n: "2", data: { op: "login", user: { id: 7 }, ok: false } },
      },
      {
        "@timestamp": "2026-01-05T08:00:00.000Z",
        related: { hosts: ["a", "b"] },
        audit: { n: "2", data: { op: "x", ok: true } },
      },
    ]);
    expect(findings).toEqual(["3 left-out: 2 events do not meet the mapping's `where`: left out"]);
  });

  test("hostile names stay names", async () => {
    const toml = `name = "x"
format = "json"
rest = "x"
${time}
[[field]]
from = "__proto__"
to = "labels.__proto__"
`;
    const log = '{"time":"2026-01-05T08:00:00Z","__proto__":"p","constructor":{"a":1}}';
    const { documents } = await readWith(toml, log);
    expect(JSON.parse(JSON.stringify(documents[0]))).toEqual(
      JSON.parse(
        '{"labels":{"__proto__":"p"},"x":{"constructor":{"a":1}},"@timestamp":"2026-01-05T08:00:00.000Z"}',
      ),
    );
    expect(Reflect.get({}, "a")).toBeUndefined();
  });

  test("the stream, and the files that a map is for", async () => {
    const toml = `name = "x"
format = "json"
files = ["*.audit", "y*"]
stream = "logs-x.audit-default"
${time}`;
    const maps = [mapOf(toml)];
    const log = Buffer.from('{"time":"2026-01-05T08:00:00Z"}');
    const index = async (name: string) => (await readBoth(log, name, { maps })).events[0]?.index;
    expect(await index("a.zip!folder/b.audit")).toBe("logs-x.audit-default");
    expect(await index("folder/y1")).toBe("logs-x.audit-default");
    expect(await index("b.audit.json")).toBeUndefined();
  });
});

describe("dates", () => {
  test.each([
    ["yyyy-MM-dd HH:mm:ss.SSS", "", "2026-01-05 08:00:00.1234567", "2026-01-05T08:00:00.1234567Z"],
    ["M/d/yyyy h:mm:ss a", "", "1/5/2026 8:00:00 PM", "2026-01-05T20:00:00.000Z"],
    ["M/d/yyyy h:mm:ss a", "", "1/5/2026 12:00:00 AM", "2026-01-05T00:00:00.000Z"],
    ["EEE, dd MMM yy HH:mm:ss Z", "", "Mon, 05 Jan 26 08:00:00 GMT", "2026-01-05T08:00:00.000Z"],
    ["MMM d HH:mm:ss", "year = 2026", "Jan  5 08:00:00", "2026-01-05T08:00:00.000Z"],
    [
      "dd.MM.yyyy 'um' HH:mm",
      'zone = "Europe/Berlin"',
      "05.07.2026 um 10:00",
      "2026-07-05T08:00:00.000Z",
    ],
    ["UNIX_MS", "", "1767600000123.5", "2026-01-05T08:00:00.1235Z"],
    ["UNIX", "", "1767600000", "2026-01-05T08:00:00.000Z"],
    ["ISO8601", "", "2026-01-05T10:00:00+02:00", "2026-01-05T08:00:00.000Z"],
  ])("%s %s", async (format, more, text, expected) => {
    const toml = `name = "x"
format = "json"
[[field]]
from = "t"
to = "@timestamp"
format = "${format}"
${more}
`;
    const { documents } = await readWith(toml, JSON.stringify({ t: text }), { timezone: "+00:00" });
    expect(documents).toEqual([{ "@timestamp": expected }]);
  });

  test("a time without a zone is reported, or in the zone that was named", async () => {
    const toml = `name = "x"\nformat = "json"\n${time}`;
    const log = '{"time":"2026-01-05 10:00:00"}';
    const first = await readWith(toml, log);
    expect(first.findings).toMatchObject([expect.stringContaining("1 local-time: ")]);
    const second = await readWith(toml, log, { timezone: "Europe/Helsinki" });
    expect(second).toMatchObject({
      documents: [{ "@timestamp": "2026-01-05T08:00:00.000Z" }],
      findings: [],
    });
  });

  test.each(["31.02.2026 08:00", "05.01.2026 25:00", "05.01.2026", "05.01.2026 08:00 x", "x"])(
    "%s is none",
    async (text) => {
      const toml = `name = "x"
format = "json"
rest = "x"
[[field]]
from = "t"
to = "@timestamp"
format = "dd.MM.yyyy HH:mm"
`;
      const { documents, findings } = await readWith(toml, JSON.stringify({ t: text, a: 1 }));
      expect(documents).toEqual([{ x: { a: 1 } }]);
      expect(findings).toEqual([
        "1 bad-value: 1 value does not fit `@timestamp` (date, from `t`): left out",
        "1 no-timestamp: 1 event has no time",
      ]);
    },
  );
});

describe("what is wrong with a mapping", () => {
  const lines = (...text: readonly string[]) => text.join("\n");
  const good = ['name = "x"', 'format = "json"', "[[field]]", 'from = "t"', 'to = "@timestamp"'];
  test.each([
    ["no TOML", "name = ", "1:8: error[map/syntax]: invalid value"],
    ["nothing", "", "1:1: error[map/missing-key]: the mapping has no `format`"],
    [
      "no name",
      lines(...good.slice(1)),
      "1:1: error[map/missing-key]: the mapping has no `name`: what these logs are called",
    ],
    [
      "no fields",
      lines('name = "x"', 'format = "json"'),
      "1:1: error[map/missing-key]: the mapping has no `[[field]]`",
    ],
    [
      "unknown format",
      lines(good[0] ?? "", 'format = "jso"', ...good.slice(2)),
      "2:10: error[map/bad-value]: `format` is `jso`, expected one of lines, key-value,",
    ],
    [
      "unknown key",
      lines('nam = "y"', ...good),
      "1:7: error[map/unknown-key]: `nam` means nothing here",
    ],
    [
      "unknown key of a field",
      lines(...good, "form = 1"),
      "6:8: error[map/unknown-key]: `form` means nothing here",
    ],
    [
      "neither from nor value",
      lines(...good, "[[field]]", 'to = "user.name"'),
      "6:1: error[map/missing-key]: a field has either `from`",
    ],
    ["a bad condition", lines(...good, 'where = "a == "'), "6:14: error[eql/syntax]"],
    [
      "a condition that goes on",
      lines(...good, `where = 'a == 1 | head 1'`),
      "6:9: error[map/bad-value]: `where` is a condition on one event",
    ],
    [
      "no pattern",
      lines('name = "x"', 'format = "lines"', ...good.slice(2)),
      "2:10: error[map/missing-key]: lines need a `pattern`",
    ],
    [
      "an open brace",
      lines('name = "x"', 'format = "lines"', 'pattern = "{a} {b"', ...good.slice(2)),
      "3:16: error[map/bad-pattern]: `{` is not closed",
    ],
    [
      "names without text between",
      lines('name = "x"', 'format = "lines"', 'pattern = ["{a} {b}", "{a}{b}"]', ...good.slice(2)),
      "3:27: error[map/bad-pattern]: between two names there must be some text",
    ],
    [
      "a bad regex",
      lines('name = "x"', 'format = "lines"', 'pattern = "{a:[0-} x"', ...good.slice(2)),
      "3:15: error[map/bad-pattern]",
    ],
    [
      "a pattern for another format",
      lines(...good.slice(0, 2), 'pattern = "{a}"', ...good.slice(2)),
      '3:11: error[map/bad-value]: `pattern` belongs to `format = "lines"`',
    ],
    [
      "no date format",
      lines(...good, 'format = "yyyy-MM-QQ"'),
      "6:10: error[map/bad-value]: `Q` means nothing in a date format",
    ],
    [
      "no year",
      lines(...good, 'format = "MMM d HH:mm"'),
      "6:10: error[map/bad-value]: the date format has no year: say which with `year`",
    ],
    [
      "no zone",
      lines(...good, 'zone = "Mars/Olympus"'),
      "6:8: error[map/bad-value]: there is no time zone Mars/Olympus",
    ],
    [
      "a bad field name",
      lines(...good, "[[field]]", 'from = "a"', 'to = "a..b"'),
      "8:6: error[map/bad-value]: `a..b` is no name of a field",
    ],
    [
      "an unknown field",
      lines(...good, "[[field]]", 'from = "a"', 'to = "process.nmae"'),
      "8:6: warning[map/unknown-field]: no schema names the field `process.nmae`",
    ],
    [
      "no time",
      lines(...good.slice(0, 3), 'from = "a"', 'to = "user.name"'),
      "1:1: warning[map/no-time]: no field goes to `@timestamp`",
    ],
    [
      "a bad stream",
      lines('stream = "proxy"', ...good),
      "1:10: error[map/bad-value]: a data stream is named type-dataset-namespace",
    ],
  ])("%s", (_name, text, expected) => {
    const { map, diagnostics } = readMapping({ name: "m", text });
    const shown = diagnostics.map(formatDiagnosticLine);
    expect(
      shown.some((line) => line.startsWith(`m:${expected}`)),
      shown.join("\n"),
    ).toBe(true);
    expect(map === undefined).toBe(diagnostics.some(({ severity }) => severity === "error"));
  });
});
