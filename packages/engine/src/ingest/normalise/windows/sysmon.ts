import { isIP } from "node:net";
import { addToField, type Fields, getField, type ReadonlyFields, setField } from "../fields.ts";
import { formatTime, readTime, type WrittenTime } from "../time.ts";
import { splitArguments } from "./command-line.ts";
import { communityIdOf } from "./community-id.ts";
import { nameOfDnsStatus, setDnsAnswers } from "./dns.ts";
import { setQuestionDomain } from "./domains.ts";
import { setHashes } from "./hashes.ts";
import {
  applyRules,
  dropShipperNotes,
  type FieldRule,
  type Mapping,
  setAccount,
  setCategorisation,
  takeText,
} from "./mapping.ts";
import { nameOfPath, type Separator, setFilePath } from "./paths.ts";
import { isLinuxSysmonName, isSysmonName, numberOf, textOf, type WindowsRecord } from "./record.ts";
import { setRegistryData, setRegistryPath } from "./registry.ts";
import { sysmonEvents } from "./sysmon-events.ts";
import { wellKnownSid } from "./well-known.ts";

/** ecs-mapping 2.2. The first of `from` that is there counts; others stay in EventData. */
const always: readonly FieldRule[] = [
  { from: ["RuleName"], to: "rule.name" },
  { from: ["ProcessGuid", "SourceProcessGuid", "SourceProcessGUID"], to: "process.entity_id" },
  { from: ["ProcessId", "SourceProcessId"], to: "process.pid", as: "number" },
  { from: ["SourceThreadId"], to: "process.thread.id", as: "number" },
  { from: ["Image", "SourceImage", "Destination"], to: "process.executable" },
  { from: ["CommandLine"], to: "process.command_line" },
  { from: ["CurrentDirectory"], to: "process.working_directory" },
  { from: ["ParentProcessGuid"], to: "process.parent.entity_id" },
  { from: ["ParentProcessId"], to: "process.parent.pid", as: "number" },
  { from: ["ParentImage"], to: "process.parent.executable" },
  { from: ["ParentCommandLine"], to: "process.parent.command_line" },
];

const network: readonly FieldRule[] = [
  { from: ["Protocol"], to: "network.transport" },
  { from: ["DestinationPortName", "SourcePortName"], to: "network.protocol" },
  { from: ["SourceHostname"], to: "source.domain" },
  { from: ["SourcePort"], to: "source.port", as: "number" },
  { from: ["DestinationHostname"], to: "destination.domain" },
  { from: ["DestinationPort"], to: "destination.port", as: "number" },
];

/** What the version resource of an image says. `owner` is the object that the image is. */
const versionRules = (owner: "process" | "file"): readonly FieldRule[] => [
  { from: ["OriginalFileName"], to: `${owner}.pe.original_file_name` },
  { from: ["Company"], to: `${owner}.pe.company`, copy: true },
  { from: ["Description"], to: `${owner}.pe.description`, copy: true },
  { from: ["FileVersion"], to: `${owner}.pe.file_version`, copy: true },
  { from: ["Product"], to: `${owner}.pe.product`, copy: true },
];
const processVersion = versionRules("process");
const fileVersion = versionRules("file");

/** Whose hashes an event carries. For 23 to 25 they are the file's or the clipboard's, but stand with the process (ecs-mapping 14.7). */
const hashOwners: ReadonlyMap<string, readonly string[]> = new Map([
  ["1", ["process"]],
  ["23", ["process"]],
  ["24", ["process"]],
  ["25", ["process"]],
  ["6", ["file"]],
  ["15", ["file"]],
  ["26", ["file"]],
  ["29", ["file"]],
  ["7", ["file", "dll"]],
]);

const zeroGuid = /^\{?0{8}-0{4}-0{4}-0{4}-0{12}\}?$/;

/** Sysmon's EventData without the values that say nothing: `-` and the GUID of zeros. */
export function cleanSysmonData(data: ReadonlyFields): ReadonlyFields {
  const clean: Fields = {};
  for (const key of Object.keys(data)) {
    const value = data[key];
    if (value === "-" || value === "" || (typeof value === "string" && zeroGuid.test(value))) {
      continue;
    }
    // One spelling, so that sequences can join on it.
    const name = key === "TargetProcessGuid" ? "TargetProcessGUID" : key;
    if (name !== "__proto__") clean[name] = value;
  }
  return clean;
}

/** When the thing happened. Sysmon says so itself, in UTC, whatever a collector made of TimeCreated. */
export function sysmonTime(record: WindowsRecord): WrittenTime | undefined {
  return isSysmon(record) ? readTime(record.data.UtcTime) : undefined;
}

/**
 * Microsoft-Windows-Sysmon, ecs-mapping 2; and Linux-Sysmon, ecs-mapping 11.2, whose paths are cut where
 * Linux cuts them: Elastic's pipeline looks for backslashes and finds no name.
 */
export function mapSysmon(mapping: Mapping): void {
  const { record, utc, data, document, moved } = mapping;
  const id = record.eventId;
  setCategorisation(document, sysmonEvents.get(id));
  dropShipperNotes(mapping);
  if (utc !== undefined) {
    setField(document, "@timestamp", formatTime(utc.epochMs, utc.finer));
    moved.add("UtcTime");
  }
  applyRules(mapping, always);
  setProcess(document, separatorOf(record));
  setUser(mapping);
  const hashes = takeText(mapping, data.Hashes === undefined ? "Hash" : "Hashes");
  if (hashes !== undefined) setHashes(document, hashes, hashOwners.get(id) ?? []);
  if (isLinuxSysmonName(record.provider)) setLinuxEnvelope(mapping);
  mapById.get(id)?.(mapping);
  if (id !== "17" && id !== "18") setFile(mapping);
}

function setProcess(document: Fields, separator: Separator): void {
  for (const prefix of ["process", "process.parent"]) {
    const executable = getField(document, `${prefix}.executable`);
    if (typeof executable === "string") {
      setField(document, `${prefix}.name`, nameOfPath(executable, separator));
    }
    const commandLine = getField(document, `${prefix}.command_line`);
    if (typeof commandLine !== "string") continue;
    const args = splitArguments(commandLine);
    setField(document, `${prefix}.args`, args);
    setField(document, `${prefix}.args_count`, args.length);
  }
}

/**
 * The account the event is about. System/Security names the account of the Sysmon service instead,
 * S-1-5-18, which Elastic's pipeline takes for `user.id`: rules that leave SYSTEM out would then leave
 * everything out. We set `user.id` only where it is the id of the account in `User`; the other one
 * stays in `winlog.user.identifier`.
 */
function setUser({ record, data, document, moved }: Mapping): void {
  const account = textOf(data, "User");
  if (isLinuxSysmonName(record.provider)) {
    setField(document, "user.name", account);
    addToField(document, "related.user", account);
    moved.add("User");
    return;
  }
  if (setAccount(document, account)) moved.add("User");
  const writer = getField(record.winlog, "user.identifier");
  const id = account === undefined && writer !== "S-1-5-18" ? writer : wellKnownSid(account);
  setField(document, "user.id", id);
}

/** Elastic's collector leaves parts of System among the data. */
function setLinuxEnvelope(mapping: Mapping): void {
  const { document } = mapping;
  setField(
    document,
    "winlog.opcode",
    takeText(mapping, "opcode") ?? getField(document, "winlog.opcode"),
  );
  const version = numberOf(takeText(mapping, "version"));
  setField(document, "winlog.version", version ?? getField(document, "winlog.version"));
  takeText(mapping, "provider_name");
}

function setFile(mapping: Mapping): void {
  for (const key of ["TargetFilename", "Device", "ImageLoaded"]) {
    if (textOf(mapping.data, key) === undefined) continue;
    setFilePath(mapping.document, takeText(mapping, key), separatorOf(mapping.record));
    return;
  }
}

type MapOne = (mapping: Mapping) => void;

const mapById: ReadonlyMap<string, MapOne> = new Map<string, MapOne>([
  ["1", (mapping) => applyRules(mapping, processVersion)],
  ["3", mapConnection],
  ["6", setSignature],
  ["7", mapImageLoad],
  ["12", mapRegistry],
  ["13", mapRegistry],
  ["14", mapRegistry],
  ["17", mapPipe],
  ["18", mapPipe],
  ["22", mapDnsQuery],
  ["23", mapDeletion],
  ["24", mapDeletion],
  ["25", (mapping) => setField(mapping.document, "message", takeText(mapping, "Type"))],
  ["26", mapDeletion],
  ["27", ({ document }) => setField(document, "event.outcome", "failure")],
  [
    "255",
    (mapping) => {
      setField(mapping.document, "event.outcome", "failure");
      setField(mapping.document, "error.code", takeText(mapping, "ID"));
    },
  ],
]);

function mapConnection(mapping: Mapping): void {
  const { document, moved } = mapping;
  applyRules(mapping, network);
  for (const key of ["SourcePortName", "DestinationIsIpv6"]) moved.add(key);
  for (const [key, to] of [
    ["SourceIp", "source.ip"],
    ["DestinationIp", "destination.ip"],
  ] as const) {
    const address = textOf(mapping.data, key);
    if (address === undefined || isIP(address) === 0) continue;
    moved.add(key);
    setField(document, to, address);
    addToField(document, "related.ip", address);
  }
  const initiated = takeText(mapping, "Initiated");
  if (initiated !== undefined) {
    setField(document, "network.direction", initiated === "true" ? "egress" : "ingress");
  }
  const isIpv6 = takeText(mapping, "SourceIsIpv6");
  if (isIpv6 !== undefined) {
    setField(document, "network.type", isIpv6 === "true" ? "ipv6" : "ipv4");
  }
  setField(document, "network.community_id", communityIdOf(document));
}

/** An image that was loaded is a file and, in the newest pipelines, a library. */
function mapImageLoad(mapping: Mapping): void {
  const { data, document } = mapping;
  const path = textOf(data, "ImageLoaded");
  setField(document, "dll.path", path);
  setField(document, "dll.name", nameOfPath(path));
  setField(document, "dll.pe.original_file_name", textOf(data, "OriginalFileName"));
  applyRules(mapping, fileVersion);
  setSignature(mapping);
}

function setSignature(mapping: Mapping): void {
  const { record, data, document } = mapping;
  setField(document, "file.code_signature.subject_name", textOf(data, "Signature"));
  const status = textOf(data, "SignatureStatus");
  setField(document, "file.code_signature.status", status);
  if (status === "Valid") setField(document, "file.code_signature.valid", true);
  if (record.eventId !== "7") return;
  const signed = textOf(data, "Signed");
  const hasFailed = signed?.startsWith("failed: ") === true;
  if (hasFailed) setField(document, "file.code_signature.trusted", false);
  setField(document, "dll.code_signature.status", hasFailed ? signed : status);
}

function mapRegistry({ data, document, moved }: Mapping): void {
  setRegistryPath(document, textOf(data, "TargetObject"));
  setRegistryData(document, textOf(data, "Details"));
  moved.add("TargetObject");
}

function mapPipe(mapping: Mapping): void {
  setField(mapping.document, "file.name", takeText(mapping, "PipeName"));
}

function mapDnsQuery(mapping: Mapping): void {
  const { document } = mapping;
  setField(document, "network.protocol", "dns");
  const status = takeText(mapping, "QueryStatus");
  if (status !== undefined) setField(document, "sysmon.dns.status", nameOfDnsStatus(status));
  const results = takeText(mapping, "QueryResults");
  if (results !== undefined) setDnsAnswers(document, results);
  const name = takeText(mapping, "QueryName");
  setField(document, "dns.question.name", name);
  setQuestionDomain(document, name);
  addToField(document, "related.hosts", name);
}

function mapDeletion(mapping: Mapping): void {
  for (const [key, to] of [
    ["Archived", "sysmon.file.archived"],
    ["IsExecutable", "sysmon.file.is_executable"],
  ] as const) {
    const text = takeText(mapping, key);
    if (text !== undefined) setField(mapping.document, to, text.toLowerCase() === "true");
  }
}

function separatorOf(record: WindowsRecord): Separator {
  return isLinuxSysmonName(record.provider) ? "/" : "\\";
}

export function isSysmon(record: WindowsRecord): boolean {
  return isSysmonName(record.provider);
}
