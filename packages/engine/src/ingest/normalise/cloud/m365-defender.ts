import { type Fields, isFields, type ReadonlyFields, setField } from "../fields.ts";
import { defineCloudSource } from "./cloud-source.ts";
import { applyRows, convert, type FieldRow } from "./field-rows.ts";
import { mapDevice } from "./m365-defender-device.ts";
import { nameColumns } from "./m365-defender-names.ts";
import { at, textAt } from "./tree.ts";
import { setUrl } from "./url.ts";

const event = "m365_defender.event";

/** A kind of tables of advanced hunting, told by their names. */
interface TableKind {
  readonly isOwn: (table: string) => boolean;
  readonly rows: readonly FieldRow[];
  readonly map: (table: string, row: ReadonlyFields, document: Fields) => void;
}

/** Everybody and everything that events of all tables are about. */
const common: readonly FieldRow[] = [
  ["device.name", "related.hosts"],
  ["device.name", "host.name", "lower"],
];

const alertRows: readonly FieldRow[] = [
  ["alert.id", "event.id"],
  ["service_source", "event.provider"],
  ["device.id", ["host.id", "related.hosts"]],
  ["evidence.direction", "network.direction", "lower"],
  ["process.command_line", "process.command_line"],
  ["registry.key", "registry.key"],
  ["registry.value_name", "registry.value"],
  ["remote.ip", ["source.ip", "related.ip"]],
  ["local.ip", "related.ip"],
  ["folder_path", "threat.enrichments.indicator.file.directory"],
  ["sha1", ["threat.enrichments.indicator.file.hash.sha1", "related.hash"]],
  ["sha256", ["threat.enrichments.indicator.file.hash.sha256", "related.hash"]],
  ["file.name", "threat.enrichments.indicator.file.name"],
  ["file.size", "threat.enrichments.indicator.file.size"],
  ["threat.family", "threat.group.name"],
  ["account.name", ["user.name", "related.user"]],
  ["account.domain", ["user.domain", "related.hosts"]],
  ["account.object_id", "related.user"],
  ["title", "message"],
];

const identityRows: readonly FieldRow[] = [
  ["target.device_name", ["destination.domain", "related.hosts"]],
  ["destination.ip_address", ["destination.ip", "related.ip"]],
  ["destination.port", "destination.port"],
  ["ip_address", ["host.ip", "related.ip"]],
  ["os.platform", "host.os.name"],
  ["device.type", "host.type"],
  ["protocol", "network.protocol", "lower"],
  ["account.domain", ["user.domain", "related.hosts"]],
  ["city", "source.geo.city_name"],
  ["country_code", "source.geo.country_iso_code"],
  ["user_agent", "user_agent.original"],
  ["account.name", "related.user"],
  ["account.id", "related.user"],
  ["account.display_name", "related.user"],
  ["target.account_display_name", "related.user"],
];

const emailRows: readonly FieldRow[] = [
  ["sender.from_address", ["email.from.address", "related.user"], "list"],
  ["network.message_id", "email.local_id"],
  ["recipient.email_address", ["email.to.address", "related.user"], "list"],
  ["file.type", "file.extension"],
  ["sha256", ["file.hash.sha256", "related.hash"]],
  ["file.name", "file.name"],
  ["file.size", "file.size"],
  ["email.direction", "email.direction"],
  ["subject", "email.subject"],
  ["sender.ipv4", "related.ip"],
  ["sender.ipv6", "related.ip"],
  ["ip_address", ["host.ip", "related.ip"]],
  ["sender.from_domain", "related.hosts"],
  ["sender.mail_from_domain", "related.hosts"],
  ["url_domain", "related.hosts"],
];

const kinds: readonly TableKind[] = [
  { isOwn: (table) => table.includes("alert"), rows: alertRows, map: mapAlert },
  { isOwn: (table) => table.includes("device"), rows: [], map: mapDevice },
  {
    isOwn: (table) => table.includes("email") || table.includes("urlclickevents"),
    rows: emailRows,
    map: mapEmail,
  },
  {
    isOwn: (table) => table.includes("identity") || table.includes("cloudappevents"),
    rows: identityRows,
    map: mapIdentity,
  },
];

/**
 * Advanced hunting of Microsoft Defender XDR: rows of its tables as the streaming API sends them, in an
 * envelope that names the table, or as queries export them, where the columns tell it.
 */
export const m365Defender = defineCloudSource({
  name: "Microsoft Defender advanced hunting",
  dataset: "m365_defender.event",
  keys: ["category", "ActionType", "AlertId"],
  recognise: (raw) => {
    const { category } = raw;
    if (typeof category === "string" && category.startsWith("AdvancedHunting-")) return "certain";
    return tableOfColumns(raw) === undefined ? undefined : "likely";
  },
  time: (raw) => at(raw, "properties.Timestamp") ?? raw.Timestamp ?? raw.time,
  map: (raw, document) => {
    const row = isFields(raw.properties) ? raw.properties : raw;
    const table = tableOf(raw);
    const named = nameColumns(row);
    setField(document, event, named);
    if (row !== raw) setEnvelope(raw, document);
    const kind = kinds.find(({ isOwn }) => isOwn(table));
    applyRows(document, named, common);
    applyRows(document, named, kind?.rows ?? []);
    kind?.map(table, named, document);
    setAction(document);
  },
});

function setEnvelope(raw: ReadonlyFields, document: Fields): void {
  setField(document, `${event}.category`, raw.category);
  setField(document, `${event}.operation_name`, raw.operationName);
  setField(document, `${event}.tenant.name`, raw.Tenant);
  setField(document, `${event}.tenant.id`, raw.tenantId);
  setField(document, `${event}.time`, convert(raw.time, "date"));
}

function tableOf(raw: ReadonlyFields): string {
  const { category } = raw;
  const isEnveloped = typeof category === "string" && isFields(raw.properties);
  return (isEnveloped ? category : (tableOfColumns(raw) ?? "")).toLowerCase();
}

/** The table of a row that does not name it: by its column `Type`, or by columns that only it has. */
function tableOfColumns(raw: ReadonlyFields): string | undefined {
  const { Type: type, ActionType: action } = raw;
  if (
    typeof type === "string" &&
    /^(Device|Identity|Email|Alert|CloudApp|UrlClick)\w+$/.test(type)
  ) {
    return type;
  }
  if (raw.Timestamp === undefined || typeof action !== "string") return undefined;
  if (raw.DeviceId === undefined) {
    if (raw.AccountObjectId === undefined && raw.AccountUpn === undefined) return undefined;
    return raw.ActivityType === undefined ? "IdentityDirectoryEvents" : "CloudAppEvents";
  }
  if (action === "ProcessCreated") return "DeviceProcessEvents";
  if (action === "ImageLoaded") return "DeviceImageLoadEvents";
  if (action.startsWith("Registry")) return "DeviceRegistryEvents";
  if (action.startsWith("Logon")) return "DeviceLogonEvents";
  if (/^(File|Sensitivity)\w+$/.test(action)) return "DeviceFileEvents";
  if (/Connection|NetworkSignature/.test(action)) return "DeviceNetworkEvents";
  return "DeviceEvents";
}

function setAction(document: Fields): void {
  const action = textAt(document, `${event}.action.type`);
  setField(document, "event.action", action?.toLowerCase().replaceAll(" ", "-"));
}

const entityCategories: ReadonlyMap<string, string> = new Map([
  ["file", "file"],
  ["process", "process"],
  ["device", "host"],
  ["user", "iam"],
]);
const threats: ReadonlySet<string> = new Set([
  "persistence",
  "privilegeescalation",
  "suspiciousactivity",
  "threatmanagement",
]);
const severities = ["", "informational", "low", "medium", "high"];

function mapAlert(_: string, row: ReadonlyFields, document: Fields): void {
  const word = textAt(row, "alert.category")?.toLowerCase() ?? "";
  const isMalware = word === "malware" || word === "ransomware";
  const ofEntity = entityCategories.get(textAt(row, "entity_type")?.toLowerCase() ?? "");
  const category = isMalware ? "malware" : threats.has(word) ? "threat" : ofEntity;
  setField(document, "event.kind", ["alert"]);
  if (category !== undefined) setField(document, "event.category", [category]);
  setField(document, "event.type", [category === "threat" ? "indicator" : "info"]);
  const severity = textAt(row, "severity")?.toLowerCase();
  setField(document, `${event}.severity`, severity);
  const level = severities.indexOf(severity ?? "");
  if (level > 0) setField(document, "event.severity", level);
  setTechniques(row, document);
}

/** `Command and Scripting Interpreter (T1059)`. */
function setTechniques(row: ReadonlyFields, document: Fields): void {
  const techniques = at(row, "attack_techniques");
  if (!Array.isArray(techniques)) return;
  const found = techniques.flatMap((technique) => {
    const [, name, id] = /^(.{1,200}) \((T[\d.]{1,12})\)$/.exec(String(technique)) ?? [];
    return name === undefined || id === undefined ? [] : [{ name, id }];
  });
  const sorted = (values: readonly string[]) => [...values].sort();
  setField(document, "threat.technique.subtechnique.id", sorted(found.map(({ id }) => id)));
  setField(document, "threat.technique.subtechnique.name", sorted(found.map(({ name }) => name)));
}

function mapIdentity(table: string, row: ReadonlyFields, document: Fields): void {
  const isLogon = table.includes("identitylogonevents");
  setField(document, "event.kind", ["event"]);
  setField(document, "event.type", ["info"]);
  if (isLogon) {
    setField(document, "event.category", ["authentication"]);
    const isFailure = textAt(row, "failure_reason") !== undefined;
    setField(document, "event.outcome", isFailure ? "failure" : "success");
  }
  const names = [textAt(row, "account.name"), textAt(row, "account.display_name")];
  const written = names.filter((name) => name !== undefined);
  if (written.length > 0) setField(document, "user.name", written);
  const id = textAt(row, "account.id");
  if (id !== undefined) setField(document, "user.id", [id]);
}

function mapEmail(table: string, row: ReadonlyFields, document: Fields): void {
  const isClick = table.includes("urlclickevents");
  setField(document, "event.kind", ["event"]);
  const hasFile = textAt(row, "file.type") !== undefined;
  const categories = [...(isClick ? [] : ["email"]), ...(hasFile ? ["file"] : [])];
  if (categories.length > 0) setField(document, "event.category", categories);
  setField(document, "event.type", ["info"]);
  const senders = [at(row, "sender.ipv4"), at(row, "sender.ipv6")].filter(
    (address) => address !== undefined,
  );
  if (senders.length > 0) setField(document, "source.ip", senders);
  setUrl(document, textAt(row, "url"));
}
