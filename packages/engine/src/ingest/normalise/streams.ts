import { sources } from "./sources.ts";
import { windowsDatasets } from "./windows/sources.ts";

/** Raw logs that become ECS, by where Elastic Agent would store them. */
export interface MappedStream {
  /** `windows.sysmon_operational` */
  readonly dataset: string;
  /** `event.category` of its events and `host.os.type`; absent where other data hardly looks like it. */
  readonly host?: { readonly os: string; readonly categories: readonly string[] };
}

/** What logs of hosts tell of: whatever watches the same host tells of the same things. */
const hosts: Readonly<Record<string, NonNullable<MappedStream["host"]>>> = {
  "windows.sysmon_operational": {
    os: "windows",
    categories: ["process", "file", "network", "registry", "library", "driver"],
  },
  "system.security": { os: "windows", categories: ["process", "authentication", "iam"] },
  "sysmon_linux.log": { os: "linux", categories: ["process", "file", "network"] },
  "auditd_manager.auditd": {
    os: "linux",
    categories: ["process", "file", "network", "authentication", "iam", "session"],
  },
};

/** Each dataset once, by name. */
export const mappedStreams: readonly MappedStream[] = [
  ...new Set([...windowsDatasets, ...sources.flatMap(({ datasets = [] }) => datasets)]),
]
  .sort()
  .map((dataset) => {
    const host = hosts[dataset];
    return { dataset, ...(host !== undefined && { host }) };
  });
