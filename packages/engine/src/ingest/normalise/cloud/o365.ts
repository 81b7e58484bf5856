import { isIP } from "node:net";
import { type Fields, getField, isFields, putKey, setField } from "../fields.ts";
import { readAddress } from "./addresses.ts";
import { defineCloudSource } from "./cloud-source.ts";
import { convert, relate } from "./field-rows.ts";
import { nameRecordType } from "./o365-record-types.ts";
import { mapWorkload } from "./o365-workloads.ts";
import { copyObject, take, textAt } from "./tree.ts";

/** Values that move from the record to ECS. The others stay under `o365.audit`, by their own names. */
const moved = [
  ["Id", "event.id"],
  ["Workload", "event.provider"],
  ["Operation", "event.action"],
  ["OrganizationId", "organization.id"],
  ["UserAgent", "user_agent.original"],
] as const;

/** Numbers that are names. */
const texts = [
  "AzureActiveDirectoryEventType",
  "RecordType",
  "UserType",
  "Version",
  "InternalLogonType",
  "LogonType",
  "ActorYammerUserId",
  "YammerNetworkId",
];

const successes: ReadonlySet<string> = new Set([
  "succeeded",
  "success",
  "partiallysucceeded",
  "true",
]);
const failures: ReadonlySet<string> = new Set(["failed", "false"]);
const severities: ReadonlyMap<unknown, number> = new Map([
  ["informational", 1],
  ["low", 2],
  ["medium", 3],
  ["high", 4],
]);

/** The unified audit log of Microsoft 365, as the Management Activity API and `Search-UnifiedAuditLog` give it. */
export const o365 = defineCloudSource({
  name: "Microsoft 365 audit log",
  dataset: "o365.audit",
  keys: ["CreationTime"],
  // What `Search-UnifiedAuditLog` and the portal export.
  textKey: "AuditData",
  recognise: (raw) => {
    if (raw.RecordType === undefined) return undefined;
    const isWhole = raw.Operation !== undefined && raw.Workload !== undefined;
    const isRecord = raw.Operation !== undefined || raw.Id !== undefined;
    return isWhole ? "certain" : isRecord ? "likely" : "possible";
  },
  time: (raw) => raw.CreationTime,
  map: (raw, document) => {
    const tree = copyObject(raw);
    setField(document, "event.type", ["info"]);
    setField(document, "event.category", ["web"]);
    const code = nameRecordType(textAt(raw, "RecordType"));
    setField(document, "event.code", code);
    for (const [from, to] of moved) setField(document, to, take(tree, from));
    setField(document, "user.id", textAt(tree, "UserId"));
    setField(document, "event.outcome", outcomeOf(textAt(tree, "ResultStatus")));
    setField(document, "event.severity", severities.get(tree.Severity));
    const client = takeClient(tree);
    flattenLists(tree);
    const server = code === undefined ? undefined : mapWorkload(code, tree, document);
    setClient(document, client);
    setServer(document, server);
    splitAccounts(document);
    const { ip } = isFields(document.client) ? document.client : {};
    if (typeof ip === "string") {
      setField(document, "network.type", ip.includes(":") ? "ipv6" : "ipv4");
    }
    setField(document, "user_agent.original", take(tree, "ExtendedProperties.UserAgent"));
    setHost(document);
    for (const key of texts) {
      const text = textAt(tree, key);
      if (text !== undefined) tree[key] = text;
    }
    setField(document, "o365.audit", tree);
  },
});

function outcomeOf(status: string | undefined): string {
  const word = status?.toLowerCase() ?? "";
  return failures.has(word) && !successes.has(word) ? "failure" : "success";
}

/** The first of these that is there moves. */
function takeClient(tree: Fields): string | undefined {
  for (const key of ["ClientIPAddress", "ClientIP", "ActorIpAddress"]) {
    const value = take(tree, key);
    if (value !== undefined) return typeof value === "string" && value !== "" ? value : undefined;
  }
  return undefined;
}

/** Lists of names and values become objects; texts in their places stand under `_raw`. */
function flattenLists(tree: Fields): void {
  for (const key of ["Parameters", "ExtendedProperties"]) {
    const value = tree[key];
    if (typeof value === "string") tree[key] = { _raw: value };
    if (!Array.isArray(value)) continue;
    const fields: Fields = {};
    for (const pair of value) {
      const name = textAt(pair, "Name");
      const its = isFields(pair) ? (pair.Value ?? undefined) : undefined;
      if (name !== undefined && its !== undefined) putKey(fields, name, its);
    }
    tree[key] = fields;
  }
  flattenModified(tree);
  const links = tree.AlertLinks;
  if (!Array.isArray(links)) return;
  const addresses = links.map((link) => textAt(link, "AlertLinkHref"));
  const found = addresses.filter((address) => address !== undefined);
  if (found.length > 0) tree.AlertLinks = found;
  else delete tree.AlertLinks;
}

function flattenModified(tree: Fields): void {
  const modified = tree.ModifiedProperties;
  if (typeof modified === "string") tree.ModifiedProperties = { _raw: modified };
  if (!Array.isArray(modified)) return;
  const fields: Fields = {};
  for (const property of modified) {
    const written = typeof property === "string" ? property : textAt(property, "Name");
    if (written === undefined) continue;
    const name = written.replaceAll(" ", "_").replaceAll(".", "_");
    if (typeof property === "string") putKey(fields, name, {});
    else if (isFields(property)) {
      const { NewValue, OldValue } = property;
      if (NewValue != null && OldValue != null) putKey(fields, name, { NewValue, OldValue });
    }
  }
  if (Object.keys(fields).length > 0) tree.ModifiedProperties = fields;
  else delete tree.ModifiedProperties;
}

function setClient(document: Fields, written: string | undefined): void {
  if (written === undefined) return;
  const { address, domain, port } = readAddress(written);
  setField(document, "client.address", address);
  setField(document, "client.domain", domain);
  setField(document, "client.port", port);
  if (address === undefined || isIP(address) === 0) return;
  setField(document, "client.ip", address);
  setField(document, "source.ip", address);
  setField(document, "source.port", port);
  relate(document, "related.ip", address);
}

/** `SN6PR12MB2717 (15.20.2729.025)`: what stands in the parentheses is seldom an address. */
function setServer(document: Fields, written: string | undefined): void {
  if (written === undefined) return;
  const text = written.replaceAll(/[\r\n]/g, "");
  const found = /([^\s[]{1,255}) \(([^)]{0,255})\)/.exec(text);
  const address = found === null ? text : found[2];
  setField(document, "server.domain", found?.[1]);
  setField(document, "server.address", address);
  if (address === undefined || isIP(address) === 0) return;
  setField(document, "server.ip", address);
  setField(document, "destination.ip", address);
  relate(document, "related.ip", address);
}

/** Ids that are mail addresses have a name and a domain. */
function splitAccounts(document: Fields): void {
  for (const path of ["user", "user.target", "source.user", "destination.user"]) {
    const id = getField(document, `${path}.id`);
    const parts = typeof id === "string" ? id.split("@") : [];
    if (parts.length !== 2) continue;
    setField(document, `${path}.email`, id);
    setField(document, `${path}.domain`, parts[1]);
    setField(document, `${path}.name`, parts[0]);
  }
  for (const path of ["user.name", "user.target.name", "file.owner"]) {
    relate(document, "related.user", getField(document, path));
  }
}

/** A tenant stands for the host. */
function setHost(document: Fields): void {
  const id = convert(getField(document, "organization.id"), "lower");
  setField(document, "organization.id", id);
  setField(document, "host.id", id);
  setField(
    document,
    "host.name",
    getField(document, "organization.name") ?? getField(document, "user.domain"),
  );
}
