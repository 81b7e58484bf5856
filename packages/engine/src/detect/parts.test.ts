import { readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { encodeKey } from "@harrier/lang/match";
import { parseInstant } from "@harrier/lang/values";
import { describe, expect, test } from "vitest";
import { inputFromBytes, readEvents } from "../ingest/index.ts";
import { firstRow, KeyTable, makeStepColumn, splitTime, TimeColumn } from "./columns.ts";
import { growingWords } from "./growing.ts";
import { compileIndexPatterns } from "./index-patterns.ts";
import { InputLog } from "./input-log.ts";
import { openFileSpool } from "./spool.ts";
import { readSpooled, spoolText } from "./spooled-event.ts";
import { creationAt, tickAfter } from "./windows.ts";

describe("index patterns", () => {
  test.each<[readonly string[], string, boolean]>([
    [["logs-endpoint.events.process-*"], "logs-endpoint.events.process-default", true],
    [["logs-endpoint.events.process-*"], "logs-endpoint.events.file-default", false],
    [["logs-*", "winlogbeat-*"], "winlogbeat-8.1", true],
    [["logs-*,winlogbeat-*"], "winlogbeat-8.1", true],
    [[" logs-* , winlogbeat-* "], "winlogbeat-8.1", true],
    [["logs-a"], "logs-a", true],
    [["logs-a"], "logs-ab", false],
    [["logs-A"], "logs-a", false],
    [["*"], "logs-a", true],
    [["logs-*", "-logs-a*"], "logs-a1", false],
    [["logs-*", "-logs-a*"], "logs-b1", true],
    [["-logs-a*", "logs-*"], "logs-a1", true],
    [["-logs-a*"], "logs-b1", false],
    [["logs-*", "-logs-a*", "logs-a1"], "logs-a1", true],
    [["*:logs-*"], "logs-a", false],
    [["*:logs-*"], "east:logs-a", true],
    [["east:logs-*"], "west:logs-a", false],
    [["logs-*"], "east:logs-a", false],
    [["*"], "east:logs-a", false],
    [["*:logs-*", "*:-logs-a*"], "east:logs-a", false],
    [["*:logs-*", "-east:*"], "east:logs-a", false],
    [["*:logs-*", "-east:*"], "west:logs-a", true],
    [["*"], ".alerts-security.alerts-default", false],
    [[".alerts-*"], ".alerts-security.alerts-default", true],
    [["logs-(.+)*"], "logs-aaa", false],
    [[], "logs-a", false],
    [["", ","], "", false],
  ])("%j and %s: %s", (patterns, index, expected) => {
    expect(compileIndexPatterns(patterns)(index)).toBe(expected);
  });
});

describe("ticks", () => {
  const at = (text: string) => parseInstant(text) ?? 0n;

  test.each([
    ["2026-05-01T10:00:00Z", 5, "2026-05-01T10:00:00Z"],
    ["2026-05-01T10:00:00.000000001Z", 5, "2026-05-01T10:05:00Z"],
    ["2026-05-01T10:04:59.999Z", 5, "2026-05-01T10:05:00Z"],
    ["2026-05-01T10:00:01Z", 24 * 60, "2026-05-02T00:00:00Z"],
    ["1969-12-31T23:59:59Z", 5, "1970-01-01T00:00:00Z"],
    ["1969-12-31T23:51:00Z", 5, "1969-12-31T23:55:00Z"],
  ])("%s every %i minutes: %s", (time, minutes, tick) => {
    expect(tickAfter(at(time), minutes * 60_000)).toBe(at(tick));
  });

  test("at the end of time there is no later tick", () => {
    const last = parseInstant("8640000000000000") ?? 0n;
    expect(creationAt(tickAfter(last, 7 * 60_000))).toBe(last);
  });
});

describe("columns", () => {
  test("numbers beyond the first room", () => {
    const words = growingWords();
    for (let value = 0; value < 100; value += 1) words.push(value);
    expect([...words.view()]).toEqual(Array.from({ length: 100 }, (_, value) => value));
    expect(words.at(99)).toBe(99);
    expect(words.at(100)).toBeNaN();
  });

  test("the rows of an event", () => {
    const column = makeStepColumn();
    for (const arrival of [2, 2, 5, 9]) column.arrivals.push(arrival);
    for (const guess of [0, 1, 2, 3, 4, 100]) {
      const rows = [0, 2, 3, 5, 9, 10].map((arrival) => firstRow(column, arrival, guess));
      expect(rows).toEqual([0, 0, 2, 2, 3, 4]);
    }
    for (let arrival = 10; arrival < 200; arrival += 3) column.arrivals.push(arrival);
    const sorted = [...column.arrivals.view()];
    for (let arrival = 0; arrival < 210; arrival += 1) {
      const row = sorted.findIndex((each) => each >= arrival);
      for (const guess of [0, 30, 67, 68]) {
        expect(firstRow(column, arrival, guess)).toBe(row < 0 ? sorted.length : row);
      }
    }
  });

  test("times are exact at any date", () => {
    const texts = [
      "2026-05-01T10:00:00.123456789Z",
      "1969-12-31T23:59:59.999999999Z",
      "9999-12-31T23:59:59Z",
    ];
    const times = texts.map((text) => parseInstant(text));
    const column = new TimeColumn();
    for (const time of [...times, undefined]) {
      const { seconds, nanos } = splitTime(time);
      column.push(seconds, nanos);
    }
    expect([0, 1, 2, 3].map((place) => column.at(place))).toEqual([...times, undefined]);
    expect(column.has(3)).toBe(false);
    expect([0, 1, 2, 3].sort((left, right) => column.compare(left, right))).toEqual([3, 1, 0, 2]);
  });

  test("equal keys have one number: by value, never a number for a text", () => {
    const keys = new KeyTable();
    const ids = [["4"], [4n], [4], [4.5], [null], ["n"], [true], ["t"], ["a", "bc"], ["ab", "c"]];
    expect(ids.map((key) => keys.idOf(encodeKey(key)))).toEqual([0, 1, 1, 2, 3, 4, 5, 6, 7, 8]);
    expect(keys.size).toBe(9);
    expect([0, 1, 4, 8].map((id) => keys.at(id))).toEqual([["4"], [4], ["n"], ["ab", "c"]]);
  });
});

describe("the spool", () => {
  test("gives texts back, written or not", async () => {
    const spool = await openFileSpool();
    const texts = ["", "short", "ü€😀", "x".repeat(3_000_000), "last"];
    const ends: number[] = [];
    for (const text of texts) {
      expect(spool.append(text)).toBe(ends.at(-1) ?? 0);
      ends.push(spool.end);
      await spool.drain();
    }
    for (const [place, text] of texts.entries()) {
      const bytes = await spool.read(ends[place - 1] ?? 0, ends[place] ?? 0);
      expect(bytes.toString()).toBe(text);
    }
    await expect(spool.read(0, spool.end + 1)).rejects.toThrow("the spool ends");
    await spool.close();
  });

  test("leaves nothing behind", async () => {
    const count = async () =>
      (await readdir(tmpdir())).filter((name) => name.startsWith("harrier-spool-")).length;
    const before = await count();
    const spool = await openFileSpool();
    spool.append("x");
    await spool.close();
    expect(await count()).toBe(before);
  });

  test("events come back whole", async () => {
    const text = `{"_index":".ds-logs-x-default-2026.01.31-000001","_id":"1","_source":{"a":1,"__proto__":{"b":2}}}\n{"a":1}`;
    for await (const batch of readEvents([inputFromBytes("x", text)])) {
      for (const event of batch) {
        const { text, fingerprint } = spoolText(event);
        const back = readSpooled(Buffer.from(text));
        const { document, raw, id, index, storedIndex } = event;
        const kept = { document, raw, id, index, ...(storedIndex && { storedIndex }) };
        expect(back).toEqual(kept);
        expect(JSON.stringify(back.document)).toBe(JSON.stringify(event.document));
        expect(spoolText(back).fingerprint()).toEqual(fingerprint());
      }
    }
  });
});

describe("what is said about inputs", () => {
  test("a failed member does not fail its archive; what could not be opened counts once", () => {
    const log = new InputLog();
    log.add({ input: "gone", code: "unreadable", message: "no such file" });
    log.add({ input: "a.zip!x", code: "unknown-format", message: "?" });
    log.add({ input: "b", code: "unknown-format", message: "?" });
    log.add({ input: "c", code: "bad-json", message: "?", position: 3 });
    expect(log.summarise(["a.zip", "b", "c"])).toMatchObject({
      inputs: { read: 2, failed: 2 },
      findingsTotal: 4,
    });
  });

  test("findings without end are counted", () => {
    const log = new InputLog();
    for (let position = 1; position <= 1_000; position += 1) {
      log.add({ input: "c", code: "bad-json", message: "?", position });
    }
    const { findings, findingsTotal } = log.summarise(["c"]);
    expect(findings.length).toBeLessThan(1_000);
    expect(findings[0]?.position).toBe(1);
    expect(findingsTotal).toBe(1_000);
  });
});
