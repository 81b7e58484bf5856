import { describe, expect, test } from "vitest";
import { one, security } from "../../../../test/normalise.ts";
import { setQuestionDomain } from "./domains.ts";
import { nameOfTask } from "./tasks.ts";

describe("codes in words", () => {
  const dataOf = (id: number, data: Record<string, unknown>) =>
    Reflect.get(Object(one(security(id, data))?.winlog), "event_data");

  test.each<[name: string, id: number, data: Record<string, unknown>, words: object]>([
    [
      "rights over a directory object",
      4662,
      { AccessMask: "0x10", ObjectType: "%{bf967aba-0de6-11d0-a285-00aa003049e2}" },
      { AccessMask: "0x10", AccessMaskDescription: ["Read Property"] },
    ],
    [
      "rights over a process",
      4656,
      { AccessMask: "0x20010", ObjectType: "Process", ObjectName: "lsass" },
      { AccessMaskDescription: ["Read from process memory", "READ_CONTROL"] },
    ],
    [
      "the top bit",
      4663,
      { AccessMask: "0x80000000", ObjectType: "File" },
      { AccessMaskDescription: ["ADS_RIGHT_GENERIC_READ"] },
    ],
    [
      "codes of rights, which stay as they are",
      5145,
      { AccessList: "%%4416\n\t\t\t\t%%4417\n\t\t\t\t%%9", AccessMask: "0x3" },
      {
        AccessList: "%%4416\n\t\t\t\t%%4417\n\t\t\t\t%%9",
        AccessListDescription: ["ReadData (or ListDirectory)", "WriteData (or AddFile)"],
        AccessMaskDescription: ["Create Child", "Delete Child"],
      },
    ],
    [
      "codes where a mask should be",
      4674,
      { AccessMask: "%%1538\n\t%%1542" },
      { AccessMaskDescription: ["READ_CONTROL", "ACCESS_SYS_SEC"] },
    ],
    [
      "a ticket",
      4769,
      { TicketOptions: "0x40810000", TicketEncryptionType: "0x17", Status: "0x1B" },
      {
        TicketOptionsDescription: ["Forwardable", "Renewable", "Name-canonicalize"],
        TicketEncryptionTypeDescription: "RC4-HMAC",
        StatusDescription: "KDC_ERR_MUST_USE_USER2USER",
      },
    ],
    [
      "what a change of policy changed",
      4719,
      {
        SubcategoryGuid: "{0CCE922B-69AE-11D9-BED3-505054503030}",
        AuditPolicyChanges: "%%8448, %%8450",
      },
      {
        Category: "Detailed Tracking",
        SubCategory: "Process Creation",
        AuditPolicyChangesDescription: ["Success removed", "Failure removed"],
      },
    ],
    [
      "privileges as a list",
      4704,
      { PrivilegeList: "SeA\n\t\tSeB" },
      { PrivilegeList: ["SeA", "SeB"] },
    ],
  ])("%s", (_, id, data, words) => {
    expect(dataOf(id, data)).toMatchObject(words);
  });

  test("why a logon failed, and what a trust is", () => {
    const failed = one(
      security(4625, { Status: "0xc000006d", SubStatus: "0xC0000064", FailureReason: "%%2313" }),
    );
    expect(failed).toMatchObject({
      winlog: {
        logon: {
          failure: {
            reason: "Unknown user name or bad password.",
            status: "This is either due to a bad username or authentication information",
            sub_status: "User logon with misspelled or bad user account",
          },
        },
      },
    });
    const trust = one(security(4706, { TdoType: "2", TdoDirection: "3", TdoAttributes: "8" }));
    expect(trust).toMatchObject({
      winlog: {
        trustType: "TRUST_TYPE_UPLEVEL",
        trustDirection: "TRUST_DIRECTION_BIDIRECTIONAL",
        trustAttribute: "TRUST_ATTRIBUTE_FOREST_TRANSITIVE",
      },
    });
  });

  test("a status of another event is none of a logon", () => {
    expect(one(security(4624, { Status: "0xc000006d" }))).not.toHaveProperty(
      "winlog.logon.failure",
    );
  });
});

describe("tasks", () => {
  test.each([
    ["Microsoft-Windows-Security-Auditing", 13317, "Token Right Adjusted Events"],
    ["Microsoft-Windows-Eventlog", 104, "Log clear"],
    ["PowerShell", 8, "Pipeline Execution Details"],
    ["Microsoft-Windows-TaskScheduler", 141, "Task registration deleted"],
    ["Microsoft-Windows-TaskScheduler", 7, undefined],
    ["Somebody", 104, undefined],
    ["Microsoft-Windows-Eventlog", undefined, undefined],
  ])("%s %s", (provider, task, name) => {
    expect(nameOfTask(provider, task)).toBe(name);
  });

  test("the name is the action of events that no table knows", () => {
    expect(one(security(4703, { Task: 13317 }))).toMatchObject({
      event: { action: "Token Right Adjusted Events" },
      winlog: { task: "Token Right Adjusted Events" },
    });
    expect(one(security(4688, { Task: 13312 }))).toMatchObject({
      event: { action: "created-process" },
      winlog: { task: "Process Creation" },
    });
  });
});

test.each([
  ["www.example.com", "com", "example.com", "www"],
  ["example.com", "com", "example.com", undefined],
  ["a.b.Example.CO.UK", "CO.UK", "Example.CO.UK", "a.b"],
  ["co.uk", "co.uk", undefined, undefined],
  ["x.uk", "uk", "x.uk", undefined],
  ["wpad", undefined, undefined, undefined],
  ["7.2.0.192.in-addr.arpa", "arpa", "in-addr.arpa", "7.2.0.192"],
  ["192.0.2.7", undefined, undefined, undefined],
  ["a..b", undefined, undefined, undefined],
])("the domain of %s", (name, suffix, domain, rest) => {
  const document = {};
  setQuestionDomain(document, name);
  const question = { top_level_domain: suffix, registered_domain: domain, subdomain: rest };
  expect(document).toEqual(
    suffix === undefined ? {} : { dns: { question: JSON.parse(JSON.stringify(question)) } },
  );
});
