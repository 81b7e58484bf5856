import { describe, expect, test } from "vitest";
import type { Finding } from "../finding.ts";
import type { WindowsEvent } from "./windows-event.ts";
import { parseWindowsEvent } from "./windows-event-xml.ts";
import { xml } from "./xml.ts";
import { parseXml } from "./xml-element.ts";

const ns = "http://schemas.microsoft.com/win/2004/08/events/event";
const system = (id: number) =>
  `<System><Provider Name="Lab" /><EventID>${id}</EventID><Channel>Lab</Channel></System>`;
const event = (id: number, rest = "") => `<Event xmlns='${ns}'>${system(id)}${rest}</Event>`;
const eventOf = (id: number) => ({ System: { Provider: "Lab", EventID: id, Channel: "Lab" } });

async function read(text: string, chunkBytes = 1 << 20) {
  const findings: Finding[] = [];
  const events: unknown[] = [];
  const bytes = Buffer.from(text);
  async function* chunks() {
    for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes);
  }
  for await (const raws of xml.read(chunks(), (finding) => findings.push(finding))) {
    for (const raw of raws) events.push(raw.value);
  }
  return { events, findings };
}

describe("an event", () => {
  test("every part of System, under the names of WindowsEvent", () => {
    const text = `<Event xmlns='${ns}'><System>
      <Provider Name='Microsoft-Windows-Lab' Guid='{5770385f-c22a-43e0-bf4c-06f5698ffbd9}' EventSourceName='Old'/>
      <EventID Qualifiers='16384'>7036</EventID><Version>1</Version><Level>4</Level><Task>3</Task>
      <Opcode>0</Opcode><Keywords>0x8020000000000000</Keywords>
      <TimeCreated SystemTime='2026-01-05T08:00:00.1234567Z'/><EventRecordID>18446744073709551615</EventRecordID>
      <Correlation ActivityID='{A}' RelatedActivityID='{B}'/><Execution ProcessID='4' ThreadID='88'/>
      <Channel>Lab/Operational</Channel><Computer>WS1.lab.example</Computer><Security UserID='S-1-5-18'/>
    </System></Event>`;
    expect(parseWindowsEvent(text)).toEqual({
      System: {
        Provider: "Microsoft-Windows-Lab",
        ProviderGuid: "{5770385f-c22a-43e0-bf4c-06f5698ffbd9}",
        EventID: 7036,
        Qualifiers: 16384,
        Version: 1,
        Level: 4,
        Task: 3,
        Opcode: 0,
        Keywords: "0x8020000000000000",
        TimeCreated: "2026-01-05T08:00:00.1234567Z",
        EventRecordID: "18446744073709551615",
        ActivityID: "{A}",
        RelatedActivityID: "{B}",
        ProcessID: 4,
        ThreadID: 88,
        Channel: "Lab/Operational",
        Computer: "WS1.lab.example",
        UserID: "S-1-5-18",
      },
    } satisfies WindowsEvent);
  });

  test("EventData in order: named, unnamed, and what is not Data", () => {
    const data = `<EventData><Data Name="A">1</Data><Data/><Data>x</Data><Data Name="A">2</Data><Binary>00FF</Binary></EventData>`;
    expect(parseWindowsEvent(event(1, data))?.EventData).toEqual([
      ["A", "1"],
      [null, ""],
      [null, "x"],
      ["A", "2"],
      ["Binary", "00FF"],
    ]);
  });

  test("UserData is the one element in it, with elements inside and names that repeat", () => {
    const data = `<UserData><Cleared xmlns='x'><Who>mira</Who><p:Deep xmlns:p="y"><In>1</In></p:Deep><N>1</N><N>2</N><__proto__>z</__proto__></Cleared></UserData>`;
    const read = parseWindowsEvent(event(1, data))?.UserData;
    expect(read?.name).toBe("Cleared");
    expect(JSON.stringify(read?.data)).toBe(
      '{"Who":"mira","Deep":{"In":"1"},"N":["1","2"],"__proto__":"z"}',
    );
  });

  test("the texts of the message table, where the export has them", () => {
    const rendering = `<RenderingInfo Culture='en-US'><Message>The 1st
line</Message><Level>Information</Level><Task>Logon</Task><Opcode>Info</Opcode><Channel>Security</Channel><Provider>P</Provider><Keywords><Keyword>Audit Success</Keyword></Keywords></RenderingInfo>`;
    expect(parseWindowsEvent(event(1, rendering))?.RenderingInfo).toEqual({
      Message: "The 1st\nline",
      Level: "Information",
      Task: "Logon",
      Opcode: "Info",
      Channel: "Security",
      Provider: "P",
      Keywords: ["Audit Success"],
    });
  });

  test.each([
    ["a &amp; b &lt;&gt;&quot;&apos;", `a & b <>"'`],
    ["&#65;&#x42;&#xA;", "AB\n"],
    ["&amp;gt; once only", "&gt; once only"],
    ["&unknown; &#x110000; &;", "&unknown; &#x110000; &;"],
    ["<![CDATA[<b> & ]]>!", "<b> & !"],
    ["a<!-- <Data>no</Data> -->b<?pi x?>c", "abc"],
  ])("text %j is %j", (written, text) => {
    const data = `<EventData><Data Name="T">${written}</Data></EventData>`;
    expect(parseWindowsEvent(event(1, data))?.EventData).toEqual([["T", text]]);
  });

  test("attributes in either quotes, with entities, `>` and blanks around the sign", () => {
    const parsed = parseXml(`<a b = 'x"&lt;>' c="&#39;"\n d=""/>`, 0);
    expect("element" in parsed && parsed.element.attributes).toEqual([
      ["b", `x"<>`],
      ["c", "'"],
      ["d", ""],
    ]);
  });

  test.each([
    ["<a><b></a></b>", "broken"],
    ["<a <b/></a>", "broken"],
    ["<a b></a>", "broken"],
    ["<a b=c/>", "broken"],
    ["<a b='1'c='2'/>", "broken"],
    ["<a><!DOCTYPE x></a>", "broken"],
    ["<a><!ENTITY x 'y'></a>", "broken"],
    ["< a/>", "broken"],
    ["<a><![CDATA[ ", "unfinished"],
    ["<a><![CDA", "unfinished"],
    ["<a b='", "unfinished"],
    ["<a>", "unfinished"],
    ["<a>".repeat(33), "too-deep"],
    [`<a>${"<b/>".repeat(65_536)}</a>`, "too-long"],
    [`<a>${"b".repeat(4 * 1024 * 1024)}</a>`, "too-long"],
  ])("%.20s is %s", (text, fault) => {
    expect(parseXml(text, 0)).toEqual({ fault });
  });
});

describe("an input", () => {
  test.each([
    ["one list", `<?xml version="1.0"?>\n<Events>${event(1)}${event(2)}</Events>`],
    ["one after the other", event(1) + event(2)],
    ["lines", `\ufeff${event(1)}\r\n${event(2)}\r\n`],
    ["lines of syslog", `Jan  5 08:00:00 ws1 sysmon: ${event(1)}\nJan  5 sysmon: ${event(2)}\n`],
  ])("%s, whole and byte by byte", async (_, text) => {
    const expected = { events: [eventOf(1), eventOf(2)], findings: [] };
    expect(await read(text)).toEqual(expected);
    expect(await read(text, 1)).toEqual(expected);
    expect(xml.detect(Buffer.from(text))).toMatch(/certain|likely/);
  });

  test("letters of several bytes at every border", async () => {
    const text = event(1, "<EventData><Data Name='Ä'>日本 🙂</Data></EventData>");
    for (const bytes of [1, 2, 3, 5]) {
      expect((await read(text, bytes)).events).toEqual([
        { ...eventOf(1), EventData: [["Ä", "日本 🙂"]] },
      ]);
    }
  });

  test("a broken event costs only itself", async () => {
    const cut = event(2).slice(0, -20);
    const { events, findings } = await read(`<Events>${event(1)}${cut}${event(3)}</Events>`);
    expect(events).toEqual([eventOf(1), eventOf(3)]);
    expect(findings).toEqual([
      { code: "damaged", position: 2, message: "an event breaks off: this is not XML" },
    ]);
  });

  test("the end inside an event", async () => {
    const { events, findings } = await read(`${event(1)}\n${event(2).slice(0, 90)}`, 7);
    expect(events).toEqual([eventOf(1)]);
    expect(findings).toEqual([
      { code: "truncated", position: 2, message: "the input ends inside an event" },
    ]);
  });

  test("lines without an event, and an Event that is none of Windows", async () => {
    const { events, findings } = await read(`hello\n${event(1)}\nover\n<Event>x</Event>`);
    expect(events).toEqual([eventOf(1)]);
    expect(findings).toEqual([
      { code: "not-an-event", position: 2, message: "an Event without System" },
      { code: "not-an-event", message: "2 lines hold no event" },
    ]);
  });

  test("no document type is read, no entity of one is known", async () => {
    const type = `<!DOCTYPE Events [<!ENTITY x SYSTEM "file:///etc/passwd">]>`;
    const data = "<EventData><Data Name='x'>&x;</Data></EventData>";
    const { events } = await read(`<?xml version="1.0"?>${type}<Events>${event(1, data)}</Events>`);
    expect(events).toEqual([{ ...eventOf(1), EventData: [["x", "&x;"]] }]);
  });

  test("JSON with events as text in it is not ours", () => {
    expect(xml.detect(Buffer.from(`x\n{"_raw":"${event(1)}"}`))).toBeUndefined();
  });

  // Each of these is quadratic for a reader that searches from every start to the end: minutes.
  test.each(["<Event><![CDATA[", "<Event><!--", '<Event a="', "<Event><a>", "<Event ", "<Event>&"])(
    "much of nothing but %s",
    async (piece) => {
      const text = piece.repeat((128 * 1024) / piece.length) + event(1);
      const { events, findings } = await read(text, 16 * 1024);
      expect(events.length).toBeLessThanOrEqual(1);
      expect(findings.length).toBeGreaterThan(0);
    },
  );
});
