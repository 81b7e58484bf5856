import { describe, expect, test } from "vitest";
import { normalise, one, security, source, sourceFields, sysmon } from "../../../test/normalise.ts";

describe("envelope", () => {
  test("what every Windows event gets", () => {
    const { events } = normalise([sysmon(5, source)]);
    expect(events[0]).toMatchObject({
      index: "logs-windows.sysmon_operational-default",
      id: undefined,
    });
    expect(events[0]?.document).toEqual({
      "@timestamp": "2026-01-05T08:00:00.123Z",
      event: {
        kind: "event",
        code: "5",
        provider: "Microsoft-Windows-Sysmon",
        module: "windows",
        dataset: "windows.sysmon_operational",
        created: "2026-01-05T08:00:01.500Z",
        action: "Process terminated",
        category: ["process"],
        type: ["end"],
      },
      data_stream: { type: "logs", dataset: "windows.sysmon_operational", namespace: "default" },
      host: {
        name: "WS1.lab.example",
        hostname: "WS1.lab.example",
        id: expect.stringMatching(/^[0-9a-f]{32}$/),
        os: { type: "windows", family: "windows" },
      },
      process: sourceFields,
      winlog: {
        channel: "Microsoft-Windows-Sysmon/Operational",
        provider_name: "Microsoft-Windows-Sysmon",
        event_id: "5",
        computer_name: "WS1.lab.example",
        user: { identifier: "S-1-5-18" },
      },
    });
  });

  test("host.id is the same for every spelling of the name, and only for it", () => {
    const ids = ["WS1", "ws1", "WS2"].map((Hostname) =>
      Reflect.get(Object(one(sysmon(5, { Hostname }))?.host), "id"),
    );
    expect(ids[0]).toBe(ids[1]);
    expect(ids[0]).not.toBe(ids[2]);
  });

  test.each([
    ["Security", "logs-system.security-default"],
    ["SYSTEM", "logs-system.system-default"],
    ["Application", "logs-system.application-default"],
    ["Windows PowerShell", "logs-windows.powershell-default"],
    ["Microsoft-Windows-PowerShell/Operational", "logs-windows.powershell_operational-default"],
    ["Microsoft-Windows-Windows Defender/Operational", "logs-windows.windows_defender-default"],
    ["Microsoft-Windows-AppLocker/EXE and DLL", "logs-windows.applocker_exe_and_dll-default"],
    ["Microsoft-Windows-TaskScheduler/Operational", "logs-windows.forwarded-default"],
  ])("%s would be stored in %s", (Channel, index) => {
    const { events } = normalise([
      { Channel, EventID: 1, TimeCreated: "2026-01-05T08:00:00+00:00" },
    ]);
    expect(events[0]?.index).toBe(index);
  });

  test.each([
    ["0x8020000000000000", "success"],
    ["0x8010000000000000", "failure"],
    [Number(-9214364837600034816n), "success"],
    [Number(-9218868437227405312n), "failure"],
    ["0x8000000000000000", undefined],
    ["none", undefined],
  ])("keywords %s mean %s", (Keywords, outcome) => {
    expect(one(security(4624, { Keywords }))?.event).toMatchObject(
      outcome === undefined ? {} : { outcome },
    );
    expect(Reflect.has(Object(one(security(4624, { Keywords }))?.event), "outcome")).toBe(
      outcome !== undefined,
    );
  });
});

describe("forms", () => {
  const nxlog = (extra: Record<string, unknown>) => ({
    SourceModuleType: "im_msvistalog",
    SourceName: "Microsoft-Windows-Sysmon",
    Channel: "Microsoft-Windows-Sysmon/Operational",
    EventTime: "2026-01-05 03:00:00",
    EventReceivedTime: "2026-01-05 03:00:04",
    "@timestamp": "2026-01-05T08:00:04.061Z",
    Hostname: "WS1",
    EventID: 13,
    UserID: "S-1-5-18",
    AccountName: "SYSTEM",
    Domain: "NT AUTHORITY",
    ThreadID: 5,
    tags: ["x"],
    TargetObject: "HKLM\\A",
    UtcTime: "2026-01-05 08:00:00.250",
    ...extra,
  });
  const message =
    "Registry value set:\r\nRuleName: -\r\nEventType: SetValue\r\nProcessId: 3236\r\nDetails: \r\nProcessId: 1";

  test("NXLog, three generations", () => {
    const { documents } = normalise([
      nxlog({
        ProcessId: "3236",
        ExecutionProcessID: 9,
        EventType: "SetValue",
        EventTypeOrignal: "INFO",
      }),
      nxlog({ ProcessID: 9, EventType: "INFO", Message: message }),
      nxlog({ ExecutionProcessID: 9, EventType: "INFO" }),
    ]);
    const common = {
      winlog: {
        process: { pid: 9, thread: { id: 5 } },
        user: { identifier: "S-1-5-18", name: "SYSTEM", domain: "NT AUTHORITY" },
      },
    };
    expect(documents[0]).toMatchObject({ ...common, process: { pid: 3236 } });
    expect(documents[1]).toMatchObject({ ...common, process: { pid: 3236 } });
    expect(documents[2]).toMatchObject(common);
    expect(documents[2]).not.toHaveProperty("process");
    const types = documents.map((document) =>
      Reflect.get(Object(Reflect.get(Object(document.winlog), "event_data")), "EventType"),
    );
    expect(types).toEqual(["SetValue", "SetValue", undefined]);
  });

  test("NXLog's account is the writer's only where it has an id", () => {
    const session = {
      EventID: 4779,
      Channel: "Security",
      SourceName: "Microsoft-Windows-Security-Auditing",
      AccountDomain: "LAB",
      ClientAddress: "LOCAL",
    };
    const document = one({
      ...nxlog({ ...session, AccountName: "mira" }),
      UserID: undefined,
      Domain: undefined,
    });
    expect(document).toMatchObject({
      user: { name: "mira", domain: "LAB" },
      source: { ip: "127.0.0.1" },
      winlog: { event_data: { AccountName: "mira" } },
    });
  });

  test("Winlogbeat 6 has its own index", () => {
    const { events } = normalise([
      {
        "@timestamp": "2026-01-05T08:00:00.000Z",
        log_name: "Security",
        source_name: "Microsoft-Windows-Security-Auditing",
        event_id: 4688,
        computer_name: "WS1",
        record_number: "17",
        level: "Information",
        keywords: ["Audit Success"],
        task: "Process Creation",
        beat: { version: "6.7.0" },
        host: { name: "collector" },
        event_data: { NewProcessId: "0x10", NewProcessName: "C:\\a.exe" },
      },
    ]);
    expect(events[0]?.index).toBe("winlogbeat-6.7.0");
    expect(events[0]?.document).toMatchObject({
      event: { module: "security", outcome: "success", category: ["process"] },
      host: { name: "WS1" },
      log: { level: "information" },
      process: { pid: 16, name: "a.exe" },
      winlog: { record_id: "17" },
    });
  });

  const envelope = {
    channel: "Microsoft-Windows-Sysmon/Operational",
    provider_name: "Microsoft-Windows-Sysmon",
    event_id: 1,
    record_id: 7,
    computer_name: "WS1",
    time_created: "2026-01-05T08:00:01.000Z",
    event_data: {
      UtcTime: "2026-01-05 08:00:00.000",
      Image: "C:\\a.exe",
      ProcessId: "5",
      Hashes: "MD5=AA",
    },
  };

  test("Agent and Winlogbeat before the pipeline are mapped, what they have stays", () => {
    const raw = {
      "@timestamp": "2026-01-06T00:00:00.000Z",
      agent: { type: "filebeat", version: "8.1.0" },
      event: { code: "1", kind: "event" },
      host: { name: "WS1", id: "machine", os: { type: "windows", name: "Windows 11" } },
      winlog: envelope,
    };
    const before = JSON.stringify(raw);
    const { events } = normalise([
      raw,
      { ...raw, agent: { type: "winlogbeat", version: "8.1.0" } },
    ]);
    expect(events[0]?.document).toMatchObject({
      "@timestamp": "2026-01-05T08:00:00.000Z",
      agent: { type: "filebeat" },
      event: { category: ["process"], type: ["start"], created: "2026-01-05T08:00:01.000Z" },
      host: { id: "machine", os: { type: "windows", name: "Windows 11" } },
      process: { pid: 5, executable: "C:\\a.exe", hash: { md5: "aa" } },
      winlog: { record_id: "7", event_id: "1" },
    });
    expect(events[0]?.document).not.toHaveProperty("winlog.event_data");
    expect(events.map(({ index }) => index)).toEqual([
      "logs-windows.sysmon_operational-default",
      "winlogbeat-8.1.0",
    ]);
    expect(events[0]?.raw).toBe(raw);
    expect(JSON.stringify(raw)).toBe(before);
  });

  test("what has been through a pipeline passes as it is", () => {
    const raw = {
      "@timestamp": "2026-01-05T08:00:00.000Z",
      event: { category: ["process"] },
      winlog: envelope,
    };
    expect(normalise([raw]).documents[0]).toBe(raw);
  });

  test("Log Analytics: JSON text, XML, columns", () => {
    const row = { TenantId: "t", TimeGenerated: "2026-01-05T08:00:00Z", Computer: "WS1" };
    const { documents } = normalise([
      {
        ...row,
        Type: "WindowsEvent",
        Provider: "Microsoft-Windows-Sysmon",
        Channel: "Microsoft-Windows-Sysmon/Operational",
        EventID: 11,
        EventData: JSON.stringify({
          UtcTime: "2026-01-05T07:59:59.1230000Z",
          TargetFilename: "C:\\a",
        }),
      },
      {
        ...row,
        Type: "SecurityEvent",
        EventSourceName: "Microsoft-Windows-Security-Auditing",
        Channel: "Security",
        EventID: 5156,
        EventData: `<EventData xmlns="x">\r\n  <Data Name="SourceAddress">192.0.2.1</Data>\r\n  <Data Name="Application">a &amp; &#98;</Data></EventData>`,
      },
      {
        ...row,
        Type: "SecurityEvent",
        EventSourceName: "Microsoft-Windows-Security-Auditing",
        Channel: "Security",
        EventID: 4688,
        NewProcessName: "C:\\b.exe",
        NewProcessId: "0x20",
      },
    ]);
    expect(documents[0]).toMatchObject({
      "@timestamp": "2026-01-05T07:59:59.123Z",
      file: { path: "C:\\a" },
    });
    expect(documents[1]).toMatchObject({
      source: { ip: "192.0.2.1" },
      process: { executable: "a & b" },
    });
    expect(documents[2]).toMatchObject({ process: { pid: 32, executable: "C:\\b.exe" } });
  });
});
