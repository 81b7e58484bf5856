import {
  type Fields,
  getField,
  isFields,
  putKey,
  type ReadonlyFields,
  setField,
} from "../fields.ts";
import { defineCloudSource } from "./cloud-source.ts";
import { applyRows, type FieldRow, relate } from "./field-rows.ts";
import { at, cleanFields, cleanTree, listAt, parseTree, textAt } from "./tree.ts";

const debug = "okta.debug_context.debug_data";
const authentication = "okta.authentication_context";

const rows: readonly FieldRow[] = [
  ["displayMessage", "okta.display_message"],
  ["eventType", ["okta.event_type", "event.action"]],
  ["uuid", ["okta.uuid", "event.id"]],
  ["actor.alternateId", "okta.actor.alternate_id"],
  ["actor.displayName", "okta.actor.display_name"],
  ["actor.displayName", ["user.full_name", "client.user.full_name", "source.user.full_name"]],
  ["actor.displayName", "related.user", "text"],
  ["actor.id", ["okta.actor.id", "client.user.id", "source.user.id"]],
  ["actor.type", "okta.actor.type"],
  ["client.device", "okta.client.device"],
  ["client.id", "okta.client.id"],
  ["client.zone", "okta.client.zone"],
  ["client.ipAddress", ["okta.client.ip", "client.ip", "source.ip", "related.ip"], "ip"],
  ["client.userAgent.browser", "okta.client.user_agent.browser"],
  ["client.userAgent.os", "okta.client.user_agent.os"],
  [
    "client.userAgent.rawUserAgent",
    ["okta.client.user_agent.raw_user_agent", "user_agent.original"],
  ],
  ["client.geographicalContext.geolocation", "client.geo.location"],
  ["client.geographicalContext.city", "client.geo.city_name"],
  ["client.geographicalContext.state", "client.geo.region_name"],
  ["client.geographicalContext.country", "client.geo.country_name"],
  ["outcome.reason", "okta.outcome.reason"],
  ["outcome.result", "okta.outcome.result"],
  ["transaction.id", "okta.transaction.id"],
  ["transaction.type", "okta.transaction.type"],
  ["debugContext.debugData.deviceFingerprint", `${debug}.device_fingerprint`],
  ["debugContext.debugData.dtHash", `${debug}.dt_hash`],
  ["debugContext.debugData.requestId", `${debug}.request_id`],
  ["debugContext.debugData.requestUri", `${debug}.request_uri`],
  ["debugContext.debugData.threatSuspected", `${debug}.threat_suspected`],
  ["debugContext.debugData.url", `${debug}.url`],
  ["debugContext.debugData.factor", `${debug}.factor`],
  [
    ["authenticationContext.interface", "authenticationContext.authenticationProvider"],
    `${authentication}.authentication_provider`,
  ],
  ["authenticationContext.authenticationStep", `${authentication}.authentication_step`],
  ["authenticationContext.credentialProvider", `${authentication}.credential_provider`],
  ["authenticationContext.credentialType", `${authentication}.credential_type`],
  ["authenticationContext.externalSessionId", `${authentication}.external_session_id`],
  ["authenticationContext.rootSessionId", `${authentication}.root_session_id`],
  ["authenticationContext.issuer", `${authentication}.issuer`],
  ["securityContext.asNumber", "okta.security_context.as.number"],
  [
    "securityContext.asOrg",
    ["okta.security_context.as.organization.name", "client.as.organization.name"],
  ],
  ["securityContext.domain", ["okta.security_context.domain", "client.domain", "source.domain"]],
  ["securityContext.isProxy", "okta.security_context.is_proxy"],
  ["securityContext.isp", "okta.security_context.isp"],
];

/** What events get a category or a type: the words for it, and the types of events. */
const words: readonly (readonly [
  field: "event.category" | "event.type",
  word: string,
  types: string,
])[] = [
  [
    "event.category",
    "iam",
    "group.user_membership.add group.user_membership.remove user.lifecycle.activate " +
      "user.lifecycle.create user.lifecycle.deactivate user.lifecycle.suspend user.lifecycle.unsuspend",
  ],
  [
    "event.category",
    "configuration",
    "policy.lifecycle.activate policy.lifecycle.create policy.lifecycle.deactivate " +
      "policy.lifecycle.delete policy.lifecycle.update policy.rule.activate policy.rule.add " +
      "policy.rule.deactivate policy.rule.delete policy.rule.update application.lifecycle.create " +
      "application.lifecycle.delete application.lifecycle.activate application.lifecycle.deactivate " +
      "application.lifecycle.update",
  ],
  [
    "event.category",
    "authentication",
    "user.session.start user.session.end user.authentication.sso policy.evaluate_sign_on",
  ],
  ["event.category", "session", "user.session.start user.session.end"],
  [
    "event.type",
    "info",
    "system.org.rate_limit.warning system.org.rate_limit.violation " +
      "core.concurrency.org.limit.violation policy.evaluate_sign_on",
  ],
  [
    "event.type",
    "network",
    "security.request.blocked system.org.rate_limit.warning system.org.rate_limit.violation " +
      "core.concurrency.org.limit.violation",
  ],
  ["event.type", "start", "user.session.start"],
  ["event.type", "end", "user.session.end"],
  ["event.type", "group", "group.user_membership.add group.user_membership.remove"],
  [
    "event.type",
    "user",
    "user.lifecycle.activate user.lifecycle.create user.lifecycle.deactivate " +
      "user.lifecycle.suspend user.lifecycle.unsuspend user.authentication.sso user.session.start " +
      "user.session.end application.user_membership.add application.user_membership.remove " +
      "application.user_membership.change_username",
  ],
  [
    "event.type",
    "change",
    "user.lifecycle.activate user.lifecycle.deactivate user.lifecycle.suspend " +
      "user.lifecycle.unsuspend group.user_membership.add group.user_membership.remove " +
      "policy.lifecycle.activate policy.lifecycle.deactivate policy.lifecycle.update " +
      "policy.rule.activate policy.rule.add policy.rule.deactivate policy.rule.update " +
      "application.user_membership.add application.user_membership.remove " +
      "application.user_membership.change_username",
  ],
  [
    "event.type",
    "creation",
    "user.lifecycle.create policy.lifecycle.create application.lifecycle.create",
  ],
  ["event.type", "deletion", "policy.lifecycle.delete application.lifecycle.delete"],
];

const wordsByType = new Map<string, { readonly category: string[]; readonly type: string[] }>();
for (const [field, word, types] of words) {
  for (const type of types.split(" ")) {
    const found = wordsByType.get(type) ?? { category: [], type: [] };
    found[field === "event.category" ? "category" : "type"].push(word);
    wordsByType.set(type, found);
  }
}

/** The System Log of Okta. */
export const okta = defineCloudSource({
  name: "Okta System Log",
  dataset: "okta.system",
  keys: ["published"],
  recognise: (raw) => {
    const isOwn = isFields(raw.actor) && raw.eventType !== undefined && raw.uuid !== undefined;
    return isOwn ? "certain" : undefined;
  },
  time: (raw) => raw.published,
  map: (raw, document) => {
    applyRows(document, raw, rows);
    const found = wordsByType.get(textAt(raw, "eventType") ?? "");
    if (found !== undefined) {
      if (found.category.length > 0) setField(document, "event.category", [...found.category]);
      if (found.type.length > 0) setField(document, "event.type", [...found.type]);
    }
    setField(document, "event.outcome", outcomeOf(textAt(raw, "outcome.result")));
    setUser(raw, document);
    setTargets(raw, document);
    setField(document, "okta.device", cleanDevice(raw.device));
    setField(document, "okta.request.ip_chain", chainOf(raw));
    setDebugData(raw, document);
  },
});

function outcomeOf(result: string | undefined): string {
  switch (result?.toLowerCase()) {
    case "success":
    case "allow":
      return "success";
    case "failure":
    case "deny":
      return "failure";
    default:
      return "unknown";
  }
}

/** What stands before the `@`: the first part of the name that a user name may consist of. */
function setUser(raw: ReadonlyFields, document: Fields): void {
  const name = /[a-zA-Z0-9._-]+/.exec(textAt(raw, "actor.alternateId") ?? "")?.[0];
  for (const path of ["user.name", "source.user.name", "client.user.name"]) {
    setField(document, path, name);
  }
  const target = listAt(raw, "target").find((each) => isOfType(each, "user"));
  relate(document, "related.user", textAt(target, "displayName"));
  relate(document, "related.user", name);
}

function isOfType(target: unknown, type: string): boolean {
  return textAt(target, "type")?.toLowerCase() === type;
}

/** Of the details of a target only how somebody has signed in stays. */
const keptDetails: ReadonlySet<string> = new Set([
  "methodTypeUsed",
  "methodUsedVerifiedProperties",
]);

function setTargets(raw: ReadonlyFields, document: Fields): void {
  const targets = listAt(raw, "target").filter(isFields);
  if (targets.length === 0) return;
  const made = targets.map((target) => {
    const fields = cleanFields(target, (key) => targetNames.get(key) ?? key);
    if (isFields(fields.detailEntry)) {
      for (const key of Object.keys(fields.detailEntry)) {
        if (!keptDetails.has(key)) delete fields.detailEntry[key];
      }
      if (Object.keys(fields.detailEntry).length === 0) delete fields.detailEntry;
    }
    return fields;
  });
  setField(document, "okta.target", made);
  const user = targets.find((target) => isOfType(target, "user"));
  setField(document, "user.target.full_name", textAt(user, "displayName"));
  setField(document, "user.target.id", textAt(user, "id"));
  setField(document, "user.target.email", textAt(user, "login"));
  const group = targets.find((target) => isOfType(target, "usergroup"));
  setField(document, "user.target.group.name", textAt(group, "displayName"));
  setField(document, "user.target.group.id", textAt(group, "id"));
}

const targetNames: ReadonlyMap<string, string> = new Map([
  ["alternateId", "alternate_id"],
  ["displayName", "display_name"],
]);
const chainNames: ReadonlyMap<string, string> = new Map([
  ["geographicalContext", "geographical_context"],
  ["postalCode", "postal_code"],
]);

function chainOf(raw: ReadonlyFields): unknown {
  return cleanTree(at(raw, "request.ipChain"), (key) => chainNames.get(key) ?? key);
}

function cleanDevice(device: unknown): unknown {
  const fields = isFields(device) ? cleanFields(device) : undefined;
  if (fields === undefined || Object.keys(fields).length === 0) return undefined;
  const integrator = cleanTree(parseTree(fields.device_integrator));
  if (integrator !== undefined) fields.device_integrator = integrator;
  return fields;
}

/** The data for debugging: what rules ask for is read out of texts that Okta writes into it. */
function setDebugData(raw: ReadonlyFields, document: Fields): void {
  const data = at(raw, "debugContext.debugData");
  if (!isFields(data)) return;
  const flattened = cleanFields(data);
  const logged = cleanTree(parseTree(flattened.logOnlySecurityData));
  if (logged !== undefined) flattened.logOnlySecurityData = logged;
  const behaviors = pairsOf(flattened.behaviors);
  if (behaviors !== undefined) flattened.behaviors = behaviors;
  const risk = riskOf(flattened.risk);
  if (risk !== undefined) flattened.risk = risk;
  if (Object.keys(flattened).length > 0) setField(document, `${debug}.flattened`, flattened);
  const first = (path: string) =>
    textAt(flattened, `logOnlySecurityData.risk.${path}`) ?? textAt(flattened, `risk.${path}`);
  setField(document, `${debug}.risk_level`, first("level"));
  setField(document, `${debug}.risk_reasons`, first("reasons")?.split(/,\s*/));
  const positive = Object.keys(behaviors ?? {}).filter((name) => behaviors?.[name] === "POSITIVE");
  if (positive.length > 0) setField(document, `${debug}.risk_behaviors`, positive);
  const written = getField(data, "behaviors");
  if (typeof written === "string") setField(document, `${debug}.behaviors`, written);
}

/** `{New IP=POSITIVE, Velocity=NEGATIVE}`. */
function pairsOf(text: unknown): Fields | undefined {
  if (typeof text !== "string" || !/^\{.*\}$/s.test(text)) return undefined;
  const fields: Fields = {};
  for (const pair of text.slice(1, -1).split(", ")) {
    const at = pair.indexOf("=");
    if (at < 0) return undefined;
    putKey(fields, pair.slice(0, at), pair.slice(at + 1));
  }
  return fields;
}

/** `{reasons=Anomalous Location, Anomalous Device, level=HIGH}`: reasons hold the comma that separates, too. */
function riskOf(text: unknown): Fields | undefined {
  if (typeof text !== "string" || !/^\{.*\}$/s.test(text)) return undefined;
  const fields: Fields = {};
  let last = "";
  for (const part of text.slice(1, -1).split(", ")) {
    const at = part.indexOf("=");
    if (at >= 0) {
      last = part.slice(0, at);
      putKey(fields, last, part.slice(at + 1));
    } else if (Object.hasOwn(fields, last)) putKey(fields, last, `${fields[last]}, ${part}`);
  }
  return fields;
}
