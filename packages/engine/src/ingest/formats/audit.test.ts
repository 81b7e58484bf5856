import { describe, expect, test } from "vitest";
import { readAuditHeader } from "../normalise/linux/audit/index.ts";
import { AuditGroups, audit } from "./audit.ts";

const record = (type: string, serial: number, seconds = 1_767_600_000, rest = "pid=1") =>
  `type=${type} msg=audit(${seconds}.000:${serial}): ${rest}`;

/** Pushes lines; gives the serials of each event that came out, line by line, and at the end. */
function group(lines: readonly string[]): { readonly out: string[][]; readonly rest: string[] } {
  const groups = new AuditGroups();
  const shown = (value: Readonly<Record<string, unknown>>) =>
    (value.audit_records as string[]).map((line) => /:(\d+)\)/.exec(line)?.[1]).join("+");
  const out = lines.map((line, index) => {
    const header = readAuditHeader(line);
    if (header === undefined) throw new Error(`no record: ${line}`);
    return groups.add(line, index + 1, header).map(({ value }) => shown(value));
  });
  return { out, rest: groups.finish().map(({ value }) => shown(value)) };
}

describe("records of one event", () => {
  test("come out with the last one, in the order of the first ones", () => {
    const lines = [
      record("SYSCALL", 1),
      record("SYSCALL", 2),
      record("PROCTITLE", 2),
      record("EXECVE", 1),
      record("PROCTITLE", 1),
    ];
    expect(group(lines)).toEqual({ out: [[], [], [], [], ["1+1+1", "2+2"]], rest: [] });
  });

  test("an end whose event is out already is none", () => {
    const lines = [record("SYSCALL", 1), record("PROCTITLE", 1), record("EOE", 1)];
    expect(group(lines)).toEqual({ out: [[], ["1+1"], []], rest: [] });
  });

  test("of programs are alone", () => {
    expect(group([record("USER_LOGIN", 1), record("CRED_ACQ", 2)]).out).toEqual([["1"], ["2"]]);
  });

  test("without an end they wait for two seconds of later ones, or for the end of the log", () => {
    const lines = [
      record("SYSCALL", 1, 1_767_600_000),
      record("SYSCALL", 2, 1_767_600_002),
      record("SYSCALL", 3, 1_767_600_003),
    ];
    expect(group(lines)).toEqual({ out: [[], [], ["1"]], rest: ["2", "3"] });
  });

  test("only so many wait", () => {
    const lines = Array.from({ length: 65 }, (_, at) => record("SYSCALL", at));
    const { out, rest } = group(lines);
    expect(out.slice(0, 64).flat()).toEqual([]);
    expect(out[64]).toEqual(["0"]);
    expect(rest).toHaveLength(64);
  });

  test("only so much of them waits", () => {
    const long = "x".repeat(1024 * 1024 - 100);
    const lines = Array.from({ length: 17 }, () => record("EXECVE", 1, 1_767_600_000, long));
    const { out, rest } = group(lines);
    expect(out.flat()).toHaveLength(1);
    expect(out.flat().length + rest.length).toBeLessThanOrEqual(2);
  });

  test("of two machines are two events", () => {
    const lines = [
      `node=a ${record("SYSCALL", 1)}`,
      `node=b ${record("SYSCALL", 1)}`,
      `node=b ${record("PROCTITLE", 1)}`,
      `node=a ${record("PROCTITLE", 1)}`,
    ];
    expect(group(lines).out).toEqual([[], [], [], ["1+1", "1+1"]]);
  });
});

test.each([
  ["certain", `${record("SYSCALL", 1)}\n`],
  ["certain", `----\ntime->Mon Jan  5 08:00:00 2026\n${record("SYSCALL", 1)}\n`],
  ["certain", `Jan  5 08:00:00 web-1 audispd: node=web-1 ${record("SYSCALL", 1)}\n`],
  ["likely", `hello\n${record("SYSCALL", 1)}\n`],
  [undefined, `{"message":"${record("SYSCALL", 1)}"}\n`],
  [undefined, "type=SYSCALL msg=audit(01/05/2026 08:00:00.000:1): arch=x86_64\n"],
  [undefined, ""],
])("is %s", (confidence, text) => {
  expect(audit.detect(Buffer.from(text))).toBe(confidence);
});
