import { describe, expect, test } from "vitest";
import { one, security, subject, subjectFields, target } from "../../../../test/normalise.ts";

describe("Security", () => {
  // C14: ids from hex, the parent's among them.
  test("4688: process creation", () => {
    const document = one(
      security(4688, {
        ...subject,
        TargetUserSid: "S-1-0-0",
        TargetUserName: "-",
        NewProcessId: "0x7d0",
        NewProcessName: "C:\\Windows\\System32\\cmd.exe",
        ProcessId: "0x1a4",
        ParentProcessName: "C:\\Windows\\explorer.exe",
        CommandLine: `"C:\\Windows\\System32\\cmd.exe"  /c`,
        TokenElevationType: "%%1937",
      }),
    );
    expect(document).toMatchObject({
      event: {
        code: "4688",
        action: "created-process",
        category: ["process"],
        type: ["start"],
        outcome: "success",
      },
      process: {
        pid: 2000,
        executable: "C:\\Windows\\System32\\cmd.exe",
        name: "cmd.exe",
        command_line: `"C:\\Windows\\System32\\cmd.exe"  /c`,
        args: [`"C:\\Windows\\System32\\cmd.exe"`, "", "/c"],
        parent: { pid: 420, executable: "C:\\Windows\\explorer.exe", name: "explorer.exe" },
      },
      user: { ...subjectFields, effective: { id: "S-1-0-0" } },
      winlog: {
        logon: { id: "0x5d2" },
        event_data: { CommandLine: `"C:\\Windows\\System32\\cmd.exe"  /c`, ProcessId: "0x1a4" },
      },
    });
    expect(document).not.toHaveProperty("process.args_count");
    expect(document).not.toHaveProperty("user.effective.name");
  });

  test.each<readonly [name: string, id: number, data: Record<string, unknown>, expected: object]>([
    [
      "4689: its end",
      4689,
      { ...subject, ProcessId: "0x7d0", ProcessName: "C:\\Windows\\System32\\cmd.exe" },
      {
        event: { action: "exited-process", category: ["process"], type: ["end"] },
        process: { pid: 2000, name: "cmd.exe" },
        user: subjectFields,
      },
    ],
    [
      "4624: whoever logged on is the user",
      4624,
      {
        ...subject,
        ...target,
        LogonType: "10",
        IpAddress: "::ffff:192.0.2.7",
        IpPort: "50123",
        WorkstationName: "WS1",
        ProcessName: "-",
        ProcessId: "0x0",
      },
      {
        event: { action: "logged-in", category: ["authentication"], type: ["start"] },
        user: { id: "S-1-5-21-1-2-3-1200", name: "oto", domain: "LAB" },
        source: { ip: "192.0.2.7", port: 50123, domain: "WS1" },
        winlog: {
          logon: { type: "RemoteInteractive", id: "0x5d2" },
          event_data: { TargetUserName: "oto@LAB.EXAMPLE", AuthenticationPackageName: undefined },
        },
        related: { user: ["mira", "oto"] },
      },
    ],
    [
      "4625: failed",
      4625,
      { ...target, LogonType: "3", Status: "0xc000006d", Keywords: "0x8010000000000000" },
      {
        event: {
          action: "logon-failed",
          category: ["authentication"],
          type: ["start"],
          outcome: "failure",
        },
        winlog: { logon: { type: "Network" }, event_data: { Status: "0xc000006d" } },
      },
    ],
    [
      "4634: the session that ended",
      4634,
      { ...target, LogonType: "3" },
      {
        event: { action: "logged-out", category: ["authentication"], type: ["end"] },
        winlog: { logon: { id: "0x77", type: "Network" } },
      },
    ],
    [
      "4648: explicit credentials",
      4648,
      { ...subject, ...target, ProcessId: "0x10", ProcessName: "C:\\r.exe" },
      {
        event: { action: "logged-in-explicit", category: ["authentication"] },
        user: { ...subjectFields, effective: { name: "oto@LAB.EXAMPLE", domain: "LAB" } },
        process: { pid: 16, name: "r.exe" },
      },
    ],
    [
      "4672: privileges",
      4672,
      { ...subject, PrivilegeList: "SeDebugPrivilege\n\t\t\tSeTcbPrivilege" },
      {
        event: { action: "logged-in-special", category: ["iam"], type: ["admin"] },
        user: subjectFields,
        winlog: { event_data: { PrivilegeList: ["SeDebugPrivilege", "SeTcbPrivilege"] } },
      },
    ],
    [
      "4697: service",
      4697,
      { ...subject, ServiceName: "Updater7", ServiceFileName: "C:\\u.exe", ServiceType: "0x10" },
      {
        event: {
          action: "service-installed",
          category: ["iam", "configuration"],
          type: ["admin", "change"],
        },
        service: { name: "Updater7", type: "Win32 Own Process" },
        winlog: { event_data: { ServiceFileName: "C:\\u.exe" } },
      },
    ],
    [
      "4698: task",
      4698,
      { ...subject, TaskName: "\\Updater", TaskContent: "<Task/>" },
      {
        event: { action: "scheduled-task-created", category: ["iam", "configuration"] },
        winlog: {
          scheduled_task: { name: "\\Updater" },
          event_data: { TaskName: "\\Updater", TaskContent: "<Task/>" },
        },
      },
    ],
    [
      "4719: audit policy",
      4719,
      {
        ...subject,
        SubcategoryGuid: "{0CCE922B-69AE-11D9-BED3-505054503030}",
        AuditPolicyChanges: "%%8448, %%8450",
      },
      {
        event: { action: "changed-audit-config" },
        winlog: {
          event_data: {
            Category: "Detailed Tracking",
            SubCategory: "Process Creation",
            AuditPolicyChangesDescription: ["Success removed", "Failure removed"],
          },
        },
      },
    ],
    [
      "4720: an account",
      4720,
      {
        ...subject,
        TargetSid: "S-1-5-21-1-2-3-1300",
        TargetUserName: "new",
        TargetDomainName: "LAB",
        NewUacValue: "0x10210",
      },
      {
        event: { action: "added-user-account", category: ["iam"], type: ["user", "creation"] },
        user: {
          ...subjectFields,
          target: { id: "S-1-5-21-1-2-3-1300", name: "new", domain: "LAB" },
        },
        winlog: {
          event_data: {
            NewUACList: [
              "USER_NORMAL_ACCOUNT",
              "USER_DONT_EXPIRE_PASSWORD",
              "USER_DONT_REQUIRE_PREAUTH",
            ],
          },
        },
      },
    ],
    [
      "4732: a member",
      4732,
      {
        ...subject,
        TargetSid: "S-1-5-32-544",
        TargetUserName: "Administrators",
        TargetDomainName: "Builtin",
        MemberName: "CN=Oto,CN=Users,DC=lab,DC=example",
        MemberSid: "S-1-5-21-1-2-3-1200",
      },
      {
        event: { action: "added-member-to-group", type: ["group", "change"] },
        group: { id: "S-1-5-32-544", name: "Administrators", domain: "Builtin" },
        user: {
          ...subjectFields,
          target: {
            name: "Oto",
            domain: "example",
            group: { id: "S-1-5-32-544", name: "Administrators" },
          },
        },
      },
    ],
    [
      "5145: a share",
      5145,
      {
        ...subject,
        IpAddress: "192.0.2.7",
        ShareName: "\\\\*\\C$",
        ShareLocalPath: "\\??\\C:",
        RelativeTargetName: "Windows\\u.exe",
      },
      {
        event: {
          action: "network-share-object-access-checked",
          category: ["network", "file"],
          type: ["info", "access"],
        },
        file: {
          name: "Windows\\u.exe",
          directory: "\\??\\C:",
          path: "\\??\\C:\\Windows\\u.exe",
          target_path: "\\\\*\\C$\\Windows\\u.exe",
          extension: "exe",
        },
        source: { ip: "192.0.2.7" },
        user: subjectFields,
      },
    ],
    [
      "5156: a connection",
      5156,
      {
        ProcessID: "3428",
        Application: "\\device\\x\\a.exe",
        SourceAddress: "192.0.2.7",
        SourcePort: "1",
        DestAddress: "192.0.2.8",
        DestPort: "80",
        Protocol: "6",
      },
      {
        event: { action: "windows-firewall-connection", category: ["network"] },
        process: { pid: 3428, name: "a.exe" },
        destination: { ip: "192.0.2.8", port: 80 },
        network: { iana_number: "6" },
      },
    ],
    [
      "4656: rights over a process in words",
      4656,
      { ...subject, ObjectType: "Process", AccessMask: "0x20010", ProcessName: "C:\\m.exe" },
      {
        winlog: {
          event_data: {
            AccessMaskDescription: ["Read from process memory", "READ_CONTROL"],
            ProcessName: "C:\\m.exe",
          },
        },
      },
    ],
  ])("%s", (_name, id, data, expected) => {
    expect(one(security(id, data))).toMatchObject(JSON.parse(JSON.stringify(expected)));
  });

  test("1102: the subject is in user_data", () => {
    const document = one({
      Event: {
        System: {
          Provider: { "#attributes": { Name: "Microsoft-Windows-Eventlog" } },
          EventID: 1102,
          Channel: "Security",
          Computer: "DC1",
          TimeCreated: { "#attributes": { SystemTime: "2026-01-05T08:00:00.1234567Z" } },
        },
        UserData: { LogFileCleared: subject },
      },
    });
    expect(document).toMatchObject({
      "@timestamp": "2026-01-05T08:00:00.1234567Z",
      event: { action: "audit-log-cleared", category: ["iam"], type: ["admin", "change"] },
      user: subjectFields,
      winlog: { logon: { id: "0x5d2" }, user_data: { ...subject, xml_name: "LogFileCleared" } },
    });
  });

  test("an id that no table knows keeps its task's name and has no category", () => {
    const document = one({
      ...security(4703, { ...subject, ProcessName: "C:\\x.exe" }),
      SourceModuleType: "im_msvistalog",
      Category: "Token Right Adjusted Events",
    });
    expect(document?.event).toMatchObject({ action: "Token Right Adjusted Events" });
    for (const path of ["event.category", "user", "process"])
      expect(document).not.toHaveProperty(path);
  });
});
