import type { Categorisation } from "./mapping.ts";

type Row = readonly [id: string, category: string, type: string, action: string];

/** ecs-mapping 2.1, as Elastic Agent has it; event 7 in the newest shape, with `library`. */
const rows: readonly Row[] = [
  ["1", "process", "start", "Process creation"],
  ["2", "file", "change", "A process changed a file creation time"],
  ["3", "network", "start connection protocol", "Network connection"],
  ["4", "process", "change", "Sysmon service state changed"],
  ["5", "process", "end", "Process terminated"],
  ["6", "driver", "start", "Driver loaded"],
  ["8", "process", "change", "CreateRemoteThread"],
  ["9", "process", "access", "RawAccessRead"],
  ["10", "process", "access", "ProcessAccess"],
  ["11", "file", "creation", "FileCreate"],
  ["12", "configuration registry", "change", "RegistryEvent (Object create and delete)"],
  ["13", "configuration registry", "change", "RegistryEvent (Value Set)"],
  ["14", "configuration registry", "change", "RegistryEvent (Key and Value Rename)"],
  ["15", "file", "access", "FileCreateStreamHash"],
  ["16", "configuration", "change", "ServiceConfigurationChange"],
  ["17", "file", "creation", "PipeEvent (Pipe Created)"],
  ["18", "file", "access", "PipeEvent (Pipe Connected)"],
  ["19", "process", "info", "WmiEvent (WmiEventFilter activity detected)"],
  ["20", "process", "change", "WmiEvent (WmiEventConsumer activity detected)"],
  ["21", "process", "access", "WmiEvent (WmiEventConsumerToFilter activity detected)"],
  ["22", "network", "connection protocol info", "DNSEvent (DNS query)"],
  ["23", "file", "deletion", "FileDelete (File Delete archived)"],
  ["24", "", "change", "ClipboardChange (New content in the clipboard)"],
  ["25", "process", "change", "ProcessTampering (Process image change)"],
  ["26", "file", "deletion", "FileDeleteDetected (File Delete logged)"],
  ["27", "file", "creation", "FileBlockExecutable"],
  ["28", "file", "deletion", "FileBlockShredding"],
  ["29", "file", "creation", "FileExecutableDetected"],
  ["255", "process", "", "Error"],
];

const words = (text: string): string[] => text.split(" ").filter((word) => word !== "");

/** Sysmon's event ids. */
export const sysmonEvents: ReadonlyMap<string, Categorisation> = new Map<string, Categorisation>([
  ...rows.map(([id, category, type, action]): [string, Categorisation] => [
    id,
    { action, category: words(category), type: words(type) },
  ]),
  [
    "7",
    {
      action: ["Image loaded", "load"],
      category: ["process", "library"],
      type: ["change", "start"],
    },
  ],
]);
