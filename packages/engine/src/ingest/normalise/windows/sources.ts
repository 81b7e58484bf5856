import { mapDefender } from "./defender.ts";
import type { Mapping } from "./mapping.ts";
import { mapPowershell } from "./powershell.ts";
import { isLinuxSysmonName, sameName, type WindowsRecord } from "./record.ts";
import { mapSecurity } from "./security.ts";
import { mapServiceControl } from "./service-control.ts";
import { isSysmon, mapSysmon } from "./sysmon.ts";

/** A kind of Windows log: whose events are they, where does Elastic Agent store them, how are they mapped. */
export interface WindowsSource {
  readonly matches: (record: WindowsRecord) => boolean;
  /** `event.module`; with `dataset` the constants of the stream (ecs-mapping 1.2, 1.3). */
  readonly module: string;
  readonly dataset: string;
  /** `event.module` where Winlogbeat's pipelines know the source. */
  readonly winlogbeatModule?: string;
  /** `host.os.type`, where that is not Windows. */
  readonly os?: "linux";
  /** Absent where nothing but the envelope is known: all stays in `winlog.event_data`. */
  readonly map?: (mapping: Mapping) => void;
}

const channel =
  (...names: readonly string[]) =>
  (record: WindowsRecord): boolean =>
    names.some((name) => sameName(name, record.channel));

const channelPart =
  (part: string) =>
  (record: WindowsRecord): boolean =>
    record.channel.toLowerCase().includes(part);

/** The first one that matches counts. */
const sources: readonly WindowsSource[] = [
  {
    matches: (record) => isLinuxSysmonName(record.provider),
    module: "sysmon_linux",
    dataset: "sysmon_linux.log",
    os: "linux",
    map: mapSysmon,
  },
  {
    matches: isSysmon,
    module: "windows",
    dataset: "windows.sysmon_operational",
    winlogbeatModule: "sysmon",
    map: mapSysmon,
  },
  {
    matches: (record) =>
      channel("Security")(record) ||
      sameName(record.provider, "Microsoft-Windows-Security-Auditing"),
    module: "system",
    dataset: "system.security",
    winlogbeatModule: "security",
    map: (mapping) => {
      const { provider } = mapping.record;
      const isMapped =
        sameName(provider, "Microsoft-Windows-Security-Auditing") ||
        sameName(provider, "Microsoft-Windows-Eventlog");
      if (isMapped) mapSecurity(mapping);
    },
  },
  {
    matches: channel("Windows PowerShell"),
    module: "windows",
    dataset: "windows.powershell",
    winlogbeatModule: "powershell",
    map: mapPowershell,
  },
  {
    matches: channel("Microsoft-Windows-PowerShell/Operational"),
    module: "windows",
    dataset: "windows.powershell_operational",
    winlogbeatModule: "powershell",
    map: mapPowershell,
  },
  {
    matches: channel("System"),
    module: "system",
    dataset: "system.system",
    map: (mapping) => {
      if (sameName(mapping.record.provider, "Service Control Manager")) mapServiceControl(mapping);
    },
  },
  { matches: channel("Application"), module: "system", dataset: "system.application" },
  {
    matches: channel("Microsoft-Windows-Windows Defender/Operational"),
    module: "windows",
    dataset: "windows.windows_defender",
    map: mapDefender,
  },
  {
    matches: channelPart("applocker/exe and dll"),
    module: "windows",
    dataset: "windows.applocker_exe_and_dll",
  },
  {
    matches: channelPart("applocker/msi and script"),
    module: "windows",
    dataset: "windows.applocker_msi_and_script",
  },
  {
    matches: channelPart("applocker/packaged app-deployment"),
    module: "windows",
    dataset: "windows.applocker_packaged_app_deployment",
  },
  {
    matches: channelPart("applocker/packaged app-execution"),
    module: "windows",
    dataset: "windows.applocker_packaged_app_execution",
  },
  // No collector has a stream of its own for the rest; events that are forwarded end up together.
  { matches: () => true, module: "windows", dataset: "windows.forwarded" },
];

/** Where the events of Windows logs would be stored, each dataset once. */
export const windowsDatasets: readonly string[] = sources.map(({ dataset }) => dataset);

export function sourceOf(record: WindowsRecord): WindowsSource {
  const found = sources.find((source) => source.matches(record));
  if (found === undefined) throw new Error("the last source takes everything");
  return found;
}
