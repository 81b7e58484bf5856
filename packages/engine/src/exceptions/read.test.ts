import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Diagnostic, positionAt } from "@harrier/lang/text";
import { parseInstant } from "@harrier/lang/values";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  exportExceptions,
  parseValueListRequest,
  type ReadExceptions,
  readExceptionFiles,
  readExceptions,
  readValueLists,
} from "./index.ts";

let folder = "";
let count = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "harrier-exceptions-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function write(name: string, text: string): Promise<string> {
  count += 1;
  const path = join(folder, `${count}-${name}`);
  await writeFile(path, text);
  return path;
}

async function read(name: string, text: string): Promise<ReadExceptions> {
  const files = await readExceptionFiles([await write(name, text)]);
  expect(files.failures).toEqual([]);
  return readExceptions(files);
}

/** `line:column text`, then what is wrong there. */
function placesOf(diagnostics: readonly Diagnostic[]): readonly string[] {
  return diagnostics.map(({ span: { source, start, end }, message }) => {
    const { line, column } = positionAt(source.text, start);
    return `${line}:${column} ${source.text.slice(start, end)}: ${message}`;
  });
}

const ndjson = (...lines: readonly object[]) =>
  lines.map((line) => `${JSON.stringify(line)}\n`).join("");

const list = {
  list_id: "shared",
  name: "Shared",
  description: "d",
  type: "detection",
  namespace_type: "single",
  tags: ["t"],
  _version: "Wz==",
};
const entry = { field: "user.name", operator: "included", type: "match", value: "svc-scan" };
const item = {
  item_id: "i-1",
  list_id: "shared",
  name: "Scanner",
  description: "The scanner's account",
  type: "simple",
  namespace_type: "single",
  os_types: ["linux", "macos"],
  tags: [],
  comments: [{ comment: "Ticket 1", created_by: "ada", created_at: "2026-01-01T00:00:00Z" }],
  expire_time: "2026-12-31T00:00:00.000Z",
  entries: [entry],
};

describe("exceptions from an export", () => {
  it("are lists and items; unknown keys stay", async () => {
    const details = {
      exported_exception_list_count: 1,
      exported_exception_list_item_count: 1,
      missing_exception_lists: [],
    };
    const { lists, items, refused, diagnostics } = await read(
      "lists.ndjson",
      ndjson(list, item, details),
    );
    expect(diagnostics).toEqual([]);
    expect(refused).toBe(0);
    expect(lists).toEqual([
      {
        listId: "shared",
        name: "Shared",
        type: "detection",
        namespace: "single",
        ruleIds: [],
        parameters: list,
      },
    ]);
    expect(items).toMatchObject([
      {
        itemId: "i-1",
        listId: "shared",
        name: "Scanner",
        namespace: "single",
        osTypes: ["linux", "macos"],
        expireTime: parseInstant("2026-12-31T00:00:00Z"),
        entries: [{ type: "match", field: "user.name", operator: "included", value: "svc-scan" }],
        ruleIds: [],
        parameters: item,
      },
    ]);
  });

  it("may be a list of the API's objects", async () => {
    const { items } = await read("items.json", JSON.stringify({ data: [item], total: 1 }));
    expect(items.map(({ itemId }) => itemId)).toEqual(["i-1"]);
  });

  it("have every type of entry", async () => {
    const entries = [
      { ...entry, operator: "excluded" },
      { field: "a", operator: "included", type: "match_any", value: ["x", "y"] },
      { field: "b", operator: "excluded", type: "exists" },
      { field: "c", operator: "included", type: "wildcard", value: "C:\\\\*" },
      { field: "d", operator: "included", type: "list", list: { id: "hosts", type: "ip_range" } },
      {
        field: "process.Ext.code_signature",
        type: "nested",
        entries: [{ field: "trusted", operator: "included", type: "match", value: "true" }],
      },
    ];
    const { items, diagnostics } = await read("all.ndjson", ndjson({ ...item, entries }));
    expect(diagnostics).toEqual([]);
    expect(items[0]?.entries).toEqual([
      { type: "match", field: "user.name", operator: "excluded", value: "svc-scan" },
      { type: "match_any", field: "a", operator: "included", values: ["x", "y"] },
      { type: "exists", field: "b", operator: "excluded" },
      { type: "wildcard", field: "c", operator: "included", value: "C:\\\\*" },
      { type: "list", field: "d", operator: "included", list: { id: "hosts", type: "ip_range" } },
      {
        type: "nested",
        field: "process.Ext.code_signature",
        entries: [{ type: "match", field: "trusted", operator: "included", value: "true" }],
      },
    ]);
  });

  it("count once where two files have the same item, and are told where the items differ", async () => {
    const same = await read("twice.ndjson", ndjson(item, { ...item, _version: "2" }));
    expect([same.items.length, same.refused, same.diagnostics]).toEqual([1, 0, []]);
    const other = { ...item, entries: [{ ...entry, value: "root" }] };
    const differing = await read("two.ndjson", ndjson(item, other));
    expect([differing.items.length, differing.refused]).toEqual([1, 1]);
    expect(placesOf(differing.diagnostics)).toEqual([
      '2:12 "i-1": another item has the id i-1: `Scanner`',
    ]);
  });

  it("that lost lines are told", async () => {
    const text = ndjson(list, item, {
      exported_exception_list_count: 1,
      exported_exception_list_item_count: 2,
    });
    const { exceptionItems, diagnostics } = await readExceptionFiles([
      await write("short.ndjson", text),
    ]);
    expect(exceptionItems).toHaveLength(1);
    expect(diagnostics.map(({ message }) => message)).toEqual([
      "the export counts 2 exception items, the file holds 1",
    ]);
  });
});

describe("an item that can't be applied", () => {
  const cases: readonly (readonly [string, object, string])[] = [
    ["no entries", { entries: undefined }, "1:1 {: there are no `entries`"],
    [
      "an empty list of entries",
      { entries: [] },
      "[]: `entries` is an empty list, expected entries",
    ],
    ["an entry that is none", { entries: [3] }, "3: an entry is 3, expected an object"],
    [
      "an unknown type",
      { entries: [{ ...entry, type: "match_all" }] },
      '"match_all": there are no entries of type `match_all`',
    ],
    ["no type", { entries: [{ ...entry, type: undefined }] }, "{: the entry has no `type`"],
    [
      "an unknown operator",
      { entries: [{ ...entry, operator: "include" }] },
      '"include": `operator` is `include`, expected `included` or `excluded`',
    ],
    [
      "no operator",
      { entries: [{ ...entry, operator: undefined }] },
      "{: the entry has no `operator`",
    ],
    ["no field", { entries: [{ ...entry, field: undefined }] }, "{: the entry has no `field`"],
    [
      "an empty value",
      { entries: [{ ...entry, value: "" }] },
      '"": `value` is an empty text, expected a text',
    ],
    ["no value", { entries: [{ ...entry, value: undefined }] }, "{: the entry has no `value`"],
    [
      "an empty value among others",
      { entries: [{ ...entry, type: "match_any", value: ["a", ""] }] },
      '"": `value` is an empty text, expected a text',
    ],
    [
      "no values",
      { entries: [{ ...entry, type: "match_any", value: [] }] },
      "[]: `value` is an empty list, expected a list of texts",
    ],
    [
      "one value for several",
      { entries: [{ ...entry, type: "match_any", value: "a" }] },
      '"a": `value` is `a`, expected a list of texts',
    ],
    [
      "a list without a name",
      { entries: [{ field: "a", operator: "included", type: "list", list: { type: "ip" } }] },
      '{"type":"ip"}: the entry has no `list.id`',
    ],
    [
      "a list of another type",
      {
        entries: [
          { field: "a", operator: "included", type: "list", list: { id: "l", type: "date" } },
        ],
      },
      '"date": value lists of type `date` are not supported',
    ],
    [
      "a list inside a nested entry",
      {
        entries: [
          {
            field: "a",
            type: "nested",
            entries: [{ field: "b", operator: "included", type: "list", list: { id: "l" } }],
          },
        ],
      },
      '"list": a `nested` entry holds no entries of type `list`',
    ],
    [
      "a bad time",
      { expire_time: "tomorrow" },
      '"tomorrow": `expire_time` is `tomorrow`, expected a time',
    ],
    ["a bad system", { os_types: ["linux", "bsd"] }, '"bsd": there is no operating system `bsd`'],
    ["no list", { list_id: undefined }, "{: the item belongs to no list and no rule"],
  ];

  it.each(cases)("has %s", async (_, change, expected) => {
    const bad = { ...item, ...change };
    const good = { ...item, item_id: "i-2" };
    const { items, refused, diagnostics } = await read("bad.ndjson", ndjson(bad, good));
    expect(items.map(({ itemId }) => itemId)).toEqual(["i-2"]);
    expect(refused).toBe(1);
    expect(placesOf(diagnostics)).toHaveLength(1);
    expect(placesOf(diagnostics)[0]).toContain(expected);
    expect(diagnostics[0]?.severity).toBe("error");
  });

  it("is never read past what it says, whatever that is", () => {
    const hostile = fc.dictionary(
      fc.constantFrom("item_id", "list_id", "entries", "os_types", "expire_time", "__proto__"),
      fc.jsonValue({ maxDepth: 4 }),
    );
    fc.assert(
      fc.property(hostile, (value) => {
        const source = { name: "x.json", text: JSON.stringify(value) };
        const spanOf = () => ({ source, start: 0, end: 0 });
        const object = { value, form: "api", source, spanOf } as const;
        const set = readExceptions({ exceptionLists: [object], exceptionItems: [object] });
        expect(set.items.length + set.refused).toBe(1);
        const errors = set.diagnostics.filter(({ severity }) => severity === "error");
        expect(errors.length >= set.refused).toBe(true);
      }),
    );
  });
});

describe("our own file", () => {
  const text = `# Agreed with the platform team
[[exception]]
name = "Nightly backup"
rule_ids = ["rule-1", "rule-2"]
expire_time = 2026-12-31T12:00:00+02:00
os_types = ["windows"]
comment = "Ticket 4711"

[[exception.entries]]
field = "process.executable"
value = 'C:\\Program Files\\Backup\\backup.exe'

[[exception.entries]]
field = "user.name"
operator = "excluded"
value = ["guest", "temp"]

[[exception.entries]]
field = "host.name"
list = "backup-hosts.txt"

[[exception.entries]]
field = "process.Ext.code_signature"
entries = [{ field = "trusted", value = true }, { field = "subject_name", type = "exists" }]

[[exception]]
name = "Of a list"
list_id = "shared"
expire_time = 2026-12-31
entries = [{ field = "process.pid", value = 4 }]

[[exception_list]]
list_id = "shared"
rule_ids = ["rule-3"]
`;

  it("says in few words what the API says in many", async () => {
    const { lists, items, diagnostics } = await read("own.toml", text);
    expect(diagnostics).toEqual([]);
    expect(lists).toMatchObject([{ listId: "shared", type: "detection", ruleIds: ["rule-3"] }]);
    expect(items).toMatchObject([
      {
        name: "Nightly backup",
        ruleIds: ["rule-1", "rule-2"],
        osTypes: ["windows"],
        expireTime: parseInstant("2026-12-31T10:00:00Z"),
        entries: [
          {
            type: "match",
            field: "process.executable",
            operator: "included",
            value: "C:\\Program Files\\Backup\\backup.exe",
          },
          {
            type: "match_any",
            field: "user.name",
            operator: "excluded",
            values: ["guest", "temp"],
          },
          {
            type: "list",
            field: "host.name",
            operator: "included",
            list: { id: "backup-hosts.txt" },
          },
          {
            type: "nested",
            entries: [
              { type: "match", field: "trusted", value: "true" },
              { type: "exists", field: "subject_name" },
            ],
          },
        ],
        parameters: { comments: [{ comment: "Ticket 4711" }] },
      },
      {
        name: "Of a list",
        listId: "shared",
        ruleIds: [],
        expireTime: parseInstant("2026-12-31T00:00:00Z"),
        entries: [{ type: "match", field: "process.pid", value: "4" }],
      },
    ]);
  });

  it("points at what is wrong", async () => {
    const bad = `[[exception]]
name = "Bound to nothing"

[[exception.entries]]
field = "user.name"
value = ""

[[exception]]
name = "Bound to what is no list"
rule_ids = "rule-1"
entries = [{ field = "user.name" }]
`;
    const { refused, diagnostics } = await read("bad.toml", bad);
    expect(refused).toBe(2);
    expect(placesOf(diagnostics)).toEqual([
      '6:9 "": `value` is an empty text, expected a text',
      "1:1 [[exception]]: the item belongs to no list and no rule",
      '11:12 { field = "user.name" }: the entry has no `type`',
      '10:12 "rule-1": `rule_ids` is no list of rule ids',
      "8:1 [[exception]]: the item belongs to no list and no rule",
    ]);
  });

  it("of the rule repository binds its lists to rules", async () => {
    const repository = `[metadata]
list_name = "Shared"
rule_ids = ["rule-1"]
rule_names = ["Rule 1"]

[[exceptions]]
[exceptions.container]
list_id = "shared"
name = "Shared"
type = "rule_default"

[[exceptions.items]]
item_id = "i-1"
list_id = "shared"
name = "Scanner"
type = "simple"

[[exceptions.items.entries]]
field = "user.name"
operator = "included"
type = "match"
value = "svc-scan"
`;
    const { lists, items, diagnostics } = await read("repository.toml", repository);
    expect(diagnostics).toEqual([]);
    expect(lists).toMatchObject([{ listId: "shared", type: "rule_default", ruleIds: ["rule-1"] }]);
    expect(items).toMatchObject([{ itemId: "i-1", listId: "shared", ruleIds: [] }]);
  });

  it.each(["ndjson", "toml"] as const)("is the same after it was written as %s", async (format) => {
    const before = await read("before.toml", text);
    const after = await read(`after.${format}`, exportExceptions(before, format));
    const contentOf = ({
      name,
      entries,
      osTypes,
      expireTime,
      itemId,
    }: (typeof before.items)[number]) => ({
      name,
      entries: JSON.parse(
        JSON.stringify(entries).replace(
          '"list":{"id":"backup-hosts.txt"}',
          '"list":{"id":"backup-hosts.txt","type":"keyword"}',
        ),
      ),
      osTypes,
      expireTime,
      itemId,
    });
    expect(after.diagnostics).toEqual([]);
    if (format === "toml")
      expect(after.items.map((each) => each.entries)).toEqual(
        before.items.map((each) => each.entries),
      );
    expect(after.items.map(contentOf)).toEqual(before.items.map(contentOf));
    // Rules that items name themselves are rules of a list of theirs, where there is no other place.
    const boundTo = (set: ReadExceptions) =>
      set.items.map(({ ruleIds, listId }) =>
        ruleIds.length > 0
          ? ruleIds
          : set.lists.filter((each) => each.listId === listId).flatMap((each) => each.ruleIds),
      );
    expect(boundTo(after)).toEqual(boundTo(before));
  });

  it("is not damaged by a way through both forms", async () => {
    const before = await read("in.ndjson", ndjson(list, item));
    const toml = await read("way.toml", exportExceptions(before, "toml"));
    const after = await read("out.ndjson", exportExceptions(toml, "ndjson"));
    expect(after.lists[0]?.parameters).toEqual({ ...list, os_types: [] });
    expect(after.items[0]?.parameters).toEqual(item);
  });
});

describe("files", () => {
  it("without exceptions are failures", async () => {
    const path = await write("rule.toml", '[rule]\nname = "x"\n');
    const { failures } = await readExceptionFiles([path, join(folder, "missing.toml")]);
    expect(failures.map(({ diagnostics }) => diagnostics[0]?.code)).toEqual([
      "exception/no-exception",
      "rule/unreadable",
    ]);
  });
});

describe("value lists", () => {
  it.each([
    ["lists/hosts.txt", { id: "hosts.txt", file: "lists/hosts.txt" }],
    ["C:\\lists\\hosts.txt", { id: "hosts.txt", file: "C:\\lists\\hosts.txt" }],
    ["hosts=a.txt", { id: "hosts", file: "a.txt" }],
    ["hosts:ip=a.txt", { id: "hosts", type: "ip", file: "a.txt" }],
    ["hosts:port=a=b.txt", { id: "hosts:port", file: "a=b.txt" }],
    ["hosts=", undefined],
    ["=a.txt", undefined],
    [":ip=a.txt", undefined],
    ["", undefined],
  ])("%s is %j", (text, expected) => {
    expect(parseValueListRequest(text)).toEqual(expected);
  });

  it("hold one value a line; files of one name are one list", async () => {
    const first = await write("a.csv", 'one\r\n\r\n  two  \n"say ""three"""\none\n"a,b"');
    const second = await write("b.txt", '"four"\n');
    const { lists, diagnostics } = await readValueLists([
      { id: "l", file: first },
      { id: "l", type: "ip", file: second },
    ]);
    expect(diagnostics).toEqual([]);
    expect(lists.get("l")).toMatchObject({
      id: "l",
      type: "ip",
      values: ["one", "two", 'say "three"', "a,b", '"four"'],
    });
  });

  it("take a star literally, and say so (C36)", async () => {
    const file = await write("cdn.txt", "a.example\n  *.cdn.example\n*.b.example\n");
    const { lists, diagnostics } = await readValueLists([{ id: "l", file }]);
    expect(lists.get("l")?.values).toEqual(["a.example", "*.cdn.example", "*.b.example"]);
    expect(placesOf(diagnostics)).toEqual([
      "2:3 *.cdn.example: a value list takes `*` literally, and 1 more like it",
    ]);
    expect(diagnostics[0]?.hint).toContain("`wildcard` (matches)");
  });

  it("that can't be read are errors", async () => {
    const { lists, diagnostics } = await readValueLists([{ id: "l", file: join(folder, "none") }]);
    expect(lists.size).toBe(0);
    expect(diagnostics).toMatchObject([{ severity: "error", code: "rule/unreadable" }]);
  });
});
