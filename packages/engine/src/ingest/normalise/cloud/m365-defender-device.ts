import { type Fields, getField, type ReadonlyFields, setField } from "../fields.ts";
import { applyRows, type FieldRow, relate } from "./field-rows.ts";
import { at, listAt, textAt } from "./tree.ts";

/** Who did it: its own process where another one is started, else the process of the event. */
const initiator = (target: string): readonly FieldRow[] => [
  ["initiating_process.command_line", `${target}.command_line`],
  ["initiating_process.md5", `${target}.hash.md5`],
  ["initiating_process.sha1", `${target}.hash.sha1`],
  ["initiating_process.sha256", `${target}.hash.sha256`],
  ["initiating_process.id", `${target}.pid`],
  ["initiating_process.creation_time", `${target}.start`],
  ["initiating_process.file_name", `${target}.name`],
  ["initiating_process.folder_path", `${target}.executable`],
  ["initiating_process.version_info_company_name", `${target}.pe.company`],
  ["initiating_process.version_info_file_description", `${target}.pe.description`],
  ["initiating_process.version_info_original_file_name", `${target}.pe.original_file_name`],
  ["initiating_process.version_info_product_name", `${target}.pe.product`],
  ["initiating_process.version_info_product_version", `${target}.pe.file_version`],
  ["initiating_process.signature_status", `${target}.code_signature.status`],
];

const started: readonly FieldRow[] = [
  ["folder_path", "process.executable"],
  ["md5", "process.hash.md5"],
  ["sha1", "process.hash.sha1"],
  ["sha256", "process.hash.sha256"],
  ["file.name", "process.name"],
  ...initiator("process.parent"),
  ["initiating_process.parent_id", "process.parent.group_leader.pid"],
  ["initiating_process.parent_file_name", "process.parent.group_leader.name"],
];

const acting: readonly FieldRow[] = [
  ["folder_path", "file.directory"],
  ["md5", "file.hash.md5"],
  ["sha1", "file.hash.sha1"],
  ["sha256", "file.hash.sha256"],
  ["file.name", "file.name"],
  ["file.size", "file.size"],
  ...initiator("process"),
  ["initiating_process.parent_id", "process.parent.pid"],
  ["initiating_process.parent_creation_time", "process.parent.start"],
  ["initiating_process.parent_file_name", "process.parent.name"],
];

const loaded: readonly FieldRow[] = [
  ["folder_path", "dll.path"],
  ["md5", "dll.hash.md5"],
  ["sha1", "dll.hash.sha1"],
  ["sha256", "dll.hash.sha256"],
  ["file.name", "dll.name"],
];

const rows: readonly FieldRow[] = [
  ["process.command_line", "process.command_line"],
  ["process.creation_time", "process.start"],
  ["process.id", "process.pid"],
  ["process.version_info_company_name", "process.pe.company"],
  ["process.version_info_file_description", "process.pe.description"],
  ["process.version_info_original_file_name", "process.pe.original_file_name"],
  ["process.version_info_product_name", "process.pe.product"],
  ["process.version_info_product_version", "process.pe.file_version"],
  ["certificate.expiration_time", "file.x509.not_after"],
  ["certificate.serial_number", "file.x509.serial_number"],
  ["signer", "file.code_signature.subject_name"],
  ["is_signed", "file.code_signature.exists"],
  ["is_trusted", "file.code_signature.trusted"],
  ["device.id", ["host.id", "related.hosts"]],
  ["public_ip.value", ["host.ip", "related.ip"]],
  ["os.architecture", "host.architecture"],
  ["os.platform", "host.os.full"],
  ["os.distribution", "host.os.platform"],
  ["os.version", "host.os.version"],
  ["device.type", "host.type"],
  ["registry.key", "registry.key"],
  ["registry.value_name", "registry.value"],
  ["registry.value_data", "registry.data.strings", "list"],
  [
    ["account.name", "request.account_name"],
    ["user.name", "related.user"],
  ],
  [
    ["account.domain", "request.account_domain"],
    ["user.domain", "related.hosts"],
  ],
  ["account.sid", "user.id"],
  [["request.protocol", "protocol"], "network.protocol", "lower"],
  ["initiating_process.account_name", "related.user"],
  ["initiating_process.account_domain", "related.hosts"],
  ["client_version", "observer.version"],
  ["device.category", "observer.type"],
  ["file.origin_referrer_url", "http.request.referrer"],
  ["remote.device_name", "source.domain"],
  ["remote.ip", "related.ip"],
  ["local.ip", "related.ip"],
];

/** Categories by table; the first that fits. */
const categories: readonly (readonly [table: string, category: string])[] = [
  ["devicelogonevents", "authentication"],
  ["devicefileevents", "file"],
  ["devicefilecertificateinfo", "file"],
  ["deviceprocessevents", "process"],
  ["deviceimageloadevents", "library"],
  ["devicenetwork", "network"],
  ["deviceregistryevents", "registry"],
  ["deviceevents", "host"],
  ["deviceinfo", "host"],
];

/** Types by parts of the action's name. */
const types: readonly (readonly [part: RegExp, type: string])[] = [
  [/openprocess|connectionfound|networksignatureinspected/, "info"],
  [/connectionsuccess/, "end"],
  [/connectionfailed/, "denied"],
  [/connectionrequest|listeningconnectioncreated|processcreated|imageloaded/, "start"],
  [/inboundconnectionaccepted/, "allowed"],
  [/registrykeycreated/, "creation"],
  [/registrykeydeleted|registryvaluedeleted/, "deletion"],
  [/registrykeyrenamed|registryvalueset/, "change"],
];

/** Events of devices, as newer versions of Elastic's integration map them: a started process is the process. */
export function mapDevice(table: string, row: ReadonlyFields, document: Fields): void {
  const category = categories.find(([part]) => table.includes(part))?.[1];
  const action = textAt(row, "action.type")?.toLowerCase() ?? "";
  if (category !== undefined) setField(document, "event.category", [category]);
  const isInfo = category === "authentication" || category === "host" || category === "file";
  const type = types.filter(([part]) => part.test(action)).map(([, word]) => word);
  const words = [...(isInfo ? ["info"] : []), ...type];
  if (words.length > 0) setField(document, "event.type", words);
  const isStart = category === "process" || table.includes("deviceevents");
  applyRows(document, row, isStart ? started : acting);
  if (category === "library") applyRows(document, row, loaded);
  applyRows(document, row, rows);
  if (action.includes("imageloaded")) setField(document, "m365_defender.event.action.type", "load");
  setSignature(document, isStart ? "process.parent" : "process");
  for (const prefix of ["process", "process.parent"]) splitCommandLine(document, prefix);
  setEnds(category, row, document);
  setSystem(row, document);
  if (category === "authentication") {
    const isFailure = textAt(row, "failure_reason") !== undefined;
    setField(document, "event.outcome", isFailure ? "failure" : "success");
  }
  for (const user of listAt(row, "logged_on_users")) {
    relate(document, "related.user", textAt(user, "UserName"));
  }
}

function setSignature(document: Fields, prefix: string): void {
  const status = getField(document, `${prefix}.code_signature.status`);
  if (status !== "Valid" && status !== "Unsigned") return;
  const isValid = status === "Valid";
  setField(document, `${prefix}.code_signature.exists`, isValid);
  setField(document, `${prefix}.code_signature.trusted`, isValid);
  if (isValid) setField(document, `${prefix}.code_signature.status`, "trusted");
}

/** At blanks, whatever the quotes say: that is how these events have arguments in Elastic. */
function splitCommandLine(document: Fields, prefix: string): void {
  const written = getField(document, `${prefix}.command_line`);
  const line = typeof written === "string" ? written.trim() : "";
  const args = line.split(" ").filter((part) => part !== "");
  if (args.length === 0) return;
  setField(document, `${prefix}.command_line`, line);
  setField(document, `${prefix}.args`, args);
  setField(document, `${prefix}.args_count`, args.length);
}

/** Who is the source: the other side of a logon and of what comes in, else this one. */
function setEnds(category: string | undefined, row: ReadonlyFields, document: Fields): void {
  const direction = textAt(row, "additional_fields.direction");
  const isReverse = category === "authentication" || direction === "In";
  const [source, destination] = isReverse ? ["remote", "local"] : ["local", "remote"];
  setField(document, "source.ip", at(row, `${source}.ip`) ?? at(row, "request.source_ip"));
  setField(document, "source.port", at(row, `${source}.port`) ?? at(row, "request.source_port"));
  if (category !== "authentication") {
    setField(document, "destination.ip", at(row, `${destination}.ip`));
    setField(document, "destination.port", at(row, `${destination}.port`));
  }
  if (category !== "network") return;
  const words: Readonly<Record<string, string>> = { In: "inbound", Out: "outbound" };
  setField(document, "network.direction", words[direction ?? ""] ?? "unknown");
}

/** Only tables about devices name the system; paths tell it of the others. */
function setSystem(row: ReadonlyFields, document: Fields): void {
  const platform = textAt(row, "os.platform")?.toLowerCase();
  const system = ["windows", "linux", "macos"].find((name) => platform?.includes(name) === true);
  const path = textAt(row, "folder_path") ?? textAt(row, "initiating_process.folder_path") ?? "";
  const ofPath = /^[a-z]:\\|^\\/i.test(path) ? "windows" : undefined;
  setField(document, "host.os.type", system ?? ofPath);
}
