import { ecsSchema } from "@harrier/lang/ecs";
import { type Predicate, printPredicate } from "@harrier/lang/ir";
import { ConditionSet, type EventDocument, evaluatePredicate } from "@harrier/lang/match";
import type { Diagnostic } from "@harrier/lang/text";
import { parseInstant } from "@harrier/lang/values";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  compileExceptions,
  compileItems,
  type ExceptionItem,
  type RunClock,
  readExceptions,
  type ValueList,
} from "./index.ts";

type Raw = Readonly<Record<string, unknown>>;

function itemsOf(...raws: readonly Raw[]): readonly ExceptionItem[] {
  const source = { name: "items.json", text: "" };
  const exceptionItems = raws.map((raw, index) => {
    const value = { item_id: `i-${index}`, list_id: "l", ...raw };
    return { value, form: "api", source, spanOf: () => ({ source, start: 0, end: 0 }) } as const;
  });
  const { items, diagnostics } = readExceptions({ exceptionLists: [], exceptionItems });
  expect(diagnostics).toEqual([]);
  return items;
}

const entry = (field: string, type: string, value?: unknown, operator = "included"): Raw => ({
  field,
  operator,
  type,
  ...(type === "list" ? { list: value } : value === undefined ? {} : { value }),
});
const item = (...entries: readonly Raw[]): Raw => ({ entries });

function valueList(id: string, values: readonly string[], type?: ValueList["type"]): ValueList {
  return { id, values, source: { name: id, text: "" }, ...(type === undefined ? {} : { type }) };
}

const instant = (text: string): bigint => parseInstant(text) ?? 0n;
const clock: RunClock = {
  intervalMs: 300_000,
  to: "now",
  timeFields: ["@timestamp"],
  hasFallback: true,
};
const now = instant("2026-06-01T00:00:00Z");

function compile(
  raws: readonly Raw[],
  { lists = [], timing = clock }: { lists?: readonly ValueList[]; timing?: RunClock } = {},
): { readonly predicate: Predicate; readonly diagnostics: readonly Diagnostic[] } {
  const { predicate, diagnostics } = compileExceptions(itemsOf(...raws), {
    schema: ecsSchema,
    valueLists: new Map(lists.map((list) => [list.id, list])),
    now,
    clock: timing,
  });
  return { predicate: predicate ?? { kind: "constant", value: false }, diagnostics };
}

/** Whether the entries as one item hold for an event. */
function holds(
  entries: readonly Raw[],
  document: EventDocument,
  lists: readonly ValueList[] = [],
): boolean {
  const { predicate } = compile([item(...entries)], { lists });
  return evaluatePredicate(predicate, document);
}

describe("an entry", () => {
  const cases: readonly (readonly [string, Raw, EventDocument, boolean])[] = [
    ["text exactly", entry("process.name", "match", "a.exe"), { process: { name: "a.exe" } }, true],
    [
      "case counts (C34)",
      entry("process.name", "match", "Backup.exe"),
      { process: { name: "backup.exe" } },
      false,
    ],
    [
      "but not for .caseless",
      entry("process.name.caseless", "match", "Backup.exe"),
      { process: { name: "backup.EXE" } },
      true,
    ],
    [
      ".caseless patterns",
      entry("process.name.caseless", "wildcard", "BACK*"),
      { process: { name: "backup.EXE" } },
      true,
    ],
    [
      "any value of an array",
      entry("process.args", "match", "-x"),
      { process: { args: ["-y", "-x"] } },
      true,
    ],
    ["a number by its text", entry("process.pid", "match", "4"), { process: { pid: 4 } }, true],
    [
      "a number as text in the event",
      entry("process.pid", "match", "4.0"),
      { process: { pid: "4" } },
      true,
    ],
    [
      "true by its text",
      entry("process.code_signature.trusted", "match", "true"),
      { process: { code_signature: { trusted: true } } },
      true,
    ],
    [
      "an address",
      entry("source.ip", "match", "::ffff:10.0.0.1"),
      { source: { ip: "10.0.0.1" } },
      true,
    ],
    [
      "an address in a block",
      entry("source.ip", "match", "10.0.0.0/8"),
      { source: { ip: "10.200.0.1" } },
      true,
    ],
    [
      "an address outside",
      entry("source.ip", "match", "10.0.0.0/8"),
      { source: { ip: "11.0.0.1" } },
      false,
    ],
    [
      "a day",
      entry("process.start", "match", "2026-05-01"),
      { process: { start: "2026-05-01T23:59:59.999Z" } },
      true,
    ],
    [
      "the day before",
      entry("process.start", "match", "2026-05-01"),
      { process: { start: "2026-04-30T23:59:59.999Z" } },
      false,
    ],
    [
      "a minute",
      entry("process.start", "match", "2026-05-01T10:30"),
      { process: { start: "2026-05-01T10:30:59Z" } },
      true,
    ],
    [
      "what no schema names, as text",
      entry("custom.code", "match", "4624"),
      { custom: { code: 4624 } },
      true,
    ],
    ["any of several", entry("user.name", "match_any", ["a", "b"]), { user: { name: "b" } }, true],
    [
      "none of several",
      entry("user.name", "match_any", ["a", "b"], "excluded"),
      { user: { name: ["c", "b"] } },
      false,
    ],
    ["excluded, and the field is missing", entry("user.name", "match", "a", "excluded"), {}, true],
    [
      "excluded, and one value is it",
      entry("user.name", "match", "a", "excluded"),
      { user: { name: ["b", "a"] } },
      false,
    ],
    ["exists", entry("user.name", "exists"), { user: { name: "" } }, true],
    ["exists not for null", entry("user.name", "exists"), { user: { name: null } }, false],
    ["exists not for an empty list", entry("user.name", "exists"), { user: { name: [] } }, false],
    [
      "does not exist",
      entry("user.name", "exists", undefined, "excluded"),
      { user: { name: [null] } },
      true,
    ],
    [
      "a pattern for the whole value",
      entry("file.path", "wildcard", "/opt/*/bin"),
      { file: { path: "/opt/a/b/bin" } },
      true,
    ],
    [
      "a pattern, not a part",
      entry("file.path", "wildcard", "/opt/*"),
      { file: { path: "/var/opt/x" } },
      false,
    ],
    [
      "a pattern in another case",
      entry("file.path", "wildcard", "/OPT/*"),
      { file: { path: "/opt/x" } },
      false,
    ],
    ["one character", entry("user.name", "wildcard", "svc-??"), { user: { name: "svc-0é" } }, true],
    ["an escaped star", entry("user.name", "wildcard", "a\\*b*"), { user: { name: "a*bc" } }, true],
    [
      "an escaped star is no run",
      entry("user.name", "wildcard", "a\\*b*"),
      { user: { name: "axbc" } },
      false,
    ],
    [
      "an escaped question mark",
      entry("user.name", "wildcard", "a\\??"),
      { user: { name: "a?b" } },
      true,
    ],
    [
      "a pattern across lines",
      entry("user.name", "wildcard", "a\\**c"),
      { user: { name: "a*\nc" } },
      true,
    ],
    [
      "a pattern without wildcards",
      entry("user.name", "wildcard", "a\\.b"),
      { user: { name: "a.b" } },
      true,
    ],
    [
      "a pattern, excluded",
      entry("user.name", "wildcard", "svc-*", "excluded"),
      { user: { name: "ada" } },
      true,
    ],
    [
      "single backslashes (C32)",
      entry("file.path", "wildcard", "C:\\Users\\*\\upd.exe"),
      { file: { path: "C:\\Users\\li\\upd.exe" } },
      false,
    ],
    [
      "double backslashes (C32)",
      entry("file.path", "wildcard", "C:\\\\Users\\\\*\\\\upd.exe"),
      { file: { path: "C:\\Users\\li\\upd.exe" } },
      true,
    ],
  ];
  it.each(cases)("%s", (_, raw, document, expected) => {
    expect(holds([raw], document)).toBe(expected);
  });

  describe("of a text", () => {
    const message = { message: "Logon failed: Access denied for ADA\\svc" };
    it.each([
      ["words in a row, in any case", entry("message", "match", "access DENIED"), true],
      ["words, not in a row", entry("message", "match", "logon denied"), false],
      ["any of several phrases", entry("message", "match_any", ["no such", "access denied"]), true],
      ["any of several words", entry("message", "match_any", ["quota", "denied"]), true],
      ["no words at all", entry("message", "match", "::"), false],
      ["a pattern for a word", entry("message", "wildcard", "DEN*"), true],
      ["a pattern for more than a word", entry("message", "wildcard", "access den*"), false],
      ["without the words", entry("message", "match", "quota", "excluded"), true],
    ])("%s", (_, raw, expected) => {
      expect(holds([raw], message)).toBe(expected);
    });

    it("is also that of an exact field's .text form", () => {
      const document = { user: { full_name: "Ada King Lovelace" } };
      expect(holds([entry("user.full_name.text", "match", "king lovelace")], document)).toBe(true);
      expect(holds([entry("user.full_name", "match", "king lovelace")], document)).toBe(false);
    });

    it("is in a list of phrases", () => {
      const phrases = valueList("phrases", ["quota", "access denied"], "text");
      const inList = [entry("message", "list", { id: "phrases", type: "text" })];
      expect(holds(inList, message, [phrases])).toBe(true);
      expect(holds(inList, { message: "denied access" }, [phrases])).toBe(false);
    });
  });

  describe("of a nested object", () => {
    const signed = (...signatures: readonly Raw[]) => ({
      process: { Ext: { code_signature: signatures } },
    });
    const nested = (...entries: readonly Raw[]): Raw => ({
      field: "process.Ext.code_signature",
      type: "nested",
      entries,
    });
    const trustedByAcme = nested(
      entry("subject_name", "match", "Acme"),
      entry("trusted", "match", "true"),
    );

    it("holds when one object satisfies all inner entries", () => {
      const other = { subject_name: "Other", trusted: true };
      expect(holds([trustedByAcme], signed(other, { subject_name: "Acme", trusted: true }))).toBe(
        true,
      );
      expect(holds([trustedByAcme], signed(other, { subject_name: "Acme", trusted: false }))).toBe(
        false,
      );
      expect(holds([trustedByAcme], {})).toBe(false);
    });

    it("asks an excluded inner entry of that object", () => {
      const untrusted = nested(
        entry("subject_name", "match", "Acme"),
        entry("trusted", "match", "true", "excluded"),
      );
      expect(holds([untrusted], signed({ subject_name: "Acme" }))).toBe(true);
      expect(holds([untrusted], signed({ subject_name: "Acme", trusted: true }, {}))).toBe(false);
    });

    it("works on objects that no mapping calls nested", () => {
      const raw = { ...trustedByAcme, field: "custom.signatures" };
      const document = { custom: { signatures: [{ subject_name: "Acme", trusted: true }] } };
      expect(holds([raw], document)).toBe(true);
    });
  });

  it("exists for an object when one of its fields does", () => {
    const raw = entry("process.parent", "exists");
    expect(holds([raw], { process: { parent: { name: "a" } } })).toBe(true);
    expect(holds([raw], { process: { name: "a" } })).toBe(false);
    expect(
      holds([entry("process.Ext.code_signature", "exists")], {
        process: { Ext: { code_signature: [{ trusted: true }] } },
      }),
    ).toBe(true);
  });

  it("holds with all others of its item", () => {
    const entries = [entry("user.name", "match", "a"), entry("host.name", "match", "h")];
    expect(holds(entries, { user: { name: "a" }, host: { name: "h" } })).toBe(true);
    expect(holds(entries, { user: { name: "a" }, host: { name: "x" } })).toBe(false);
  });

  it("is in a value list", () => {
    const hosts = valueList("hosts", ["a", "b", "10.0.0.0/8"]);
    const inList = (field: string, operator = "included") =>
      entry(field, "list", { id: "hosts", type: "keyword" }, operator);
    expect(holds([inList("host.name")], { host: { name: "b" } }, [hosts])).toBe(true);
    expect(holds([inList("host.name")], { host: { name: "B" } }, [hosts])).toBe(false);
    expect(holds([inList("host.name", "excluded")], { host: { name: "c" } }, [hosts])).toBe(true);
    expect(holds([inList("host.name", "excluded")], {}, [hosts])).toBe(true);
    const mixed = [inList("host.name"), entry("user.name", "wildcard", "svc-*")];
    expect(holds(mixed, { host: { name: "a" }, user: { name: "svc-1" } }, [hosts])).toBe(true);
    expect(holds(mixed, { host: { name: "a" }, user: { name: "ada" } }, [hosts])).toBe(false);
  });

  it("takes a list's values literally (C36)", () => {
    const cdn = valueList("cdn", ["*.cdn.example"], "keyword");
    const inList = [entry("dns.question.name", "list", { id: "cdn", type: "keyword" })];
    expect(holds(inList, { dns: { question: { name: "img.cdn.example" } } }, [cdn])).toBe(false);
    expect(holds(inList, { dns: { question: { name: "*.cdn.example" } } }, [cdn])).toBe(true);
  });

  it.each([
    ["10.0.0.5", true],
    ["10.0.0.9", true],
    ["10.0.0.10", false],
    ["192.168.7.7", true],
    ["172.16.0.1", true],
    ["172.16.0.2", false],
    ["2001:db8::5", true],
    ["2001:db8::11", false],
  ])("is in a list of ranges: %s %s", (ip, expected) => {
    const values = [
      "10.0.0.5-10.0.0.9",
      "192.168.0.0/16",
      "172.16.0.1",
      "2001:db8:: - 2001:db8::10",
    ];
    const ranges = valueList("ranges", values, "ip_range");
    for (const field of ["source.ip", "custom.address"]) {
      const inList = [entry(field, "list", { id: "ranges", type: "ip_range" })];
      const document = field === "source.ip" ? { source: { ip } } : { custom: { address: ip } };
      expect(holds(inList, document, [ranges])).toBe(expected);
    }
  });

  it("is in a list of texts in any case", () => {
    const names = valueList("names", ["Ada Lovelace"], "text");
    const inList = [entry("user.full_name", "list", { id: "names", type: "text" })];
    expect(holds(inList, { user: { full_name: "ada lovelace" } }, [names])).toBe(true);
  });
});

describe("an item", () => {
  it.each([
    [{ host: { os: { type: "windows" } }, user: { name: "a" } }, true],
    [{ host: { os: { name: "MACOS" } }, user: { name: "a" } }, true],
    [{ host: { os: { type: "Windows" } }, user: { name: "a" } }, false],
    [{ host: { os: { type: "linux" } }, user: { name: "a" } }, false],
    [{ user: { name: "a" } }, false],
    [{ host: { os: { type: "windows" } }, user: { name: "b" } }, false],
  ])("is limited to systems: %j %s", (document, expected) => {
    const raw = { ...item(entry("user.name", "match", "a")), os_types: ["windows", "macos"] };
    expect(evaluatePredicate(compile([raw]).predicate, document)).toBe(expected);
  });

  describe("that expires at 10:02", () => {
    const raw = {
      ...item(entry("user.name", "match", "a")),
      expire_time: "2026-05-01T10:02:00Z",
    };
    const at = (time: string | undefined, more: EventDocument = {}): EventDocument => ({
      ...(time === undefined ? {} : { "@timestamp": `2026-05-01T${time}Z` }),
      user: { name: "a" },
      ...more,
    });
    const isHeld = (document: EventDocument, timing: RunClock = clock): boolean =>
      evaluatePredicate(compile([raw], { timing }).predicate, document);

    it("holds for events that the run of 10:00 sees, not for those of 10:05", () => {
      expect(isHeld(at("09:00:00"))).toBe(true);
      expect(isHeld(at("10:00:00"))).toBe(true);
      expect(isHeld(at("10:00:00.001"))).toBe(false);
      expect(isHeld(at("10:01:59"))).toBe(false);
    });

    it("is measured by the rule's own clock", () => {
      const late = { ...clock, to: "now-1m" };
      expect(isHeld(at("09:59:00"), late)).toBe(true);
      expect(isHeld(at("09:59:00.001"), late)).toBe(false);
      const hourly = { ...clock, intervalMs: 3_600_000 };
      expect(isHeld(at("10:00:00"), hourly)).toBe(true);
      expect(isHeld(at("10:00:01"), hourly)).toBe(false);
      const ingested = { ...clock, timeFields: ["event.ingested", "@timestamp"] };
      const seenLate = { event: { ingested: "2026-05-01T10:04:00Z" } };
      expect(isHeld(at("09:00:00", seenLate), ingested)).toBe(false);
      expect(isHeld(at("09:00:00"), ingested)).toBe(true);
      expect(
        isHeld(at("10:04:00", { event: { ingested: "2026-05-01T09:59:00Z" } }), ingested),
      ).toBe(true);
      expect(isHeld(at("09:00:00", { event: { ingested: "soon" } }), ingested)).toBe(true);
    });

    it("has expired for events without a time, which count as happening now", () => {
      expect(isHeld(at(undefined))).toBe(false);
      const later = { ...raw, expire_time: "2026-06-01T00:00:00Z" };
      expect(evaluatePredicate(compile([later]).predicate, at(undefined))).toBe(true);
      const strict = { ...clock, hasFallback: false };
      expect(evaluatePredicate(compile([later], { timing: strict }).predicate, at(undefined))).toBe(
        false,
      );
    });
  });

  const unusable: readonly (readonly [string, Raw, string])[] = [
    [
      "text for a number",
      entry("process.pid", "match", "four"),
      "`process.pid`: a long field cannot take",
    ],
    ["text for an address", entry("source.ip", "match", "gateway"), "is no IP address"],
    [
      "one bad value of several",
      entry("source.ip", "match_any", ["10.0.0.1", "gateway"]),
      "is no IP address",
    ],
    [
      "a pattern for a number",
      entry("process.pid", "wildcard", "4*"),
      "`process.pid`: long values have no patterns",
    ],
    [
      "a pattern for an address",
      entry("source.ip", "wildcard", "10.*"),
      "`source.ip`: ip values have no patterns",
    ],
    ["an object", entry("process.parent", "match", "x"), "`process.parent` is an object"],
    [
      "a field inside of a nested object",
      entry("process.Ext.code_signature.trusted", "match", "true"),
      "is inside of the nested object `process.Ext.code_signature`",
    ],
    [
      "the existence of one",
      entry("process.Ext.code_signature.trusted", "exists"),
      "is inside of the nested object",
    ],
    ["a missing list", entry("host.name", "list", { id: "none" }), "there is no value list `none`"],
    ["an empty list", entry("host.name", "list", { id: "empty" }), "the list `empty` is empty"],
    [
      "a list of other things",
      entry("source.ip", "list", { id: "names" }, "excluded"),
      "and the list `names`",
    ],
  ];
  it.each(unusable)("is not applied, and told, for %s", (_, raw, message) => {
    const lists = [valueList("empty", []), valueList("names", ["a", "b"])];
    const bad = item(entry("user.name", "match", "a"), raw);
    const items = itemsOf(bad, item(entry("user.name", "match", "b")));
    const valueLists = new Map(lists.map((list) => [list.id, list]));
    const compiled = compileItems(items, { schema: ecsSchema, valueLists, now });
    expect(compiled.items.map((each) => each.item)).toEqual([items[1]]);
    expect(compiled.unapplied).toEqual([items[0]]);
    expect(compiled.diagnostics).toHaveLength(1);
    expect(compiled.diagnostics[0]).toMatchObject({ severity: "error" });
    expect(compiled.diagnostics[0]?.message).toContain(message);
  });

  const doubtful: readonly (readonly [string, Raw, string, RegExp])[] = [
    [
      "an unknown field",
      entry("process.nmae", "match", "x"),
      "exception/unknown-field",
      /no field `process.nmae`/,
    ],
    [
      "a literal star",
      entry("process.name", "match", "a*"),
      "exception/literal-wildcard",
      /takes `\*` literally/,
    ],
    [
      "a star of single backslashes",
      entry("file.path", "wildcard", "C:\\Users\\*\\upd.exe"),
      "exception/lost-backslash",
      /`\\\*` is a literal `\*`/,
    ],
    [
      "a lost backslash",
      entry("file.path", "wildcard", "C:\\Temp*"),
      "exception/lost-backslash",
      /`\\T` is just `T`/,
    ],
    [
      "a backslash at the end",
      entry("file.path", "wildcard", "C:\\\\Temp\\"),
      "exception/lost-backslash",
      /at the end/,
    ],
    [
      "a list with some other things",
      entry("source.ip", "list", { id: "mixed" }),
      "exception/bad-list-value",
      /"a" is no IP address, and 1 more/,
    ],
  ];
  it.each(doubtful)("is applied with a warning for %s", (_, raw, code, message) => {
    const lists = [valueList("mixed", ["10.0.0.1", "a", "b"])];
    const { diagnostics } = compile([item(raw), item(raw)], { lists });
    expect(diagnostics[0]).toMatchObject({ severity: "warning", code });
    expect(diagnostics[0]?.message).toMatch(message);
  });

  it.each([
    ["C:\\\\Users\\\\*\\\\a.exe"],
    ["\\*.example"],
    ["/opt/*/a\\?"],
    ["\\\\\\\\server\\\\share\\\\*"],
  ])("says nothing of %s", (pattern) => {
    expect(compile([item(entry("file.path", "wildcard", pattern))]).diagnostics).toEqual([]);
  });

  it("is told once about a field that thousands name", () => {
    const raws = Array.from({ length: 50 }, (_, index) =>
      item(entry("no.such.field", "match", `${index}`)),
    );
    expect(compile(raws).diagnostics).toHaveLength(1);
  });
});

describe("items", () => {
  it("that differ in one value become one", () => {
    const raws = ["a", "b", "c"].map((name) =>
      item(entry("user.name", "match", "svc"), entry("process.name", "match", name)),
    );
    const other = item(entry("process.name", "match", "d"), entry("user.name", "match", "root"));
    expect(printPredicate(compile([...raws, other]).predicate)).toBe(
      '(any (all (== user.name "svc") (== process.name "a" "b" "c")) (all (== process.name "d") (== user.name "root")))',
    );
  });

  it("of one entry each become one list", () => {
    const raws = Array.from({ length: 300 }, (_, index) =>
      item(entry("source.ip", "match", `10.0.0.${index % 256}`)),
    );
    const { predicate } = compile([...raws, item(entry("source.ip", "match", "192.168.0.0/16"))]);
    expect(predicate.kind === "any" && predicate.of.map(({ kind }) => kind)).toEqual([
      "equals",
      "cidr",
    ]);
  });

  it("by thousands cost no more for an event than a few (C38)", () => {
    const pairs = (count: number) =>
      Array.from({ length: count }, (_, index) =>
        item(
          entry("process.executable", "match", `/opt/app-${index}/bin/run`),
          entry("process.parent.name", "match", `parent-${index % 100}`),
        ),
      );
    const events = Array.from({ length: 2000 }, (_, index) => ({
      process: {
        executable: `/opt/app-${index % 100}/bin/run`,
        parent: { name: `parent-${(index * 7) % 100}` },
      },
    }));
    const looksFor = (count: number): readonly [number, number] => {
      const set = new ConditionSet([compile(pairs(count)).predicate]);
      const held = events.filter((event) => set.match(event).length > 0).length;
      return [held, set.looks];
    };
    expect(looksFor(5000)).toEqual(looksFor(100));
    expect(looksFor(5000)[1]).toBeLessThanOrEqual(events.length);
  });
});

/** The meaning of items, told again in the plainest words (detection-semantics 6.2 and 6.3). */
const naive = {
  types: new Map([
    ["process.name", "keyword"],
    ["process.name.caseless", "caseless"],
    ["process.pid", "long"],
    ["source.ip", "ip"],
    ["process.start", "date"],
    ["process.code_signature.trusted", "boolean"],
    ["custom.thing", "unknown"],
    ["message", "text"],
    ["subject_name", "keyword"],
    ["trusted", "boolean"],
  ]),
  wordsOf: (text: string): string => ` ${text.toLowerCase().split(/\W+/).join(" ")} `,
  valuesOf(event: Raw, path: string): readonly unknown[] {
    let found: unknown[] = [event];
    for (const key of path.replace(".caseless", "").split(".")) {
      found = found.flat(3).flatMap((value) => {
        const next = (value as Raw | null)?.[key];
        return next === undefined ? [] : [next];
      });
    }
    return found.flat(3).filter((value) => value !== null);
  },
  equals(type: string, own: unknown, wanted: string): boolean {
    const text = String(own);
    switch (type) {
      case "caseless":
        return text.toLowerCase() === wanted.toLowerCase();
      case "long":
        return Number(text) === Number(wanted);
      case "ip":
        return wanted.endsWith("/24")
          ? text.split(".").slice(0, 3).join(".") === wanted.split(".").slice(0, 3).join(".")
          : text === wanted;
      case "text":
        return naive.wordsOf(text).includes(naive.wordsOf(wanted));
      case "date":
        return text.startsWith(wanted.replace("Z", ""));
      default:
        return text === wanted;
    }
  },
  like(pattern: string, text: string): boolean {
    if (pattern === "") return text === "";
    const [first = "", rest] = [pattern[0], pattern.slice(1)];
    if (first === "*")
      return naive.like(rest, text) || (text !== "" && naive.like(pattern, text.slice(1)));
    if (text === "") return false;
    if (first === "?") return naive.like(rest, text.slice(1));
    if (first === "\\" && rest !== "")
      return text[0] === rest[0] && naive.like(rest.slice(1), text.slice(1));
    return text[0] === first && naive.like(rest, text.slice(1));
  },
  entryHolds(each: Raw, event: Raw, lists: Readonly<Record<string, readonly string[]>>): boolean {
    const field = String(each.field);
    if (each.type === "nested") {
      const objects = naive.valuesOf(event, field) as readonly Raw[];
      return objects.some((object) =>
        (each.entries as readonly Raw[]).every((inner) => naive.entryHolds(inner, object, lists)),
      );
    }
    const type = naive.types.get(field) ?? "";
    const values = naive.valuesOf(event, field);
    const wanted =
      each.type === "list"
        ? (lists[String((each.list as Raw).id)] ?? [])
        : [each.value].flat().map(String);
    const included = values.some((own) => {
      if (each.type === "exists") return true;
      if (each.type !== "wildcard") return wanted.some((one) => naive.equals(type, own, one));
      const fold = (text: string) => (type === "caseless" ? text.toLowerCase() : text);
      return naive.like(fold(wanted[0] ?? ""), fold(String(own)));
    });
    return included === (each.operator === "included");
  },
  itemHolds(raw: Raw, event: Raw, lists: Readonly<Record<string, readonly string[]>>): boolean {
    const systems = (raw.os_types ?? []) as readonly string[];
    const own = naive.valuesOf(event, "host.os.type");
    if (systems.length > 0 && !own.some((type) => systems.includes(String(type)))) return false;
    return (raw.entries as readonly Raw[]).every((each) => naive.entryHolds(each, event, lists));
  },
};

describe("compiled items and a naive evaluator", () => {
  const pools: Readonly<Record<string, readonly string[]>> = {
    "process.name": ["a", "A", "ab", "a*b", "ab\\c", ""],
    "process.name.caseless": ["a", "A", "ab", "a*b"],
    "process.pid": ["4", "7", "40"],
    "source.ip": ["10.0.0.1", "10.0.0.2", "10.0.1.1", "10.0.0.0/24"],
    "process.start": ["2026-05-01", "2026-05-02", "2026-05-01T10:00:00Z"],
    "process.code_signature.trusted": ["true", "false"],
    "custom.thing": ["4", "true", "x"],
    message: ["Access denied", "denied", "quota"],
    subject_name: ["Acme", "Other"],
    trusted: ["true", "false"],
  };
  const innerFields = ["subject_name", "trusted"];
  const lists: Readonly<Record<string, readonly string[]>> = {
    names: ["a", "ab", "x"],
    addresses: ["10.0.0.1", "10.0.1.0/24"],
  };
  const fieldName = fc.constantFrom(
    ...Object.keys(pools).filter((name) => !innerFields.includes(name)),
  );
  const operator = fc.constantFrom("included", "excluded");
  const entryOf = (field: string): fc.Arbitrary<Raw> => {
    const value = fc.constantFrom(...(pools[field] ?? []).filter((text) => text !== ""));
    const isText = field.startsWith("process.name") || field === "custom.thing";
    const options: fc.Arbitrary<Raw>[] = [
      fc.record({ field: fc.constant(field), operator, type: fc.constant("match"), value }),
      fc.record({
        field: fc.constant(field),
        operator,
        type: fc.constant("match_any"),
        value: fc.array(value, { minLength: 1, maxLength: 3 }),
      }),
      fc.record({ field: fc.constant(field), operator, type: fc.constant("exists") }),
    ];
    if (isText) {
      options.push(
        fc.record({
          field: fc.constant(field),
          operator,
          type: fc.constant("wildcard"),
          value: fc
            .array(fc.constantFrom("a", "b", "*", "?", "\\*", "\\\\", "\\b", "A"), {
              minLength: 1,
              maxLength: 4,
            })
            .map((parts) => parts.join("")),
        }),
      );
    }
    const list = isText ? "names" : field === "source.ip" ? "addresses" : undefined;
    if (list !== undefined) {
      options.push(
        fc.record({
          field: fc.constant(field),
          operator,
          type: fc.constant("list"),
          list: fc.constant({ id: list }),
        }),
      );
    }
    return fc.oneof(...options);
  };
  const nestedEntry: fc.Arbitrary<Raw> = fc.record({
    field: fc.constant("process.Ext.code_signature"),
    type: fc.constant("nested"),
    entries: fc.array(fc.constantFrom(...innerFields).chain(entryOf), {
      minLength: 1,
      maxLength: 2,
    }),
  });
  const anyEntry = fc.oneof(
    { weight: 6, arbitrary: fieldName.chain(entryOf) },
    { weight: 1, arbitrary: nestedEntry },
  );
  const anyItem: fc.Arbitrary<Raw> = fc.record(
    {
      entries: fc.array(anyEntry, { minLength: 1, maxLength: 3 }),
      os_types: fc.constant(["windows"]),
    },
    { requiredKeys: ["entries"] },
  );
  const oneOrMany = (values: readonly unknown[]) =>
    fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(...values) },
      fc.array(fc.constantFrom(...values, null), { maxLength: 3 }),
    );
  const signature = fc.record(
    { subject_name: oneOrMany(["Acme", "Other"]), trusted: oneOrMany([true, false]) },
    { requiredKeys: [] },
  );
  const anyEvent: fc.Arbitrary<Raw> = fc.record(
    {
      process: fc.record(
        {
          name: oneOrMany(["a", "A", "ab", "AB", "a*b", "ab\\c", "", "axb"]),
          pid: oneOrMany([4, 7, "4", 40]),
          start: oneOrMany(["2026-05-01T10:00:00.000Z", "2026-05-02T00:00:00.000Z"]),
          code_signature: fc.record({ trusted: oneOrMany([true, false]) }),
          Ext: fc.record({ code_signature: fc.array(signature, { maxLength: 2 }) }),
        },
        { requiredKeys: [] },
      ),
      source: fc.record({ ip: oneOrMany(["10.0.0.1", "10.0.0.2", "10.0.1.1"]) }),
      message: oneOrMany(["Access denied for x", "denied: access", "quota", ""]),
      custom: fc.record({ thing: oneOrMany([4, true, "x", "y"]) }),
      host: fc.record({ os: fc.record({ type: oneOrMany(["windows", "linux"]) }) }),
    },
    { requiredKeys: [] },
  );

  it("agree", () => {
    const given = Object.entries(lists).map(([id, values]) => valueList(id, values));
    fc.assert(
      fc.property(
        fc.array(anyItem, { minLength: 1, maxLength: 24 }),
        fc.array(anyEvent, { minLength: 1, maxLength: 6 }),
        (raws, events) => {
          const { predicate } = compile(raws, { lists: given });
          const set = new ConditionSet([predicate]);
          for (const event of events) {
            const expected = raws.some((raw) => naive.itemHolds(raw, event, lists));
            expect(evaluatePredicate(predicate, event)).toBe(expected);
            expect(set.match(event).length > 0).toBe(expected);
          }
        },
      ),
      { numRuns: 150 },
    );
  });
});
