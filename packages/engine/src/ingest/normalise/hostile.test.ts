import fc from "fast-check";
import { expect, test } from "vitest";
import { normalise } from "../../../test/normalise.ts";

/** Keys that some form or mapping reads, with a value that leads it on. */
const keys: Readonly<Record<string, unknown>> = {
  "@timestamp": "2026-01-05T08:00:00Z",
  Channel: "Security",
  CommandLine: '"a\\" b',
  Computer: "WS1",
  ContextInfo: "User = a\\b",
  Details: "QWORD (0x1-0x2)",
  Event: { System: { Provider: { "#attributes": { Name: "PowerShell" } }, EventID: 800 } },
  EventData: "<EventData><Data Name='a'>b</Data>",
  EventID: 4688,
  EventReceivedTime: "2026-01-05 08:00:00",
  EventTime: "2026-01-05 08:00:00",
  Hashes: "MD5=a,=,",
  Hostname: "WS1",
  Keywords: "0x8020000000000000",
  MemberName: "CN=a",
  Message: "ProcessId: 5",
  NewProcessId: "0x10",
  NewUacValue: "0x10",
  QueryResults: "type: 5 a;;::1",
  ScriptBlockText: "a",
  SourceModuleType: "im_msvistalog",
  SourceName: "Microsoft-Windows-Sysmon",
  TargetObject: "HKLM\\a",
  TimeCreated: "2026-01-05 08:00:00",
  TimeGenerated: "2026-01-05 08:00:00",
  Type: "WindowsEvent",
  User: "a\\b",
  UtcTime: "2026-01-05 08:00:00.000",
  _time: "2026-01-05 08:00:00",
  data_stream: { type: "logs" },
  event: { code: "1" },
  event_data: { UtcTime: "x" },
  event_id: 1,
  log_name: "Security",
  winlog: { channel: "Security", event_id: 4720, event_data: { SubjectUserName: "a" } },
};

const ids = [
  1, 3, 7, 10, 13, 22, 255, 400, 800, 1102, 4103, 4104, 4624, 4688, 4719, 4732, 5145, 7045,
];
const channels = [
  "Microsoft-Windows-Sysmon/Operational",
  "Microsoft-Windows-PowerShell/Operational",
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
