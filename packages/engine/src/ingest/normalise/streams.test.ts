import { expect, it } from "vitest";
import { mappedStreams } from "./streams.ts";

it("knows where the events of all sources would be stored", () => {
  const names = mappedStreams.map(({ dataset }) => dataset);
  expect(names).toEqual([...new Set(names)].sort());
  expect(names).toEqual(
    expect.arrayContaining([
      "auditd_manager.auditd",
      "aws.cloudtrail",
      "azure.signinlogs",
      "google_workspace.login",
      "o365.audit",
      "system.security",
      "windows.sysmon_operational",
    ]),
  );
  const hosts = mappedStreams.filter(({ host }) => host !== undefined);
  expect(hosts.map(({ dataset }) => dataset)).toEqual([
    "auditd_manager.auditd",
    "sysmon_linux.log",
    "system.security",
    "windows.sysmon_operational",
  ]);
});
