import { describe, expect, test } from "vitest";
import { one, source, sourceFields, sysmon } from "../../../../test/normalise.ts";

describe("Sysmon", () => {
  test("1: process creation", () => {
    const document = one(
      sysmon(1, {
        ...source,
        CommandLine: `"explorer.exe" /e,"C:\\a b"`,
        CurrentDirectory: "C:\\Windows\\",
        User: "LAB\\mira",
        OriginalFileName: "EXPLORER.EXE",
        Company: "Example",
        IntegrityLevel: "High",
        Hashes: "SHA1=AB01,MD5=CD02,SHA256=EF03,IMPHASH=0000",
        ParentProcessGuid: "{b-2}",
        ParentProcessId: "77",
        ParentImage: "System",
        ParentCommandLine: "a b",
        RuleName: "-",
        LogonGuid: "{00000000-0000-0000-0000-000000000000}",
      }),
    );
    expect(document).toMatchObject({
      event: { category: ["process"], type: ["start"], action: "Process creation" },
      process: {
        ...sourceFields,
        command_line: `"explorer.exe" /e,"C:\\a b"`,
        args: ["explorer.exe", "/e,C:\\a b"],
        args_count: 2,
        working_directory: "C:\\Windows\\",
        hash: { sha1: "ab01", md5: "cd02", sha256: "ef03" },
        pe: { original_file_name: "EXPLORER.EXE", company: "Example" },
        parent: {
          entity_id: "{b-2}",
          pid: 77,
          executable: "System",
          command_line: "a b",
          args: ["a", "b"],
          args_count: 2,
        },
      },
      user: { domain: "LAB", name: "mira" },
      related: { user: ["mira"], hash: ["ab01", "cd02", "ef03"] },
    });
    expect(document).not.toHaveProperty("process.parent.name");
    expect(document).not.toHaveProperty("rule");
    expect(document).toHaveProperty("winlog.event_data", {
      IntegrityLevel: "High",
      Company: "Example",
    });
  });

  // C12: the SID of the service is no user's.
  test.each([
    ["LAB\\mira", undefined],
    ["NT AUTHORITY\\SYSTEM", "S-1-5-18"],
    ["nt-autorität\\system", "S-1-5-18"],
    ["NT AUTHORITY\\NETWORK SERVICE", "S-1-5-20"],
    [undefined, undefined],
  ])("user.id of %s is %s; the writer's stays in winlog.user.identifier", (User, id) => {
    const document = one(sysmon(1, { ...source, ...(User !== undefined && { User }) }));
    expect(Reflect.get(Object(document?.user), "id")).toBe(id);
    expect(document).toHaveProperty("winlog.user.identifier", "S-1-5-18");
  });

  test("16: a writer who is not the service is the user", () => {
    const document = one(sysmon(16, { UserID: "S-1-5-21-1-2-3-1105", Configuration: "c.xml" }));
    expect(document?.user).toEqual({ id: "S-1-5-21-1-2-3-1105" });
  });

  test.each<readonly [name: string, id: number, data: Record<string, unknown>, expected: object]>([
    [
      "2: a file with a dot in its folder",
      2,
      { TargetFilename: "C:\\a.b\\c", PreviousCreationUtcTime: "2025-01-01 00:00:00.000" },
      {
        event: { category: ["file"], type: ["change"] },
        file: { path: "C:\\a.b\\c", name: "c", directory: "C:\\a.b", extension: "b\\c" },
        winlog: { event_data: { PreviousCreationUtcTime: "2025-01-01 00:00:00.000" } },
      },
    ],
    [
      "3: network",
      3,
      {
        Protocol: "tcp",
        Initiated: "true",
        SourceIsIpv6: "false",
        SourceIp: "192.0.2.7",
        SourcePort: "50123",
        SourceHostname: "-",
        DestinationIp: "198.51.100.9",
        DestinationPort: "443",
        DestinationPortName: "https",
        DestinationHostname: "c2.example",
      },
      {
        event: { category: ["network"], type: ["start", "connection", "protocol"] },
        network: { transport: "tcp", direction: "egress", type: "ipv4", protocol: "https" },
        source: { ip: "192.0.2.7", port: 50123 },
        destination: { ip: "198.51.100.9", port: 443, domain: "c2.example" },
        related: { ip: ["192.0.2.7", "198.51.100.9"] },
      },
    ],
    [
      "7: an image, as file and as library",
      7,
      {
        ImageLoaded: "C:\\x\\evil.dll",
        OriginalFileName: "good.dll",
        Hashes: "MD5=AA",
        Signed: "true",
        Signature: "Example",
        SignatureStatus: "Valid",
      },
      {
        event: {
          category: ["process", "library"],
          type: ["change", "start"],
          action: ["Image loaded", "load"],
        },
        file: {
          path: "C:\\x\\evil.dll",
          name: "evil.dll",
          directory: "C:\\x",
          extension: "dll",
          hash: { md5: "aa" },
          pe: { original_file_name: "good.dll" },
          code_signature: { status: "Valid", valid: true, subject_name: "Example" },
        },
        dll: {
          path: "C:\\x\\evil.dll",
          name: "evil.dll",
          hash: { md5: "aa" },
          pe: { original_file_name: "good.dll" },
          code_signature: { status: "Valid" },
        },
      },
    ],
    [
      "8: remote thread",
      8,
      {
        ...source,
        SourceProcessGuid: "{a-1}",
        SourceThreadId: "9",
        TargetImage: "C:\\t.exe",
        TargetProcessGuid: "{t}",
      },
      {
        event: { category: ["process"], type: ["change"], action: "CreateRemoteThread" },
        process: { thread: { id: 9 } },
        winlog: { event_data: { TargetImage: "C:\\t.exe", TargetProcessGUID: "{t}" } },
      },
    ],
    [
      "10: the source is the process",
      10,
      {
        ProcessGuid: "",
        ProcessId: "",
        Image: "",
        SourceProcessGUID: "{s}",
        SourceProcessId: "12",
        SourceImage: "C:\\m.exe",
        TargetProcessGUID: "{t}",
        TargetImage: "C:\\Windows\\System32\\lsass.exe",
        GrantedAccess: "0x1010",
        CallTrace: "UNKNOWN(0)",
      },
      {
        event: { category: ["process"], type: ["access"], action: "ProcessAccess" },
        process: { entity_id: "{s}", pid: 12, executable: "C:\\m.exe", name: "m.exe" },
        winlog: {
          event_data: {
            TargetProcessGUID: "{t}",
            TargetImage: "C:\\Windows\\System32\\lsass.exe",
            GrantedAccess: "0x1010",
            CallTrace: "UNKNOWN(0)",
          },
        },
      },
    ],
    [
      "11: file",
      11,
      { TargetFilename: "C:\\Users\\mira\\u.exe" },
      {
        event: { category: ["file"], type: ["creation"], action: "FileCreate" },
        file: { path: "C:\\Users\\mira\\u.exe", name: "u.exe", extension: "exe" },
      },
    ],
    [
      "12: registry key",
      12,
      { EventType: "CreateKey", TargetObject: "HKU\\S-1-5-21-1\\Software\\X" },
      {
        event: { category: ["configuration", "registry"], type: ["change"] },
        registry: {
          path: "HKU\\S-1-5-21-1\\Software\\X",
          hive: "HKU",
          key: "S-1-5-21-1\\Software\\X",
          value: "X",
        },
        winlog: { event_data: { EventType: "CreateKey" } },
      },
    ],
    [
      "13: a number in the registry",
      13,
      { TargetObject: "HKEY_LOCAL_MACHINE\\SYSTEM\\A\\Start", Details: "DWORD (0x00000004)" },
      {
        registry: {
          hive: "HKLM",
          key: "SYSTEM\\A\\Start",
          value: "Start",
          data: { type: "SZ_DWORD", strings: ["4"] },
        },
        winlog: { event_data: { Details: "DWORD (0x00000004)" } },
      },
    ],
    [
      "13: a large number",
      13,
      { TargetObject: "HKLM\\A", Details: "QWORD (0x00000001-0x00000002)" },
      { registry: { data: { type: "SZ_QWORD", strings: ["258"] } } },
    ],
    [
      "14: text under an unknown root",
      14,
      { TargetObject: "\\REGISTRY\\X\\Y", Details: "calc.exe" },
      {
        registry: {
          path: "\\REGISTRY\\X\\Y",
          value: "Y",
          data: { type: "REG_SZ", strings: ["calc.exe"] },
        },
      },
    ],
    [
      "15: a stream's hash is the file's",
      15,
      {
        TargetFilename: "C:\\a.zip:Zone.Identifier",
        Hash: "SHA256=FF",
        Contents: "[ZoneTransfer]",
      },
      {
        event: { category: ["file"], type: ["access"] },
        file: { path: "C:\\a.zip:Zone.Identifier", hash: { sha256: "ff" } },
        winlog: { event_data: { Contents: "[ZoneTransfer]" } },
      },
    ],
    [
      "17: pipe",
      17,
      { PipeName: "\\msagent_01", EventType: "CreatePipe" },
      { event: { category: ["file"], type: ["creation"] }, file: { name: "\\msagent_01" } },
    ],
    ["18: pipe", 18, { PipeName: "\\x" }, { event: { type: ["access"] }, file: { name: "\\x" } }],
    [
      "22: DNS",
      22,
      {
        QueryName: "c2.example",
        QueryStatus: "9003",
        QueryResults: "type:  5 edge.example;type:  6 ;::ffff:203.0.113.5;2001:db8::1;nonsense;",
      },
      {
        event: { category: ["network"], type: ["connection", "protocol", "info"] },
        network: { protocol: "dns" },
        sysmon: { dns: { status: "DNS_ERROR_RCODE_NAME_ERROR" } },
        dns: {
          question: { name: "c2.example" },
          answers: [
            { type: "CNAME", data: "edge.example" },
            { type: "SOA" },
            { type: "A", data: "203.0.113.5" },
            { type: "AAAA", data: "2001:db8::1" },
          ],
          resolved_ip: ["203.0.113.5", "2001:db8::1"],
        },
        related: { hosts: ["edge.example", "c2.example"], ip: ["203.0.113.5", "2001:db8::1"] },
      },
    ],
    [
      "23: the hash stands with the process",
      23,
      { TargetFilename: "C:\\d.tmp", Hashes: "MD5=AA", Archived: "true", IsExecutable: "false" },
      {
        event: { category: ["file"], type: ["deletion"] },
        file: { path: "C:\\d.tmp" },
        process: { hash: { md5: "aa" } },
        sysmon: { file: { archived: true, is_executable: false } },
      },
    ],
    [
      "25: tampering",
      25,
      { Type: "Image is replaced" },
      { event: { category: ["process"], type: ["change"] }, message: "Image is replaced" },
    ],
    [
      "27 fails",
      27,
      { TargetFilename: "C:\\d.exe" },
      { event: { category: ["file"], type: ["creation"], outcome: "failure" } },
    ],
    [
      "4: the service",
      4,
      { State: "Started", Version: "15.0", SchemaVersion: "4.90" },
      {
        event: { category: ["process"], type: ["change"], action: "Sysmon service state changed" },
        winlog: { event_data: { State: "Started", Version: "15.0", SchemaVersion: "4.90" } },
      },
    ],
    [
      "6: a driver and who signed it",
      6,
      {
        ImageLoaded: "C:\\Windows\\System32\\drivers\\x.sys",
        Hashes: "MD5=AA,IMPHASH=00000000000000000000000000000000",
        Signed: "true",
        Signature: "Lab",
        SignatureStatus: "Valid",
      },
      {
        event: { category: ["driver"], type: ["start"], action: "Driver loaded" },
        file: {
          path: "C:\\Windows\\System32\\drivers\\x.sys",
          name: "x.sys",
          hash: { md5: "aa" },
          code_signature: { subject_name: "Lab", status: "Valid", valid: true },
        },
        winlog: { event_data: { Signed: "true", Signature: "Lab" } },
      },
    ],
    [
      "9: a device that was read as it is",
      9,
      { Device: "\\Device\\HarddiskVolume2" },
      {
        event: { category: ["process"], type: ["access"], action: "RawAccessRead" },
        file: { path: "\\Device\\HarddiskVolume2", name: "HarddiskVolume2" },
      },
    ],
    [
      "16: its configuration",
      16,
      { Configuration: "C:\\c.xml", ConfigurationFileHash: "SHA256=FF" },
      {
        event: {
          category: ["configuration"],
          type: ["change"],
          action: "ServiceConfigurationChange",
        },
        winlog: { event_data: { Configuration: "C:\\c.xml", ConfigurationFileHash: "SHA256=FF" } },
      },
    ],
    [
      "19: a filter of WMI",
      19,
      { Operation: "Created", Name: "f", Query: "select *" },
      {
        event: { category: ["process"], type: ["info"] },
        winlog: { event_data: { Operation: "Created", Name: "f", Query: "select *" } },
      },
    ],
    [
      "20: a consumer, whose destination is taken for a process where there is no image",
      20,
      { Image: "-", Operation: "Created", Destination: "C:\\t\\x.exe", Type: "Command Line" },
      {
        event: { category: ["process"], type: ["change"] },
        process: { executable: "C:\\t\\x.exe", name: "x.exe" },
        winlog: { event_data: { Type: "Command Line" } },
      },
    ],
    [
      "21: both bound together",
      21,
      { Operation: "Created", Consumer: "c", Filter: "f" },
      {
        event: { category: ["process"], type: ["access"] },
        winlog: { event_data: { Consumer: "c", Filter: "f" } },
      },
    ],
    [
      "26: the hash is the file's",
      26,
      { TargetFilename: "C:\\d.tmp", Hashes: "MD5=AA", IsExecutable: "true" },
      {
        event: { category: ["file"], type: ["deletion"] },
        file: { path: "C:\\d.tmp", hash: { md5: "aa" } },
        sysmon: { file: { is_executable: true } },
      },
    ],
    [
      "28: shredding that was stopped",
      28,
      { TargetFilename: "C:\\d.tmp", Hashes: "MD5=AA" },
      {
        event: { category: ["file"], type: ["deletion"], action: "FileBlockShredding" },
        file: { path: "C:\\d.tmp" },
      },
    ],
    [
      "29: a file that can be run",
      29,
      { TargetFilename: "C:\\d.exe", Hashes: "SHA256=BB" },
      {
        event: { category: ["file"], type: ["creation"], action: "FileExecutableDetected" },
        file: { path: "C:\\d.exe", extension: "exe", hash: { sha256: "bb" } },
      },
    ],
    [
      "255: an error of Sysmon",
      255,
      { ID: "QUEUE" },
      { event: { category: ["process"], outcome: "failure" }, error: { code: "QUEUE" } },
    ],
  ])("%s", (_name, id, data, expected) => {
    expect(one(sysmon(id, { ...source, ...data }))).toMatchObject(expected);
  });

  test("24: the clipboard has no category", () => {
    const document = one(
      sysmon(24, { ...source, Session: "1", Hashes: "MD5=AA", Archived: "true" }),
    );
    expect(document).toMatchObject({
      event: { type: ["change"] },
      process: { hash: { md5: "aa" } },
      sysmon: { file: { archived: true } },
      winlog: { event_data: { Session: "1" } },
    });
    expect(document).not.toHaveProperty("event.category");
  });

  test("7: a signature that failed", () => {
    const data = { ImageLoaded: "C:\\x.dll", Signed: "failed: Invalid hash", SignatureStatus: "-" };
    const document = one(sysmon(7, { ...source, ...data }));
    expect(document).toHaveProperty("dll.code_signature", { status: "failed: Invalid hash" });
    expect(document).toHaveProperty("file.code_signature", { trusted: false });
  });
});
