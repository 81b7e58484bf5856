import fc from "fast-check";
import { expect, test } from "vitest";
import { normalise } from "../../../test/normalise.ts";

/** Keys that some form or mapping reads, with a value that leads it on. */
const keys: Readonly<Record<string, unknown>> = {
  "@timestamp": "2026-01-05T08:00:00Z",
  AccessList: "%%4417 %%",
  AccessMask: "0x10",
  Channel: "Security",
  CommandLine: '"a\\" b',
  Computer: "WS1",
  ContextInfo: "User = a\\b",
  Details: "QWORD (0x1-0x2)",
  Event: { System: { Provider: { "#attributes": { Name: "PowerShell" } }, EventID: 800 } },
  EventData: "<EventData><Data Name='a'>b</Data>",
  EventID: 4688,
  EventId: 1,
  EventRecordId: "1",
  EventReceivedTime: "2026-01-05 08:00:00",
  EventTime: "2026-01-05 08:00:00",
  Hashes: "MD5=a,=,",
  Hostname: "WS1",
  Keywords: "0x8020000000000000",
  MemberName: "CN=a",
  Message: "ProcessId: 5",
  NewProcessId: "0x10",
  MessageNumber: "1",
  MessageTotal: "2",
  NewUacValue: "0x10",
  Path: "file:_C:\\a.b",
  Payload: '{"EventData":{"Data":[{"@Name":"a","#text":"b"}]}}',
  QueryName: "a.b.co.uk",
  QueryResults: "type: 5 a;;::1",
  ScriptBlockId: "a",
  ScriptBlockText: "a",
  SourceModuleType: "im_msvistalog",
  SourceName: "Microsoft-Windows-Sysmon",
  System: { Provider: "Microsoft-Windows-Windows Defender", EventID: 1116, Channel: "Security" },
  TargetObject: "HKLM\\a",
  TimeCreated: "2026-01-05 08:00:00",
  TimeGenerated: "2026-01-05 08:00:00",
  TicketOptions: "0x40810000",
  Type: "WindowsEvent",
  User: "a\\b",
  UtcTime: "2026-01-05 08:00:00.000",
  _raw: "<Event><System><EventID>1</EventID></System></Event>",
  _time: "2026-01-05 08:00:00",
  data_stream: { type: "logs" },
  event: { code: "1" },
  event_data: { UtcTime: "x" },
  event_id: 1,
  log_name: "Security",
  winlog: { channel: "Security", event_id: 4720, event_data: { SubjectUserName: "a" } },
};

const ids = [
  1, 3, 7, 10, 13, 22, 255, 400, 800, 1102, 1116, 4103, 4104, 4624, 4656, 4674, 4688, 4706, 4719,
  4732, 4769, 5145, 7045,
];
const channels = [
  "Microsoft-Windows-Sysmon/Operational",
  "Microsoft-Windows-PowerShell/Operational",
  "Microsoft-Windows-Windows Defender/Operational",
  "Windows PowerShell",
  "Security",
  "System",
];

test("no value of any kind makes it fail, and no event is lost", () => {
  const event = fc
    .tuple(
      fc.subarray(Object.keys(keys), { minLength: 3 }),
      fc.dictionary(
        fc.constantFrom(...Object.keys(keys), "__proto__"),
        fc.jsonValue({ maxDepth: 3 }),
        { maxKeys: 4 },
      ),
      fc.constantFrom(...ids),
      fc.constantFrom(...channels),
    )
    .map(([known, wild, EventID, Channel]) => ({
      ...Object.fromEntries(known.map((key) => [key, keys[key]])),
      EventID,
      Channel,
      ...wild,
    }));
  fc.assert(
    fc.property(fc.array(event, { maxLength: 4 }), (events) => {
      const before = JSON.stringify(events);
      const { documents } = normalise(events);
      expect(documents.length).toBe(events.length);
      expect(() => JSON.stringify(documents)).not.toThrow();
      expect(JSON.stringify(events)).toBe(before);
    }),
    { numRuns: 400 },
  );
});

test("nothing that stands where a part of System or EventData should makes it fail", () => {
  const wild = fc.jsonValue({ maxDepth: 3 });
  const system = fc.record(
    {
      Provider: fc.oneof(fc.constant("Microsoft-Windows-Sysmon"), fc.constant({ Name: "x" }), wild),
      EventID: fc.oneof(fc.constantFrom(...ids), fc.constant({ Value: 4624 }), wild),
      Channel: fc.oneof(fc.constantFrom(...channels), wild),
      TimeCreated: fc.oneof(fc.constant({ SystemTime: 1e300 }), wild),
      Keywords: wild,
      Task: wild,
      Execution: wild,
    },
    { requiredKeys: ["Provider", "EventID"] },
  );
  const item = fc.tuple(
    fc.oneof(fc.constantFrom(...Object.keys(keys), null, "__proto__"), wild),
    wild,
  );
  const event = fc.record(
    {
      System: system,
      EventData: fc.oneof(fc.array(fc.oneof(item, wild), { maxLength: 5 }), wild),
      UserData: fc.oneof(fc.record({ name: wild, data: wild }), wild),
      RenderingInfo: wild,
    },
    { requiredKeys: ["System"] },
  );
  fc.assert(
    fc.property(event, (value) => {
      const { documents } = normalise([value]);
      expect(documents.length).toBe(1);
      expect(() => JSON.stringify(documents)).not.toThrow();
    }),
    { numRuns: 400 },
  );
});
