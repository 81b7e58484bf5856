import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Finding } from "../../finding.ts";
import type { WindowsEvent } from "../windows-event.ts";
import { parseWindowsEvent } from "../windows-event-xml.ts";
import { chunkLength } from "./chunk-bytes.ts";
import { evtx, readEvtx, readEvtxAsXml } from "./index.ts";
import { token } from "./nodes.ts";
import {
  ChunkWriter,
  element,
  filetime,
  nothing,
  seal,
  slot,
  type TestInstance,
  type TestRecord,
  type TestTemplate,
  type TestValue,
  text,
  uint16,
  value,
  writeChunk,
  writeLog,
} from "./test-log.ts";
import { valueType } from "./values.ts";

/** As Windows has it: the system's part, and a place for what the event brings. */
const eventTemplate: TestTemplate = {
  root: element("Event", { xmlns: "http://schemas.microsoft.com/win/2004/08/events/event" }, [
    element("System", {}, [
      element("Provider", { Name: "Made-For-Tests", Guid: slot(0) }),
      element("EventID", { Qualifiers: slot(1) }, [slot(2)]),
      element("Version", {}, [slot(3)], 3),
      element("TimeCreated", { SystemTime: slot(4) }),
      element("EventRecordID", {}, [slot(5)]),
      element("Correlation", { ActivityID: slot(6) }),
      element("Channel", {}, ["Tests"]),
    ]),
    slot(7),
  ]),
};

const dataTemplate: TestTemplate = {
  root: element("EventData", {}, [
    element("Data", { Name: "first" }, [slot(0)]),
    element("Data", {}, [slot(1)]),
    element("Binary", {}, [slot(2)], 2),
  ]),
};

const time = filetime(133_000_000_001_234_567n);

function systemValues(id: number, content: TestValue): TestValue[] {
  return [nothing, nothing, uint16(4711), nothing, time, uint16(id), nothing, content];
}

function eventOf(id: number, content: TestValue = nothing): TestInstance {
  return { template: eventTemplate, values: systemValues(id, content) };
}

function dataOf(...values: readonly TestValue[]): TestInstance {
  return { template: dataTemplate, values };
}

function record(id: number, content?: TestValue): TestRecord {
  return { id, event: eventOf(id, content ?? dataOf(text(`event ${id}`), text("x"), nothing)) };
}

async function* cut(bytes: Uint8Array, length = 65_536): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
}

interface Reading {
  readonly events: readonly WindowsEvent[];
  readonly xml: readonly string[];
  readonly findings: readonly string[];
}

async function read(bytes: Uint8Array, recover = false): Promise<Reading> {
  const events: WindowsEvent[] = [];
  const xml: string[] = [];
  const found: Finding[] = [];
  const report = (finding: Finding) => found.push(finding);
  for await (const batch of readEvtx(cut(bytes), { recover, report })) events.push(...batch);
  const again = { recover, report: () => undefined };
  for await (const batch of readEvtxAsXml(cut(bytes), again)) xml.push(...batch);
  return { events, xml, findings: found.map(({ code, message }) => `${code}: ${message}`) };
}

function idsOf({ events }: Reading): (string | undefined)[] {
  return events.map(({ System }) => System.EventRecordID);
}

/** What an event with this as its only value shows of it. */
async function show(given: TestValue): Promise<readonly string[]> {
  const { events, findings } = await read(writeLog([[record(1, dataOf(given, nothing, nothing))]]));
  if (findings.length > 0) throw new Error(findings.join("; "));
  const data = events[0]?.EventData ?? [];
  return data.filter(([name]) => name === "first").map(([, shown]) => String(shown));
}

function int(length: number, number: bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt.asUintN(64, number));
  return bytes.subarray(0, length);
}

describe("values", () => {
  const types: [name: string, type: number, bytes: Buffer | number[], shown: string][] = [
    ["text", valueType.string, Buffer.from("Müller 💥", "utf16le"), "Müller 💥"],
    ["text with zeros behind it", valueType.string, Buffer.from("ab\0\0", "utf16le"), "ab"],
    ["text of a code page", valueType.ansiString, [0x4d, 0xfc, 0x80, 0], "Mü€"],
    ["int8", valueType.int8, [0xfe], "-2"],
    ["uint8", valueType.uint8, [0xfe], "254"],
    ["int16", valueType.int16, int(2, -3n), "-3"],
    ["uint16", valueType.uint16, [0xff, 0xff], "65535"],
    ["int32", valueType.int32, int(4, -2_147_188_641n), "-2147188641"],
    ["uint32", valueType.uint32, int(4, -1n), "4294967295"],
    ["int64", valueType.int64, int(8, -9_223_372_036_854_775_807n), "-9223372036854775807"],
    ["int64 above a double", valueType.int64, int(8, 9_007_199_254_740_993n), "9007199254740993"],
    ["uint64", valueType.uint64, int(8, -1n), "18446744073709551615"],
    ["a small uint64", valueType.uint64, int(8, 4_294_967_298n), "4294967298"],
    ["real32", valueType.real32, [0xcd, 0xcc, 0xcc, 0x3d], "0.1"],
    ["real64", valueType.real64, [0, 0, 0, 0, 0, 0, 0xf8, 0x3f], "1.5"],
    ["true", valueType.bool, [1, 0, 0, 0], "true"],
    ["false", valueType.bool, [0, 0, 0, 0], "false"],
    ["a bool of one byte", valueType.bool, [1], "true"],
    ["bytes", valueType.binary, [0xde, 0xad, 0x0f], "DEAD0F"],
    [
      "guid",
      valueType.guid,
      [0x5f, 0x38, 0x70, 0x57, 0x2a, 0xc2, 0xe0, 0x43, 0xbf, 0x4c, 6, 0xf5, 0x69, 0x8f, 0xfb, 0xd9],
      "{5770385f-c22a-43e0-bf4c-06f5698ffbd9}",
    ],
    ["a pointer of 32 bits", valueType.size, int(4, 0x1f0n), "0x1f0"],
    ["a pointer of 64 bits", valueType.size, int(8, 0xc9_774b_43b0n), "0xc9774b43b0"],
    [
      "filetime",
      valueType.filetime,
      int(8, 133_000_000_001_234_567n),
      "2022-06-18T04:26:40.1234567Z",
    ],
    ["filetime 0", valueType.filetime, int(8, 0n), "1601-01-01T00:00:00.0000000Z"],
    [
      "filetime before 1970",
      valueType.filetime,
      int(8, 94_353_119_999_999_999n),
      "1899-12-29T23:59:59.9999999Z",
    ],
    ["the last filetime", valueType.filetime, int(8, -1n), "60056-05-28T05:36:10.9551615Z"],
    [
      "systemtime",
      valueType.systemtime,
      [0xe4, 7, 2, 0, 6, 0, 29, 0, 3, 0, 4, 0, 5, 0, 6, 0],
      "2020-02-29T03:04:05.006Z",
    ],
    ["sid", valueType.sid, [1, 1, 0, 0, 0, 0, 0, 5, 18, 0, 0, 0], "S-1-5-18"],
    ["sid of a large authority", valueType.sid, [1, 0, 0x12, 0, 0, 0, 0, 5], "S-1-0x120000000005"],
    ["hex32", valueType.hex32, int(4, 0x2dn), "0x2d"],
    ["hex64", valueType.hex64, int(8, 0x8000_0000_0000_0010n), "0x8000000000000010"],
    ["an unknown type", 0x3f, [1, 2], "0102"],
    ["null", valueType.null, [], ""],
    ["an empty text", valueType.string, [], ""],
    ["half a pair of UTF-16", valueType.string, [0x3d, 0xd8], "\ud83d"],
  ];
  test.each(types)("%s", async (_name, type, bytes, shown) => {
    expect(await show(value(type, bytes))).toEqual([shown]);
  });

  const arrays: [name: string, type: number, bytes: Buffer | number[], shown: string[]][] = [
    ["texts", valueType.string, Buffer.from("a\0\0bc\0", "utf16le"), ["a", "", "bc"]],
    ["texts without an end", valueType.string, Buffer.from("a\0b", "utf16le"), ["a", "b"]],
    ["texts of a code page", valueType.ansiString, Buffer.from("a\0b\0"), ["a", "b"]],
    ["uint32", valueType.uint32, Buffer.concat([int(4, 7n), int(4, 8n)]), ["7", "8"]],
    ["hex64", valueType.hex64, Buffer.concat([int(8, 1n), int(8, 255n)]), ["0x1", "0xff"]],
    ["pointers", valueType.size, int(4, 16n), ["0x10"]],
    ["bool", valueType.bool, Buffer.concat([int(4, 0n), int(4, 1n)]), ["false", "true"]],
    [
      "sids",
      valueType.sid,
      [1, 0, 0, 0, 0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 5, 18, 0, 0, 0],
      ["S-1-1", "S-1-5-18"],
    ],
    ["bytes", valueType.binary, [1, 2], ["0102"]],
    ["half an item", valueType.uint32, [1, 0, 0, 0, 2, 0], ["1"]],
    ["nothing", valueType.string, [], []],
  ];
  test.each(arrays)("an array of %s is as many elements", async (_name, type, bytes, shown) => {
    expect(await show(value(type | valueType.array, bytes))).toEqual(shown);
  });

  test("a value that is shorter than its type costs its record", async () => {
    const log = writeLog([[record(1, dataOf(value(valueType.guid, [1, 2]), nothing)), record(2)]]);
    const reading = await read(log);
    expect(idsOf(reading)).toEqual(["2"]);
    expect(reading.findings).toEqual([
      "damaged: record 1 at 0x1200 was skipped: a value has 2 bytes where its type has 16",
    ]);
  });
});

describe("events", () => {
  test("System, and EventData with and without names", async () => {
    const guid = value(valueType.guid, Buffer.alloc(16, 0xab));
    const values = [guid, uint16(3), uint16(7), value(valueType.uint8, [2]), time, uint16(9), guid];
    const event = {
      template: eventTemplate,
      values: [...values, dataOf(text("a"), text("b\r\n"), value(valueType.binary, [1]))],
    };
    const { events, xml } = await read(writeLog([[{ id: 9, event }]]));
    const shown = "{abababab-abab-abab-abab-abababababab}";
    expect(events).toEqual([
      {
        System: {
          Provider: "Made-For-Tests",
          ProviderGuid: shown,
          EventID: 7,
          Qualifiers: 3,
          Version: 2,
          TimeCreated: "2022-06-18T04:26:40.1234567Z",
          EventRecordID: "9",
          ActivityID: shown,
          Channel: "Tests",
        },
        EventData: [
          ["first", "a"],
          [null, "b\r\n"],
          ["Binary", "01"],
        ],
      },
    ]);
    expect(xml).toEqual([
      `<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='Made-For-Tests' Guid='${shown}'/><EventID Qualifiers='3'>7</EventID><Version>2</Version><TimeCreated SystemTime='2022-06-18T04:26:40.1234567Z'/><EventRecordID>9</EventRecordID><Correlation ActivityID='${shown}'/><Channel>Tests</Channel></System><EventData><Data Name='first'>a</Data><Data>b\r\n</Data><Binary>01</Binary></EventData></Event>`,
    ]);
  });

  test("what is null is left out where it is optional, attributes, and elements that depend on it", async () => {
    const { events, xml } = await read(writeLog([[record(1, dataOf(nothing, nothing, nothing))]]));
    expect(events[0]?.System).not.toHaveProperty("Version");
    expect(events[0]?.System).not.toHaveProperty("ProviderGuid");
    expect(events[0]?.EventData).toEqual([
      ["first", ""],
      [null, ""],
    ]);
    expect(xml[0]).toContain(
      "<Provider Name='Made-For-Tests'/><EventID>4711</EventID><TimeCreated ",
    );
    expect(xml[0]).toContain("<EventData><Data Name='first'></Data><Data></Data></EventData>");
  });

  test("UserData is a tree", async () => {
    const template = {
      root: element("UserData", {}, [
        element("Cleared", { xmlns: "x" }, [
          element("ns:Subject", {}, [element("Name", {}, [slot(0)]), element("Name", {}, ["b"])]),
          element("__proto__", {}, [slot(1)]),
          element("Empty"),
        ]),
      ]),
    };
    const list = value(valueType.string | valueType.array, Buffer.from("x\0y\0", "utf16le"));
    const { events } = await read(writeLog([[record(1, { template, values: [text("a"), list] })]]));
    expect(events[0]?.UserData?.name).toBe("Cleared");
    expect(JSON.stringify(events[0]?.UserData?.data)).toBe(
      '{"Subject":{"Name":["a","b"]},"__proto__":["x","y"],"Empty":""}',
    );
    expect({}).not.toHaveProperty("x");
  });

  test("text that means something in XML is escaped, and what no XML may hold is replaced", async () => {
    const { events, xml } = await read(
      writeLog([[record(1, dataOf(text(`<a b="c">'&\u0000\u0001\ud800`), nothing, nothing))]]),
    );
    expect(events[0]?.EventData?.[0]?.[1]).toBe(`<a b="c">'&\u0000\u0001\ud800`);
    expect(xml[0]).toContain(`<Data Name='first'>&lt;a b="c"&gt;'&amp;\ufffd\ufffd\ufffd</Data>`);
  });

  test("an event that was written without a template", async () => {
    const writer = new ChunkWriter();
    const root = element("Event", {}, [
      element("System", {}, [element("EventID", {}, ["5"]), element("EventRecordID", {}, ["1"])]),
      element("EventData", {}, [element("Data", { Name: "x" }, ["1"])]),
    ]);
    writer.record(1, () => writer.element(root, false));
    const { events, findings } = await read(writer.finish());
    expect(events).toEqual([
      { System: { EventID: 5, EventRecordID: "1" }, EventData: [["x", "1"]] },
    ]);
    expect(findings).toEqual([]);
  });

  test("references to characters and entities, and CDATA, are text", async () => {
    const writer = new ChunkWriter();
    writer.record(1, () => {
      const { at } = writer;
      writer.element(
        element("Event", {}, [element("System", {}, [element("Computer", {}, ["?"])])]),
        false,
      );
      // In place of the text: its token and four characters.
      writer.at = writer.chunk.indexOf(Buffer.from([token.value, valueType.string, 1, 0]), at);
      writer.u8(token.characterReference).u16(0x41);
      writer.u8(token.entityReference);
      writer.name("amp");
      writer.u8(token.cdata).u16(1).u16(0x42);
      writer.u8(token.endElement).u8(token.endElement).u8(token.endElement);
    });
    expect((await read(writer.finish())).events).toEqual([{ System: { Computer: "A&B" } }]);
  });

  test("a record without an event is reported", async () => {
    const template = { root: element("Nothing") };
    const log = writeLog([[{ id: 5, event: { template, values: [] } }, record(6)]]);
    const reading = await read(log);
    expect(idsOf(reading)).toEqual(["6"]);
    expect(reading.findings).toEqual([
      "damaged: record 5 at 0x1200 was skipped: it holds no event",
    ]);
  });

  test("the XML is the event's", async () => {
    const { events, xml } = await read(writeLog([[record(1), record(2), record(3)]]));
    expect(xml.map(parseWindowsEvent)).toEqual(events);
  });
});

const three = [record(1), record(2), record(3)];

describe("files", () => {
  test("are told by their first bytes", () => {
    expect(evtx.detect(writeLog([]))).toBe("certain");
    expect(evtx.detect(writeChunk([]))).toBe("certain");
    expect(evtx.detect(Buffer.from("ElfFil"))).toBeUndefined();
  });

  test("all chunks, in the order in which they stand, unused ones passed over", async () => {
    const log = writeLog([[record(5)], [record(3), record(4)]]);
    const reading = await read(
      Buffer.concat([log, Buffer.alloc(chunkLength), writeChunk([record(6)])]),
    );
    expect(idsOf(reading)).toEqual(["5", "3", "4", "6"]);
    expect(reading.findings).toEqual([]);
  });

  test("where the source is cut changes nothing", async () => {
    const log = writeLog([three, [record(4)]]);
    const whole = await read(log);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 3_000, max: 150_000 }), async (length) => {
        const events: WindowsEvent[] = [];
        for await (const batch of readEvtx(cut(log, length), { report: () => expect.fail() })) {
          events.push(...batch);
        }
        expect(events).toEqual(whole.events);
      }),
      { numRuns: 20, seed: 1 },
    );
  });

  test("what the header tells of the log is passed on", async () => {
    const open = await read(writeLog([three], { flags: 1 }));
    expect(open.findings).toEqual([
      "incomplete: the log was copied while it was open: the last events may not be in it",
    ]);
    expect(idsOf(open)).toEqual(["1", "2", "3"]);
    const full = await read(writeLog([three], { flags: 2 }));
    expect(full.findings).toEqual(["incomplete: the log was full: later events are not in it"]);
    const other = writeLog([three]);
    other.writeUInt16LE(9, 38);
    expect((await read(other)).findings).toEqual([
      "damaged: the file's header is not as it was written: its checksum is wrong",
      "damaged: the log is of version 9.1; known are 3.0 to 3.2",
    ]);
  });

  test("records that go on counting behind the end of an open log are read", async () => {
    const log = writeLog([three]);
    const chunk = log.subarray(4_096);
    // As it was before the last two were written.
    chunk.writeUInt32LE(512 + chunk.readUInt32LE(512 + 4), 48);
    seal(chunk);
    const reading = await read(log);
    expect(idsOf(reading)).toEqual(["1", "2", "3"]);
    expect(reading.findings).toEqual([
      "incomplete: 2 records behind the end that the chunk at 0x1000 tells, as in a log that was open",
    ]);
  });

  test("what the log has given up is given only where it is asked for", async () => {
    const log = writeLog([[record(7), record(2), record(3)]]);
    const chunk = log.subarray(4_096);
    chunk.writeUInt32LE(512 + chunk.readUInt32LE(512 + 4), 48);
    seal(chunk);
    expect(idsOf(await read(log))).toEqual(["7"]);
    const recovered = await read(log, true);
    expect(idsOf(recovered)).toEqual(["7", "2", "3"]);
    expect(recovered.findings).toEqual([
      "recovered: 2 records that the log had given up in the chunk at 0x1000",
    ]);
  });
});

describe("damage", () => {
  const starts = (log: Buffer): number[] => {
    const found: number[] = [];
    for (let at = 4_096 + 512; log.readUInt32LE(at) === 0x2a2a; at += log.readUInt32LE(at + 4))
      found.push(at);
    return found;
  };

  test("checksums", async () => {
    const log = writeLog([three]);
    log.writeUInt8(1, 4_096 + 60);
    expect((await read(log)).findings).toEqual([
      "damaged: the chunk at 0x1000 is not as it was written: the checksum of its header is wrong",
    ]);
    const place = log.indexOf(Buffer.from("event 2", "utf16le"));
    log.write("E", place, "utf16le");
    const reading = await read(log);
    expect(reading.events[1]?.EventData?.[0]).toEqual(["first", "Event 2"]);
    expect(reading.findings).toEqual([
      "damaged: the chunk at 0x1000 is not as it was written: the checksum of its header and the checksum of its records are wrong",
    ]);
  });

  test.each([
    ["a length of zero", 4, 0],
    ["a length out of the chunk", 4, 0x7fff_ffff],
    ["a length into the next record", 4, 200],
    ["no signature", 0, 0],
  ])("%s costs its record alone", async (_name, at, number) => {
    const log = writeLog([three]);
    const [, second = 0] = starts(log);
    log.writeUInt32LE(number, second + at);
    seal(log.subarray(4_096));
    const reading = await read(log);
    expect(idsOf(reading)).toEqual(["1", "3"]);
    expect(reading.findings).toEqual([`damaged: there is no record at 0x${second.toString(16)}`]);
  });

  test("a record whose length stands only once is read", async () => {
    const log = writeLog([three]);
    const [, , third = 0] = starts(log);
    log.writeUInt32LE(0, third - 4);
    seal(log.subarray(4_096));
    expect(idsOf(await read(log))).toEqual(["1", "2", "3"]);
  });

  test("losses of a chunk are one finding", async () => {
    const log = writeLog([three]);
    for (const start of starts(log).slice(1)) log.writeUInt8(0xff, start + 24);
    seal(log.subarray(4_096));
    const reading = await read(log);
    expect(idsOf(reading)).toEqual(["1"]);
    expect(reading.findings).toEqual([
      expect.stringMatching(
        /^damaged: record 2 at 0x[0-9a-f]+ was skipped: 0xff at 0x[0-9a-f]+ begins nothing, and 1 more in the chunk at 0x1000$/,
      ),
    ]);
  });

  test("a chunk without its signature is read", async () => {
    const log = writeLog([three, [record(4)]]);
    log.fill(0, 4_096, 4_096 + 8);
    const reading = await read(log);
    expect(idsOf(reading)).toEqual(["1", "2", "3", "4"]);
    expect(reading.findings).toEqual([
      "damaged: the chunk at 0x1000 is not as it was written: its signature and the checksum of its header are wrong",
    ]);
  });

  test("chunks are found where bytes are lost or stand between", async () => {
    const [head, first, second] = [writeLog([]), writeChunk(three), writeChunk([record(4)])];
    const between = await read(Buffer.concat([head, Buffer.alloc(100, 7), first, second]));
    expect(idsOf(between)).toEqual(["1", "2", "3", "4"]);
    expect(between.findings).toEqual(["damaged: there is no chunk from 0x1000 to 0x1064"]);
    const lost = await read(Buffer.concat([head, first.subarray(0, 3_000), second]));
    expect(idsOf(lost)).toEqual(["1", "2", "3", "4"]);
    expect(lost.findings).toEqual(["truncated: the chunk at 0x1000 breaks off after 3000 bytes"]);
    const border = await read(Buffer.concat([head, Buffer.alloc(chunkLength - 3, 7), second]));
    expect(idsOf(border)).toEqual(["4"]);
    expect(border.findings).toEqual(["damaged: there is no chunk from 0x1000 to 0x10ffd"]);
  });

  test("a file that ends too early gives what it has", async () => {
    const log = writeLog([three]);
    const cutInside = await read(log.subarray(0, (starts(log)[2] ?? 0) + 10));
    expect(idsOf(cutInside)).toEqual(["1", "2"]);
    expect(cutInside.findings[0]).toMatch(
      /^truncated: the chunk at 0x1000 breaks off after \d+ bytes$/,
    );
    expect((await read(log.subarray(0, 100))).findings).toEqual([
      "truncated: the log ends inside its header",
    ]);
    expect((await read(Buffer.from("ElfChnk\0"))).findings[0]).toMatch(/^truncated: /);
  });
});

describe("hostile logs", () => {
  /** A log of one record whose content is written by hand, and a good one. */
  async function readHand(write: (writer: ChunkWriter) => void): Promise<Reading> {
    const writer = new ChunkWriter();
    writer.record(1, () => write(writer));
    writer.record(2, () => writer.instance(eventOf(2)));
    const reading = await read(writer.finish());
    expect(idsOf(reading)).toContain("2");
    return reading;
  }

  test("a definition that is part of itself", async () => {
    const reading = await readHand((writer) => {
      writer
        .u8(token.templateInstance)
        .u8(1)
        .u32(0)
        .u32(writer.at + 4);
      const start = writer.at;
      writer.u32(0).u32(0).u32(0).u32(0).u32(0).u32(0);
      writer.u8(token.openElement).u16(0xffff).u32(0);
      writer.name("Event");
      writer.u8(token.closeStartTag);
      writer.u8(token.openElement).u16(0xffff).u32(0);
      writer.name("UserData");
      writer.u8(token.closeStartTag);
      writer.u8(token.templateInstance).u8(1).u32(0).u32(start).u32(0);
      writer.u8(token.endElement).u8(token.endElement).u8(token.endOfStream);
      writer.chunk.writeUInt32LE(writer.at - start - 24, start + 20);
      writer.u32(0);
    });
    expect(reading.findings[0]).toContain("its templates nest without end");
  });

  test("templates in values without end", async () => {
    let inner: TestInstance = eventOf(1);
    const wrap: TestTemplate = {
      root: element("Event", {}, [element("UserData", {}, [slot(0)])]),
    };
    for (let depth = 0; depth < 40; depth += 1) inner = { template: wrap, values: [inner] };
    const reading = await readHand((writer) => writer.instance(inner));
    expect(reading.findings[0]).toContain("its templates nest without end");
  });

  test("a template that repeats its values, again and again", async () => {
    const twice = Array.from({ length: 200 }, () => slot(0));
    const many: TestTemplate = { root: element("Event", {}, [element("UserData", {}, twice)]) };
    let inner: TestInstance = eventOf(1, text("x".repeat(1_000)));
    for (let depth = 0; depth < 6; depth += 1) inner = { template: many, values: [inner] };
    const reading = await readHand((writer) => writer.instance(inner));
    expect(reading.findings[0]).toContain("its templates repeat without end");
  });

  test("more levels than any event has", async () => {
    let root = element("x");
    for (let depth = 0; depth < 100; depth += 1) root = element("x", {}, [root]);
    const reading = await readHand((writer) => writer.instance({ template: { root }, values: [] }));
    expect(reading.findings[0]).toContain("more than 32 levels");
  });

  test.each([
    ["a count of values that no chunk holds", 0xffff_ffff],
    ["a count of values that the record does not hold", 5_000],
  ])("%s", async (_name, count) => {
    const reading = await readHand((writer) => {
      writer
        .u8(token.templateInstance)
        .u8(1)
        .u32(0)
        .u32(writer.at + 4);
      writer.definition(element("Event"));
      writer.u32(count);
    });
    expect(reading.findings[0]).toContain("lead out of it");
  });

  test.each([0xffff_fff0, 65_530, 0])("a definition or a name at %i", async (offset) => {
    const byDefinition = await readHand((writer) => {
      writer.u8(token.templateInstance).u8(1).u32(0).u32(offset).u32(0);
    });
    expect(byDefinition.findings[0]).toMatch(/^damaged: record 1 /);
    const byName = await readHand((writer) => {
      writer.u8(token.openElement).u32(0).u32(offset).u8(token.closeEmptyElement);
    });
    expect(byName.findings[0]).toMatch(/^damaged: record 1 /);
  });

  test("names that would be something else in XML", async () => {
    for (const name of ["a b", "a>b", "<", "a\u0000", "=", ""]) {
      const reading = await readHand((writer) =>
        writer.instance({ template: { root: element(name) }, values: [] }),
      );
      expect(reading.findings[0]).toContain("there is no name at");
    }
  });

  test("whatever is changed in a log, reading it ends, and nothing is lost in silence", async () => {
    const many = Array.from({ length: 12 }, (_, index) => record(index + 1));
    const log = writeLog([many, many]);
    // Within what is written: the rest of a chunk is empty.
    const used = log.readUInt32LE(4_096 + 48);
    const place = fc.integer({ min: 0, max: used - 1 });
    const change = fc.oneof(
      fc.record({ at: place, byte: fc.nat(255) }),
      fc.record({
        at: place,
        word: fc.constantFrom(0, 1, 0xffff, 0x7fff_ffff, 0xffff_ffff, 0x1_0000, 0x2a2a),
      }),
      fc.record({ at: place, from: place }),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(change, { minLength: 1, maxLength: 6 }),
        fc.boolean(),
        fc.option(fc.nat(log.length), { nil: undefined }),
        async (changes, isSealed, end) => {
          const bytes = Buffer.from(log);
          const chunk = bytes.subarray(4_096, 4_096 + chunkLength);
          for (const each of changes) {
            if ("byte" in each) chunk.writeUInt8(each.byte, each.at);
            else if ("word" in each) chunk.writeUInt32LE(each.word, each.at);
            else chunk.copy(chunk, each.at, each.from, each.from + 24);
          }
          if (isSealed && chunk.readUInt32LE(48) <= chunkLength) seal(chunk);
          const reading = await read(bytes.subarray(0, end), true);
          const isShort = reading.events.length < 2 * many.length;
          expect(isShort && reading.findings.length === 0 && end === undefined).toBe(false);
          if (end === undefined)
            expect(idsOf(reading).slice(-12)).toEqual(many.map(({ id }) => String(id)));
        },
      ),
      { numRuns: 300, seed: 20_260_105 },
    );
  });

  test("bytes of no meaning behind a signature", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 4_000 }),
        fc.boolean(),
        async (bytes, isChunk) => {
          await read(
            Buffer.concat([Buffer.from(isChunk ? "ElfChnk\0" : "ElfFile\0"), bytes]),
            true,
          );
        },
      ),
      { numRuns: 50, seed: 1 },
    );
  });
});
