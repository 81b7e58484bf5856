import { isIP } from "node:net";
import { type Fields, isFields, putKey, type ReadonlyFields, setField } from "../fields.ts";
import { mapAzureRecord } from "./azure-common.ts";
import { relate } from "./field-rows.ts";
import { at, copyObject, move, take, textAt } from "./tree.ts";

/** The sign-in logs of Entra ID: of users, with or without interaction, of services and of managed identities. */
export function mapSigninLog(raw: ReadonlyFields, document: Fields): void {
  const tree = copyObject(raw, (key) => key.replace(/([a-z])([A-Z]+)/g, "$1_$2").toLowerCase());
  mapAzureRecord(tree, document);
  setSource(tree, document);
  setField(document, "azure.tenant_id", take(tree, "tenant_id"));
  const level = take(tree, "level");
  setField(document, "log.level", level === undefined ? undefined : String(level));
  setField(document, "geo.country_iso_code", take(tree, "location"));
  const { properties } = tree;
  if (isFields(properties)) mapProperties(properties, document);
  setField(document, "event.category", ["authentication"]);
  setField(document, "event.type", ["info"]);
  const error = Number(at(properties, "status.error_code") ?? 0);
  setField(document, "event.outcome", error > 0 ? "failure" : "success");
  setField(document, "azure.signinlogs", tree);
}

/** Where the address of who signs in may stand; the first that does counts, and all of them go. */
const addressPaths = ["properties.ipaddress", "properties.ip_address", "caller_ip_address"];

function setSource(tree: Fields, document: Fields): void {
  const addresses = addressPaths.map((path) => take(tree, path));
  const address = addresses.find((value) => typeof value === "string" && value !== "");
  if (typeof address !== "string") return;
  setField(document, "source.address", address);
  if (isIP(address) === 0) return;
  setField(document, "source.ip", address);
  setField(document, "client.ip", address);
  relate(document, "related.ip", address);
}

function mapProperties(properties: Fields, document: Fields): void {
  move(properties, "created_date_time", "created_at");
  move(properties, "processing_time_in_milliseconds", "processing_time_ms");
  move(properties, "risk_level_during_sign_in", "risk_level_during_signin");
  const reason = take(properties, "status.failure_reason");
  const details = take(properties, "status.additional_details");
  const texts = [reason, details].filter((text) => typeof text === "string");
  setField(document, "message", texts.length === 2 ? `${texts[0]} (${texts[1]})` : texts[0]);
  setField(document, "geo.city_name", at(properties, "location.city"));
  setField(document, "geo.country_name", at(properties, "location.state"));
  setField(document, "geo.location.lat", at(properties, "location.geo_coordinates.latitude"));
  setField(document, "geo.location.lon", at(properties, "location.geo_coordinates.longitude"));
  take(properties, "location");
  listToObject(properties);
  setField(document, "event.id", properties.id);
  setField(document, "user.id", textAt(properties, "user_id"));
  setField(document, "user.full_name", textAt(properties, "user_display_name"));
  setField(document, "user_agent.original", take(properties, "user_agent"));
  const principal = textAt(properties, "user_principal_name");
  if (principal === undefined) return;
  const found = /([a-zA-Z0-9._-]+)@([a-zA-Z0-9.-]+)/.exec(principal.slice(0, 1000));
  setField(document, "user.name", found?.[1] ?? principal);
  setField(document, "user.domain", found?.[2]);
}

/** `[{key, value}]` as an object. */
function listToObject(properties: Fields): void {
  const details = properties.authentication_processing_details;
  if (!Array.isArray(details)) return;
  const fields: Fields = {};
  for (const detail of details) {
    const key = textAt(detail, "key");
    if (key !== undefined) putKey(fields, key, at(detail, "value"));
  }
  properties.authentication_processing_details = fields;
}
