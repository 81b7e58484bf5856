import { type Fields, isFields, putKey, type ReadonlyFields, setField } from "../fields.ts";
import { defineCloudSource } from "./cloud-source.ts";
import { applyRows, type FieldRow } from "./field-rows.ts";
import { at, cleanTree, copyTree, textAt } from "./tree.ts";

const payload = "protoPayload";

const rows: readonly FieldRow[] = [
  ["insertId", "event.id", "text"],
  ["logName", "log.logger"],
  ["severity", "log.level"],
  [`${payload}.@type`, "gcp.audit.type"],
  ["resource.labels.project_id", "cloud.project.id"],
  ["resource.labels.instance_id", "cloud.instance.id"],
  [`${payload}.authenticationInfo.principalEmail`, "client.user.email"],
  [`${payload}.authenticationInfo.principalSubject`, "client.user.id"],
  [
    `${payload}.authenticationInfo.authoritySelector`,
    "gcp.audit.authentication_info.authority_selector",
  ],
  ["labels", "gcp.audit.labels"],
  [`${payload}.requestMetadata.callerIp`, "source.ip", "ip"],
  [`${payload}.requestMetadata.callerSuppliedUserAgent`, "user_agent.original"],
  [`${payload}.methodName`, "event.action"],
  [`${payload}.numResponseItems`, "gcp.audit.num_response_items", "number"],
  [`${payload}.resourceLocation.currentLocations`, "gcp.audit.resource_location.current_locations"],
  [`${payload}.serviceName`, "service.name"],
  [
    `${payload}.serviceData.policyDelta.bindingDeltas`,
    "gcp.audit.service_data.policy_delta.binding_deltas",
  ],
  [`${payload}.status.code`, "gcp.audit.status.code", "number"],
  [`${payload}.status.message`, "gcp.audit.status.message"],
];

const clusters: ReadonlySet<unknown> = new Set(["k8s_cluster", "gke_cluster"]);

/** Cloud Audit Logs of Google Cloud, as Cloud Logging exports them. */
export const gcpAudit = defineCloudSource({
  name: "Google Cloud audit log",
  dataset: "gcp.audit",
  keys: [payload],
  recognise: (raw) =>
    isFields(raw.protoPayload) && textAt(raw, `${payload}.@type`)?.endsWith("AuditLog") === true
      ? "certain"
      : undefined,
  time: (raw) => raw.timestamp ?? raw.receiveTimestamp,
  map: (raw, document) => {
    setField(document, "cloud.provider", "gcp");
    applyRows(document, raw, rows);
    const logger = textAt(raw, "logName") ?? "";
    const provider = logger.indexOf("%2F");
    if (provider >= 0) setField(document, "event.provider", logger.slice(provider + 3));
    setOperation(raw, document);
    setAuthorization(raw, document);
    setOutcome(raw, document);
    setObject(raw, document, "request", "policy");
    setObject(raw, document, "response", "status");
    setResource(raw, document);
  },
});

/** Requests and answers as they are; a part that is no object, where others have one, under another name. */
function setObject(raw: ReadonlyFields, document: Fields, name: string, part: string): void {
  const object = copyTree(at(raw, `${payload}.${name}`));
  if (!isFields(object)) return;
  const value = object[part];
  if (value !== undefined && !isFields(value)) {
    delete object[part];
    object[`${part}_value`] = value;
  }
  setField(document, `gcp.audit.${name}`, object);
}

/** The first and the last entry of an operation that takes a while. */
function setOperation(raw: ReadonlyFields, document: Fields): void {
  const { operation } = raw;
  if (!isFields(operation)) return;
  if (operation.id !== raw.insertId) {
    setField(document, "gcp.audit.logentry_operation.id", textAt(operation, "id"));
  }
  const isFirst = operation.first === true;
  const isLast = operation.last === true;
  if (isFirst && isLast) return;
  setField(document, "event.category", ["session"]);
  setField(document, "event.type", isFirst ? ["start"] : isLast ? ["end"] : undefined);
}

function authorizationsOf(raw: ReadonlyFields): readonly Fields[] {
  const list = at(raw, `${payload}.authorizationInfo`);
  return Array.isArray(list) ? list.filter(isFields) : [];
}

function setAuthorization(raw: ReadonlyFields, document: Fields): void {
  const list = authorizationsOf(raw);
  if (list.length === 0) return;
  const made = list.map((each) => {
    const fields: Fields = {};
    for (const [key, value] of Object.entries(each)) {
      const name = key === "resourceAttributes" ? "resource_attributes" : key;
      const cleaned = cleanTree(value);
      if (cleaned !== undefined) putKey(fields, name, cleaned);
    }
    return fields;
  });
  setField(document, "gcp.audit.authorization_info", made);
  if (list.length !== 1) return;
  append(document, "category", ["network", "configuration"]);
  const granted = list[0]?.granted;
  if (typeof granted === "boolean") {
    append(document, "type", ["access", granted ? "allowed" : "denied"]);
  }
}

function append(document: Fields, name: "category" | "type", words: readonly string[]): void {
  const event = isFields(document.event) ? document.event : {};
  const known = Array.isArray(event[name]) ? event[name] : [];
  setField(document, `event.${name}`, [...known, ...words]);
}

function setOutcome(raw: ReadonlyFields, document: Fields): void {
  const code = at(document, "gcp.audit.status.code");
  const list = authorizationsOf(raw);
  const isGranted = list.length === 1 ? list[0]?.granted === true : undefined;
  const isFine = code === undefined ? isGranted : code === 0;
  setField(
    document,
    "event.outcome",
    isFine === undefined ? "unknown" : isFine ? "success" : "failure",
  );
}

const version = "v\\d+(?:[a-z]+)?(?:\\d+)?";
const kind = "[a-z]+(?:\\.[a-z0-9]+)*";
/** Names of resources in Kubernetes: of a namespace, of the cluster, or of an API; the first that fits. */
const namePatterns = [
  new RegExp(
    `/(?<version>${version})/namespaces/(?<space>[^/]*)/(?<kind>${kind})(?:/(?<name>[\\w.-]+))?`,
  ),
  new RegExp(`/(?<version>${version})/(?<kind>${kind})`),
  new RegExp(`apis/(?<kind>${kind})/(?<version>${version})`),
  new RegExp(`api/(?<version>${version})`),
  new RegExp(`(?<kind>${kind})`),
];

function setResource(raw: ReadonlyFields, document: Fields): void {
  const type = at(raw, "resource.type");
  const name = textAt(raw, `${payload}.resourceName`);
  if (!clusters.has(type)) {
    setField(document, "gcp.audit.resource_name", name);
    return;
  }
  setField(document, "orchestrator.type", "kubernetes");
  setField(document, "orchestrator.cluster.name", textAt(raw, "resource.labels.cluster_name"));
  if (type !== "k8s_cluster" || name === undefined) return;
  for (const pattern of namePatterns) {
    const found = pattern.exec(name.slice(0, 4000))?.groups;
    if (found === undefined) continue;
    setField(document, "orchestrator.api_version", found.version);
    setField(document, "orchestrator.namespace", found.space);
    setField(document, "orchestrator.resource.type", found.kind);
    setField(document, "orchestrator.resource.name", found.name);
    break;
  }
}
