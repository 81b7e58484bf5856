import { describe, expect, test } from "vitest";
import { coalesceRecords } from "./audit/coalesce.ts";
import { readSocketAddress } from "./audit/hex.ts";
import { readAuditHeader, readAuditRecord } from "./audit/record.ts";
import { buildSyslogDocument } from "./syslog.ts";
import { readSyslogLine, startsSyslogEvent } from "./syslog-line.ts";

const stamp = "msg=audit(1767600000.123:42):";

function read(type: string, body: string) {
  const line = `type=${type} ${stamp} ${body}`;
  const header = readAuditHeader(line);
  if (header === undefined) throw new Error("no header");
  return readAuditRecord(line, header);
}

const valuesOf = (type: string, body: string) => Object.fromEntries(read(type, body).values);

describe("headers of audit records", () => {
  test.each([
    [`type=SYSCALL ${stamp} x`, { type: "SYSCALL", epochMs: 1_767_600_000_123, node: undefined }],
    [`node=web-1 type=CWD ${stamp} x`, { type: "CWD", node: "web-1" }],
    ["kernel: audit: type=1400 audit(1.5:7): x", { type: "AVC", epochMs: 1500, serial: "1.5:7" }],
    [`type=UNKNOWN[1334] ${stamp} x`, { type: "BPF" }],
    [`type=UNKNOWN[9999] ${stamp} x`, { type: "UNKNOWN[9999]" }],
  ])("%s", (line, header) => {
    expect(readAuditHeader(line)).toMatchObject(header);
  });

  test.each([
    "",
    stamp,
    "type=SYSCALL",
    "type=SYSCALL msg=audit(x.1:2): a=b",
    "type=SYSCALL msg=audit(123456789012.1:2): a=b",
  ])("none: %s", (line) => {
    expect(readAuditHeader(line)).toBeUndefined();
  });
});

describe("values of audit records", () => {
  test("stand in quotes, or end at a blank", () => {
    expect(valuesOf("CWD", `cwd="/a b" x='it "is" so' n=1 e= q="" u=? v=(null)`)).toEqual({
      cwd: "/a b",
      x: 'it "is" so',
      n: "1",
    });
  });

  test("of programs stand in their message", () => {
    expect(valuesOf("USER_AUTH", `pid=1 msg='op=a acct="b" exe="/c d" res=success'`)).toEqual({
      pid: "1",
      op: "a",
      acct: "b",
      exe: "/c d",
      result: "success",
    });
  });

  test("in hex are text where they may be, and stay where quotes say that they are", () => {
    expect(valuesOf("PROCTITLE", "proctitle=6C73002D6C")).toEqual({ proctitle: "ls -l" });
    expect(valuesOf("PATH", "name=2F612062")).toEqual({ name: "/a b" });
    expect(valuesOf("PATH", 'name="2F612062"')).toEqual({ name: "2F612062" });
    expect(valuesOf("PATH", "inode=2F61")).toEqual({ inode: "2F61" });
  });

  test("of system calls have names", () => {
    expect(valuesOf("SYSCALL", "arch=c000003e syscall=59 exit=-13 success=no ses=-1")).toEqual({
      arch: "x86_64",
      syscall: "execve",
      exit: "EACCES",
      result: "fail",
      ses: "unset",
    });
    expect(valuesOf("SYSCALL", "arch=40000003 syscall=11")).toMatchObject({ syscall: "execve" });
    expect(valuesOf("SYSCALL", "arch=c000003e syscall=99999")).toMatchObject({ syscall: "99999" });
    expect(valuesOf("SECCOMP", "arch=c000003e syscall=1 sig=31")).toMatchObject({ sig: "SIGSYS" });
  });

  test("of SELinux come apart", () => {
    expect(valuesOf("SYSCALL", "subj=u:r:t:s0-s1:c0.c9")).toEqual({
      subj_user: "u",
      subj_role: "r",
      subj_domain: "t",
      subj_level: "s0-s1",
      subj_category: "c0.c9",
    });
    expect(valuesOf("AVC", "avc:  denied  { read write } for  pid=3 tclass=file")).toEqual({
      seresult: "denied",
      seperms: "read,write",
      pid: "3",
      tclass: "file",
    });
  });

  test("keys of rules are none of them", () => {
    expect(read("SYSCALL", 'key="net"').keys).toEqual(["net"]);
    expect(read("SYSCALL", 'key="key=net"').keys).toEqual(["net"]);
    expect(read("SYSCALL", "key=6E657401657865").keys).toEqual(["net", "exe"]);
    expect(read("SYSCALL", "key=(null)").keys).toEqual([]);
  });

  test("names of auditd stand behind them", () => {
    const { names, values } = read("SYSCALL", 'uid=0 key="a"\x1dUID="root" ARCH=x86_64');
    expect(Object.fromEntries(names)).toEqual({ UID: "root", ARCH: "x86_64" });
    expect(Object.fromEntries(values)).toEqual({ uid: "0" });
  });

  test("however many of nothing there are", () => {
    for (const body of [
      "a".repeat(1e6),
      "=".repeat(1e6),
      `${"a='".repeat(3e5)}`,
      "a[0]=".repeat(2e5),
    ]) {
      expect(read("EXECVE", body).values.size).toBeLessThanOrEqual(2);
    }
  });
});

test.each([
  [
    "0200115CCB007109",
    [
      ["family", "ipv4"],
      ["addr", "203.0.113.9"],
      ["port", "4444"],
    ],
  ],
  [
    "0A0001BB0000000020010DB800000000000000000000000100000000",
    [
      ["family", "ipv6"],
      ["addr", "2001:db8::1"],
      ["port", "443"],
    ],
  ],
  [
    "01002F746D702F7300",
    [
      ["family", "unix"],
      ["path", "/tmp/s"],
    ],
  ],
  [
    "10000000",
    [
      ["family", "netlink"],
      ["saddr", "10000000"],
    ],
  ],
  [
    "1D00FF",
    [
      ["family", "29"],
      ["saddr", "1D00FF"],
    ],
  ],
  ["0200", undefined],
  ["zz", undefined],
])("socket address %s", (hex, address) => {
  expect(readSocketAddress(hex)).toEqual(address);
});

describe("events put together", () => {
  const coalesce = (...records: readonly (readonly [string, string])[]) =>
    coalesceRecords(records.map(([type, body]) => read(type, body)));

  test("arguments come in pieces, in several records, and may be cut off", () => {
    const event = coalesce(
      ["SYSCALL", "arch=c000003e syscall=59 success=yes"],
      ["EXECVE", 'argc=4 a0="a" a1_len=6 a1[0]=616263 a1[1]="def"'],
      ["EXECVE", 'a2="" a3="z"'],
    );
    expect(event?.arguments).toEqual(["a", "abcdef", "", "z"]);
    expect(coalesce(["EXECVE", 'argc=4000000 a0="a"'])?.arguments).toBeUndefined();
    expect(coalesce(["EXECVE", 'argc=999999 a0="a"'])?.arguments).toEqual(["a"]);
  });

  test("the file is the one that is acted on, not the folder around it", () => {
    const event = coalesce(
      ["SYSCALL", "arch=c000003e syscall=82"],
      ["PATH", 'item=0 name="/a/" nametype=PARENT'],
      ["PATH", 'item=1 name="/b/" nametype=PARENT'],
      ["PATH", 'item=2 name="/a/x" nametype=DELETE mode=0100644'],
      ["PATH", 'item=3 name="/b/y" nametype=CREATE'],
    );
    expect(event).toMatchObject({ object: "/a/x", objectType: "file" });
    expect(event?.meaning?.action).toBe("renamed");
  });

  test("nothing makes nothing", () => {
    expect(coalesceRecords([])).toBeUndefined();
    expect(coalesce(["EOE", ""])).toBeUndefined();
  });
});

describe("syslog", () => {
  const now = Date.UTC(2026, 0, 5);
  const time = (line: string, nowMs = now) => {
    const epochMs = readSyslogLine(line, nowMs).time?.epochMs;
    return epochMs === undefined ? undefined : new Date(epochMs).toISOString().slice(0, 19);
  };

  test.each([
    ["Jan  5 08:00:00 h p: m", "2026-01-05T08:00:00"],
    ["Dec 31 23:59:59 h p: m", "2025-12-31T23:59:59"],
    ["Feb 29 10:00:00 h p: m", undefined],
    ["2026-01-05T08:00:00.5+02:00 h p: m", "2026-01-05T06:00:00"],
    ["<34>1 2026-01-05T08:00:00Z h p 7 ID - m", "2026-01-05T08:00:00"],
    ["Foo 99 08:00:00 h p: m", undefined],
  ])("time of %s", (line, expected) => {
    expect(time(line)).toBe(expected);
  });

  test.each([
    ["Jan  5 08:00:00 web-1 sshd[811]: Accepted", ["web-1", "sshd", 811, "Accepted"]],
    ["Jan  5 08:00:00 web-1 sudo:  alice : x", ["web-1", "sudo", undefined, "alice : x"]],
    ["Jan  5 08:00:00 web-1 a.b[1] (c.d): m", ["web-1", "a.b[1] (c.d)", undefined, "m"]],
    ["Jan  5 08:00:00 sshd[1]: again", [undefined, "sshd", 1, "again"]],
    ["Jan  5 08:00:00 --MARK--", [undefined, undefined, undefined, "--MARK--"]],
    [
      '<86>1 2026-01-05T08:00:00Z web-1 su 9 ID1 [a b="]\\""][c d="e"] hi',
      ["web-1", "su", 9, "hi"],
    ],
    ["<13>1 2026-01-05T08:00:00Z - - - - - m", [undefined, undefined, undefined, "m"]],
  ])("%s", (line, expected) => {
    const { host, program, pid, message } = readSyslogLine(line, now);
    expect([host, program, pid, message]).toEqual(expected);
  });

  test("lines that do not begin an event", () => {
    expect(["", " at x", "}", "Jan 5 x"].map(startsSyslogEvent)).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });

  test("who signed in, and who became whom", () => {
    const build = (line: string) => buildSyslogDocument(readSyslogLine(line, now));
    expect(
      build(
        "Jan  5 08:00:00 h sshd[1]: Failed password for invalid user eve from 203.0.113.9 port 22 ssh2",
      ),
    ).toMatchObject({
      event: { action: "ssh_login", outcome: "failure", dataset: "system.auth" },
      user: { name: "eve" },
      source: { ip: "203.0.113.9", port: 22 },
    });
    expect(
      build("Jan  5 08:00:00 h sudo: bob : TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/bin/sh"),
    ).toMatchObject({ user: { name: "bob", effective: { name: "root" } } });
    expect(build("Jan  5 08:00:00 h kernel: hello")).toMatchObject({
      event: { dataset: "system.syslog" },
      message: "hello",
    });
  });
});
