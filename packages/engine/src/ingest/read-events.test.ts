import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, test } from "vitest";
import { makeZip } from "../../test/archives.ts";
import { line, lines, numbersOf, readAll, readBoth, time } from "../../test/read-inputs.ts";
import { canonicalJson } from "./identity.ts";
import { eventIdentity, type Input, inputFromBytes, openInputs, readEvents } from "./index.ts";

const folder = mkdtempSync(join(tmpdir(), "harrier-progress-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe("formats", () => {
  test("nothing at all is no finding", async () => {
    for (const text of ["", "\n \n"]) {
      expect(await readBoth(Buffer.from(text))).toEqual({ events: [], findings: [] });
    }
  });

  test("bad lines are findings with their line", async () => {
    const text = `${line(1)}[1]\n"text"\n{"cut":\n${line(2)}nonsense\n`;
    const { events, findings } = await readBoth(Buffer.from(text), "x");
    expect(numbersOf(events)).toEqual([1, 2]);
    expect(findings.map(({ code, position }) => [code, position])).toEqual([
      ["not-an-event", 1],
      ["not-an-event", 3],
      ["bad-json", 4],
      ["bad-json", 6],
    ]);
  });

  test("UTF-16 as Windows exports it", async () => {
    const text = `\ufeff${JSON.stringify({ "@timestamp": time, n: "Müller 💥" })}\r\n`;
    const le = Buffer.from(text, "utf16le");
    const be = Buffer.from(le).swap16();
    for (const bytes of [le, be, le.subarray(2), be.subarray(2), Buffer.from(text)]) {
      const { events, findings } = await readBoth(bytes);
      expect(numbersOf(events)).toEqual(["Müller 💥"]);
      expect(findings).toEqual([]);
    }
  });

  test.each([
    ["other", Buffer.from("a,b\n1,2\n"), "the content is in no format that can be read"],
    ["bytes", Buffer.from([1, 2, 3, 0, 255]), "the content is in no format that can be read"],
  ])("%s is named", async (_name, bytes, message) => {
    const { events, findings } = await readBoth(bytes);
    expect(events).toEqual([]);
    expect(findings).toMatchObject([{ code: "unknown-format", message }]);
    expect(findings[0]?.hint).toBeDefined();
  });

  test("hits of Elasticsearch keep their id and index", async () => {
    const source = { "@timestamp": time, n: 1 };
    const hit = { _index: ".ds-logs-x.y-default-2026.01.05-000001", _id: "abc", _source: source };
    const response = { took: 1, hits: { total: { value: 2 }, hits: [hit, { ...hit, _id: "d" }] } };
    for (const text of [JSON.stringify(response), JSON.stringify(response, null, 2)]) {
      const { events } = await readBoth(Buffer.from(text));
      expect(
        events.map(({ document, id, index, storedIndex, position }) => ({
          document,
          id,
          index,
          storedIndex,
          position,
        })),
      ).toEqual([
        {
          document: source,
          id: "abc",
          index: "logs-x.y-default",
          storedIndex: hit._index,
          position: 1,
        },
        {
          document: source,
          id: "d",
          index: "logs-x.y-default",
          storedIndex: hit._index,
          position: 2,
        },
      ]);
      expect(events[0] && eventIdentity(events[0])).toEqual({ id: "abc", index: hit._index });
    }
    const fields = { _index: "i", _id: "e", fields: { "@timestamp": [time] } };
    const { events } = await readBoth(Buffer.from(JSON.stringify(fields)));
    expect(events).toMatchObject([{ document: { "@timestamp": [time] }, id: "e", index: "i" }]);
  });

  test("a document's own data stream counts for patterns", async () => {
    const stream = { type: "logs", dataset: "endpoint.events.process", namespace: "default" };
    const nested = { "@timestamp": time, data_stream: stream };
    const dotted = {
      "@timestamp": time,
      "data_stream.type": "logs",
      "data_stream.dataset": "a.b",
      "data_stream.namespace": "n",
    };
    const text = [nested, dotted, { "@timestamp": time }]
      .map((one) => JSON.stringify(one))
      .join("\n");
    const { events } = await readBoth(Buffer.from(text));
    expect(events.map(({ index }) => index)).toEqual([
      "logs-endpoint.events.process-default",
      "logs-a.b-n",
      undefined,
    ]);
    expect(events[0]?.raw).toBe(events[0]?.document);
  });

  test("hostile keys stay keys", async () => {
    const text = `{"@timestamp":"${time}","__proto__":{"polluted":true},"constructor":"x"}`;
    const flat = `{"EventID":1,"Channel":"X","__proto__":"p","constructor":"c","TimeCreated":"2026-01-05 08:00:00"}`;
    const { events } = await readBoth(Buffer.from(`${text}\n${flat}`));
    expect(Reflect.get({}, "polluted")).toBeUndefined();
    const data = Reflect.get(Object(events[1]?.document.winlog), "event_data");
    expect(JSON.parse(JSON.stringify(data))).toEqual(
      JSON.parse(`{"__proto__":"p","constructor":"c"}`),
    );
    expect(Object.getPrototypeOf(data)).toBe(Object.prototype);
  });
});

describe("reading", () => {
  test("a missing or failing input is a finding, the others go on", async () => {
    const failing: Input = {
      name: "failing",
      sizeBytes: undefined,
      open: async function* () {
        yield Buffer.from(line(1));
        throw new Error("the disk is gone");
      },
    };
    const { events, findings } = await readAll([failing, inputFromBytes("good", lines(2, 3))]);
    expect(numbersOf(events)).toEqual([1, 2, 3]);
    expect(findings).toEqual([
      { input: "failing", code: "unreadable", message: "the disk is gone" },
    ]);
  });

  test("progress comes to the sizes of inputs and of events", async () => {
    const text = lines(...Array.from({ length: 1000 }, (_, index) => index));
    const zip = makeZip([{ name: "a", content: text }]);
    const path = join(folder, "progress.zip");
    writeFileSync(path, zip);
    let last = { bytes: 0, storedBytes: 0 };
    const onProgress = (progress: typeof last) => {
      expect(progress.bytes).toBeGreaterThanOrEqual(last.bytes);
      last = progress;
    };
    const { events } = await readAll(
      [
        ...(await openInputs([path])),
        inputFromBytes("b", gzipSync(text)),
        inputFromBytes("c", text),
      ],
      { onProgress },
    );
    expect(events.length).toBe(3000);
    expect(last.bytes).toBe(3 * text.length);
    expect(last.storedBytes).toBeGreaterThan(text.length);
  });

  test("an aborted signal stops it, also while the source lets us wait", async () => {
    const controller = new AbortController();
    let closed = false;
    const endless: Input = {
      name: "-",
      sizeBytes: undefined,
      open: async function* () {
        try {
          yield Buffer.from(line(1));
          await new Promise(() => {});
        } finally {
          closed = true;
        }
      },
    };
    const read = async () => {
      for await (const _batch of readEvents([endless], { signal: controller.signal })) {
        // Nothing comes before the source says more.
      }
    };
    setTimeout(() => controller.abort(new Error("enough")), 5);
    await expect(read()).rejects.toThrow("enough");
    expect(closed).toBe(false);
    await expect(
      readAll([inputFromBytes("x", line(1))], { signal: controller.signal }),
    ).rejects.toThrow("enough");
  });

  test("who stops taking closes the source", async () => {
    let closed = false;
    let chunks = 0;
    const source: Input = {
      name: "x",
      sizeBytes: undefined,
      open: async function* () {
        try {
          while (true) {
            chunks += 1;
            yield Buffer.from(lines(...Array.from({ length: 2000 }, (_, index) => index)));
          }
        } finally {
          closed = true;
        }
      },
    };
    for await (const batch of readEvents([source])) {
      expect(batch.length).toBe(256);
      break;
    }
    expect(closed).toBe(true);
    expect(chunks).toBeLessThan(4);
  });

  test("an event without a time is counted in one finding", async () => {
    const { events, findings } = await readAll([
      inputFromBytes("x", `{"a":1}\n${line(1)}{"a":2}\n`),
    ]);
    expect(events.length).toBe(3);
    expect(findings).toEqual([
      { input: "x", code: "no-timestamp", position: 1, message: "2 events have no time" },
    ]);
  });

  test("a time zone that does not exist is refused", async () => {
    await expect(readAll([], { timezone: "Mars/Olympus" })).rejects.toThrow(RangeError);
  });
});

describe("identity", () => {
  test("the same content is the same event, however it is laid out", async () => {
    const value = { "@timestamp": time, b: [1, { y: "é", x: null }], a: 1.5 };
    const sorted = { a: 1.5, b: [1, { x: null, y: "é" }], "@timestamp": time };
    const { events } = await readAll([
      inputFromBytes("a", JSON.stringify(value)),
      inputFromBytes("b", JSON.stringify([sorted], null, 2)),
      inputFromBytes("c", JSON.stringify({ ...value, a: 2 })),
    ]);
    const [first, second, third] = events.map((event) => eventIdentity(event));
    expect(first).toEqual(second);
    expect(first?.id).not.toBe(third?.id);
    expect(first?.id).toMatch(/^[\w-]{22}$/);
    expect(first?.index).toBe("events");
  });

  test("canonical JSON sorts keys and keeps lists", () => {
    expect(canonicalJson({ b: [2, 1], a: { d: "\n", c: true } })).toBe(
      String.raw`{"a":{"c":true,"d":"\n"},"b":[2,1]}`,
    );
  });
});
