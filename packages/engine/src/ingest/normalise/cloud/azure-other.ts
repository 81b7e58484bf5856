import { isIP } from "node:net";
import { type Fields, isFields, type ReadonlyFields, setField } from "../fields.ts";
import { setEventCategory } from "./azure-activity.ts";
import { mapAzureRecord, setCaller, setOutcome, setTypeOfCategory } from "./azure-common.ts";
import { convert, relate } from "./field-rows.ts";
import { copyObject, copyTree, move, parseTree, snakeCase, take, textAt } from "./tree.ts";
import { setUrl } from "./url.ts";

/** Logs of resources: Key Vault, Storage, Event Hubs, Kubernetes and others. */
export function mapPlatformLog(raw: ReadonlyFields, document: Fields): void {
  const tree = copyObject(raw);
  delete tree[""];
  mapAzureRecord(tree, document);
  setCaller(tree, document);
  setField(document, "cloud.region", take(tree, "Region"));
  setField(document, "log.level", take(tree, "level"));
  setField(document, "geo.name", take(tree, "location"));
  if (typeof tree.identity === "string") move(tree, "identity", "identity_name");
  const eventProperties = parseTree(tree.EventProperties);
  if (isFields(eventProperties)) {
    tree.properties = eventProperties;
    delete tree.EventProperties;
  }
  const written = isFields(tree.properties) ? tree.properties.log : undefined;
  const log = parseTree(written);
  if (isFields(tree.properties) && log !== undefined) tree.properties.log = log;
  else if (typeof written === "string") setField(document, "message", take(tree, "properties.log"));
  setField(document, "event.action", take(tree, "EventName") ?? tree.operation_name);
  setEventCategory(tree);
  setOutcome(document, tree.result_type, textAt(tree, "properties.result"));
  if (textAt(document, "event.outcome") === undefined && statuses.has(tree.Status)) {
    setField(document, "event.outcome", String(tree.Status).toLowerCase());
  }
  move(tree, "properties.statusCode", "properties.status_code");
  move(tree, "Status", "status");
  move(tree, "resultDescription", "result_description");
  setTypeOfCategory(tree, document);
  setField(document, "azure.platformlogs", tree);
}

const statuses: ReadonlySet<unknown> = new Set([
  "success",
  "failure",
  "unknown",
  "Succeeded",
  "Failed",
]);

/** What is not snake case by its words alone. */
const datetimes: ReadonlyMap<string, string> = new Map([
  ["lastUpdatedDateTime", "last_updated_datetime"],
  ["riskLastUpdatedDateTime", "risk_last_updated_datetime"],
  ["activityDateTime", "activity_datetime"],
  ["detectedDateTime", "detected_datetime"],
]);
const leftOutOfRisks = ["resourceTenantId", "homeTenantId", "crossTenantAccessType"];

/** Users at risk and signs of risk, by Entra ID Protection. */
export function mapIdentityProtection(raw: ReadonlyFields, document: Fields): void {
  const tree = copyObject(raw);
  delete tree[""];
  mapAzureRecord(tree, document);
  setCaller(tree, document, false);
  setField(document, "azure.tenant_id", take(tree, "tenantId"));
  for (const key of ["identity", "Level", "location"]) delete tree[key];
  const { properties } = tree;
  if (isFields(properties)) {
    for (const key of leftOutOfRisks) delete properties[key];
    for (const [from, to] of datetimes) {
      const written = take(properties, from);
      // Some hours have one digit.
      const text = typeof written === "string" ? written.replace(/T(\d):/, "T0$1:") : undefined;
      setField(properties, to, convert(text, "date"));
    }
    const info = parseTree(properties.additionalInfo);
    if (info !== undefined) {
      delete properties.additionalInfo;
      properties.additional_info = info;
    }
    tree.properties = renameKeys(properties);
  }
  setField(document, "azure.identityprotection", tree);
}

function renameKeys(properties: Fields): Fields {
  const renamed: Fields = {};
  for (const key of Object.keys(properties)) setField(renamed, snakeCase(key), properties[key]);
  return renamed;
}

/** The provisioning log of Entra ID: accounts made in other systems. */
export function mapProvisioning(raw: ReadonlyFields, document: Fields): void {
  const { properties: written, ...rest } = raw;
  const tree = copyObject(rest);
  delete tree[""];
  mapAzureRecord(tree, document);
  setField(document, "azure.tenant_id", take(tree, "tenantId"));
  move(tree, "Level", "level");
  setOutcome(document, tree.result_type);
  const address = tree.callerIpAddress;
  if (typeof address === "string" && isIP(address) > 0) {
    setField(document, "source.ip", take(tree, "callerIpAddress"));
  }
  if (isFields(written)) {
    const { statusInfo: _, provisioningSteps, modifiedProperties, ...named } = written;
    const properties = copyObject(named, provisioningName);
    setField(properties, "modified_properties", copyTree(modifiedProperties));
    setField(properties, "provisioning_steps", copyTree(provisioningSteps, nameOfStep));
    tree.properties = properties;
  }
  setField(document, "azure.provisioning", tree);
}

function nameOfStep(key: string): string {
  return key === "provisioningStepType" ? "provisioning_step_type" : key;
}

/** Names that Elastic's pipeline spells in its own way. */
const provisioningNames: ReadonlyMap<string, string> = new Map([
  ["activityDateTime", "activity_datetime"],
  ["durationInMilliseconds", "duration_ms"],
  ["ServicePrincipalDisplayName", "dervice_principal_display_name"],
]);

function provisioningName(key: string): string {
  return provisioningNames.get(key) ?? snakeCase(key);
}

/** Calls of Microsoft Graph, and of the older Azure AD Graph. */
export function mapGraphActivity(
  log: "graphactivitylogs" | "aadgraphactivitylogs",
): (raw: ReadonlyFields, document: Fields) => void {
  return (raw, document) => {
    const tree = copyObject(raw, snakeCase);
    mapAzureRecord(tree, document);
    setField(document, "azure.tenant_id", take(tree, "tenant_id"));
    const { properties } = tree;
    const text = (...paths: readonly string[]) =>
      paths.map((path) => textAt(tree, path)).find((value) => value !== undefined);
    const caller = text("caller_ip_address", "properties.ip_address", "properties.ipaddress");
    if (caller !== undefined && isIP(caller) > 0) {
      setField(document, "source.ip", caller);
      setField(document, "client.ip", caller);
      relate(document, "related.ip", caller);
    }
    const status = Number(text("result_signature", "properties.response_status_code"));
    const isStatus = Number.isInteger(status) && status >= 100 && status < 600;
    if (isStatus) {
      setField(document, "http.response.status_code", status);
      setField(document, "event.outcome", status < 400 ? "success" : "failure");
    }
    setField(document, "http.request.method", text("properties.request_method"));
    setField(document, "http.request.id", text("properties.request_id"));
    setField(
      document,
      "user.id",
      text("properties.user_id", "properties.user_principal_object_id"),
    );
    setField(document, "user_agent.original", text("properties.user_agent"));
    const address = text("properties.request_uri", "properties.request_path");
    setField(document, "url.original", address);
    if (!setUrl(document, address)) setField(document, "url.path", address?.split("?")[0]);
    setField(document, "event.category", ["web"]);
    setField(document, "event.type", ["access"]);
    if (isFields(properties)) mapGraphProperties(properties);
    setField(document, `azure.${log}`, tree);
  };
}

function mapGraphProperties(properties: Fields): void {
  const scopes = properties.scopes;
  if (typeof scopes === "string") properties.scopes = scopes.split(" ");
}
