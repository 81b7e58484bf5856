import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { normalise, sysmon } from "../../../test/normalise.ts";
import { formatTime, readTime, readZone } from "./time.ts";

describe("times", () => {
  const flat = (time: string, hostname = "WS1") => ({
    Channel: "Security",
    EventID: 4634,
    Hostname: hostname,
    TimeCreated: time,
  });
  const timesOf = (documents: readonly Readonly<Record<string, unknown>>[]) =>
    documents.map((document) => document["@timestamp"]);

  test("other channels take the offset of the Sysmon events beside them, also of later ones", () => {
    const { documents, findings, ready } = normalise([
      flat("2026-01-05T03:00:00.000Z"),
      sysmon(5, { TimeCreated: "2026-01-05T03:00:01.200Z", UtcTime: "2026-01-05 08:00:01.100" }),
      flat("2026-01-05 03:00:02.000"),
    ]);
    expect(timesOf(documents)).toEqual([
      "2026-01-05T08:00:00.000Z",
      "2026-01-05T08:00:01.100Z",
      "2026-01-05T08:00:02.000Z",
    ]);
    expect(findings).toEqual([]);
    expect(ready).toBe(3);
  });

  test("a 12-hour clock changes its offset at noon", () => {
    const { documents } = normalise([
      sysmon(5, { TimeCreated: "2026-01-05T11:59:00Z", UtcTime: "2026-01-05 16:59:00.000" }),
      flat("2026-01-05T11:59:30Z"),
      sysmon(5, { TimeCreated: "2026-01-05T01:00:00Z", UtcTime: "2026-01-05 18:00:00.000" }),
      flat("2026-01-05T01:00:30Z"),
    ]);
    expect(timesOf(documents)).toEqual([
      "2026-01-05T16:59:00.000Z",
      "2026-01-05T16:59:30.000Z",
      "2026-01-05T18:00:00.000Z",
      "2026-01-05T18:00:30.000Z",
    ]);
  });

  test("each computer has its own clock, others the last one seen", () => {
    const { documents } = normalise([
      sysmon(5, {
        Hostname: "A",
        TimeCreated: "2026-01-05T03:00:00Z",
        UtcTime: "2026-01-05 08:00:00.000",
      }),
      sysmon(5, {
        Hostname: "B",
        TimeCreated: "2026-01-05T09:30:00Z",
        UtcTime: "2026-01-05 04:00:00.000",
      }),
      flat("2026-01-05T03:00:00Z", "a"),
      flat("2026-01-05T09:30:00Z", "C"),
    ]);
    expect(timesOf(documents).slice(2)).toEqual([
      "2026-01-05T08:00:00.000Z",
      "2026-01-05T04:00:00.000Z",
    ]);
  });

  test("NXLog tells its zone by the two times of receipt", () => {
    const { documents, findings } = normalise([
      {
        SourceModuleType: "im_msvistalog",
        EventID: 4634,
        Channel: "Security",
        EventTime: "2026-01-05 13:30:00",
        EventReceivedTime: "2026-01-05 13:30:05",
        "@timestamp": "2026-01-05T08:00:06.000Z",
      },
    ]);
    expect(timesOf(documents)).toEqual(["2026-01-05T08:00:00.000Z"]);
    expect(findings).toEqual([]);
  });

  test("where nothing tells, one finding; a zone that is named settles it", () => {
    const events = [flat("2026-01-05T03:00:00Z"), flat("2026-07-05 03:00:00")];
    const unknown = normalise(events);
    expect(unknown.ready).toBe(0);
    expect(timesOf(unknown.documents)).toEqual([
      "2026-01-05T03:00:00.000Z",
      "2026-07-05T03:00:00.000Z",
    ]);
    expect(unknown.findings).toMatchObject([{ code: "local-time", position: 1 }]);
    const named = normalise(events, { timezone: "America/New_York" });
    expect(timesOf(named.documents)).toEqual([
      "2026-01-05T08:00:00.000Z",
      "2026-07-05T07:00:00.000Z",
    ]);
    expect(named.findings).toEqual([]);
  });

  test("no more than 4,096 events wait", () => {
    const { ready, findings } = normalise(
      Array.from({ length: 4100 }, () => flat("2026-01-05T03:00:00Z")),
    );
    expect(ready).toBe(4100);
    expect(findings).toHaveLength(1);
  });

  // C53
  test("a time under another name, with its offset", () => {
    const { documents, findings } = normalise([
      { _time: "2026-05-02T09:15:00.000+09:00", a: 1 },
      { _time: "2026-05-02 09:15:00" },
    ]);
    expect(documents[0]).toEqual({
      _time: "2026-05-02T09:15:00.000+09:00",
      a: 1,
      "@timestamp": "2026-05-02T00:15:00.000Z",
    });
    expect(findings).toMatchObject([{ code: "local-time", position: 2 }]);
    const named = normalise([{ _time: "2026-05-02 09:15:00" }], { timezone: "+09:00" });
    expect(timesOf(named.documents)).toEqual(["2026-05-02T00:15:00.000Z"]);
  });

  test.each([
    ["2026-01-05 08:00:00.123", Date.UTC(2026, 0, 5, 8, 0, 0, 123), "", "none"],
    ["2026-01-05T08:00:00.1234567Z", Date.UTC(2026, 0, 5, 8, 0, 0, 123), "4567", "utc"],
    ["2026-01-05T08:00:00,5+0530", Date.UTC(2026, 0, 5, 2, 30, 0, 500), "", "offset"],
    ["2026-01-05T08:00-05:00", Date.UTC(2026, 0, 5, 13), "", "offset"],
  ])("%s is read", (text, epochMs, finer, zone) => {
    expect(readTime(text)).toEqual({ epochMs, finer, zone });
  });

  test.each([
    "2026-02-30 00:00:00",
    "2026-13-01T00:00:00Z",
    "2026-01-05 24:00:00",
    "2026-01-05 08:60:00",
    "2026-01-05 08:59:60",
    "2026-01-05 08:00:00.",
    "2026-01-05 08:00:00.1234567890",
    "2026-01-05 08:00:0",
    "2026-01-05 08:00:00  Z",
    "2026-01-05 08:00:00+5",
    "2026/01/05 08:00:00",
    "0001-01-01 00:00:00",
    "now",
    "",
    5,
    null,
  ])("%s is no time", (text) => {
    expect(readTime(text)).toBeUndefined();
  });

  test("a time that was written is read again", () => {
    const times = fc.integer({ min: Date.UTC(100, 0), max: Date.UTC(9999, 11, 31) });
    const finer = fc.stringMatching(/^([0-9]{0,3}[1-9])?$/);
    fc.assert(
      fc.property(fc.tuple(times, finer), ([epochMs, digits]) => {
        const text = formatTime(epochMs, digits);
        expect(text.slice(0, 23)).toBe(new Date(epochMs).toISOString().slice(0, 23));
        expect(readTime(text)).toEqual({ epochMs, finer: digits, zone: "utc" });
      }),
    );
  });

  test("zones", () => {
    expect(readZone("Z")?.(0)).toBe(0);
    expect(readZone("-05:30")?.(0)).toBe(-5.5 * 3_600_000);
    expect(readZone("Europe/Berlin")?.(Date.UTC(2026, 6, 1))).toBe(2 * 3_600_000);
    expect(readZone("UTC")?.(0)).toBe(0);
    expect(readZone("Nowhere")).toBeUndefined();
  });
});
