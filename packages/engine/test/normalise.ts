import type { IngestedEvent } from "../src/ingest/event.ts";
import type { Finding } from "../src/ingest/finding.ts";
import { type NormaliseOptions, Normaliser } from "../src/ingest/normalise/index.ts";

export function normalise(
  values: readonly Record<string, unknown>[],
  options: NormaliseOptions = {},
) {
  const findings: Finding[] = [];
  const normaliser = new Normaliser("x", (finding) => findings.push(finding), options);
  const raws = values.map((value, index) => ({ value, position: index + 1 }));
  const ready = normaliser.push(raws);
  const events: readonly IngestedEvent[] = [...ready, ...normaliser.finish()];
  return {
    events,
    documents: events.map((event) => event.document),
    findings,
    ready: ready.length,
  };
}

export const one = (value: Record<string, unknown>) => normalise([value]).documents[0];

/** A Sysmon event as a flat export has it. */
export const sysmon = (id: number, data: Record<string, unknown>) => ({
  Channel: "Microsoft-Windows-Sysmon/Operational",
  SourceName: "Microsoft-Windows-Sysmon",
  EventID: id,
  Hostname: "WS1.lab.example",
  TimeCreated: "2026-01-05T03:00:01.500Z",
  UserID: "S-1-5-18",
  UtcTime: "2026-01-05 08:00:00.123",
  ...data,
});

export const security = (id: number, data: Record<string, unknown>) => ({
  Channel: "security",
  EventID: id,
  Hostname: "DC1.lab.example",
  TimeCreated: "2026-01-05T08:00:00.000+00:00",
  Keywords: "0x8020000000000000",
  ...data,
});

export const subject = {
  SubjectUserSid: "S-1-5-21-1-2-3-1105",
  SubjectUserName: "mira",
  SubjectDomainName: "LAB",
  SubjectLogonId: "0x5d2",
};
export const subjectFields = { id: "S-1-5-21-1-2-3-1105", name: "mira", domain: "LAB" };
export const target = {
  TargetUserSid: "S-1-5-21-1-2-3-1200",
  TargetUserName: "oto@LAB.EXAMPLE",
  TargetDomainName: "LAB",
  TargetLogonId: "0x77",
};
export const source = {
  ProcessGuid: "{a-1}",
  ProcessId: "4242",
  Image: "C:\\Windows\\explorer.exe",
};
export const sourceFields = {
  entity_id: "{a-1}",
  pid: 4242,
  executable: "C:\\Windows\\explorer.exe",
  name: "explorer.exe",
};
