import { type Fields, isFields, type ReadonlyFields, setField } from "../fields.ts";
import { mapAzureRecord, setCaller, setOutcome, setTypeOfCategory } from "./azure-common.ts";
import { relate } from "./field-rows.ts";
import { copyObject, move, parseTree, take, textAt } from "./tree.ts";

const claimsSchema = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims";

/** Who may do what, in `identity.authorization.evidence`. */
const evidenceNames = [
  ["roleAssignmentScope", "role_assignment_scope"],
  ["roleDefinitionId", "role_definition_id"],
  ["roleAssignmentId", "role_assignment_id"],
  ["principalId", "principal_id"],
  ["principalType", "principal_type"],
] as const;

/** The activity log of a subscription. */
export function mapActivityLog(raw: ReadonlyFields, document: Fields): void {
  const tree = copyObject(raw);
  delete tree[""];
  if (typeof tree.properties === "string") {
    const properties = parseTree(tree.properties);
    if (isFields(properties)) tree.properties = properties;
  }
  mapAzureRecord(tree, document);
  setCaller(tree, document);
  setField(document, "log.level", take(tree, "level"));
  setField(document, "geo.name", take(tree, "location"));
  move(tree, "tenantId", "tenant_id");
  move(tree, "Level", "level");
  setEventCategory(tree);
  take(tree, "properties.eventCategory");
  setOutcome(document, tree.result_type, textAt(tree, "properties.result"));
  move(tree, "properties.serviceRequestId", "properties.service_request_id");
  move(tree, "properties.statusCode", "properties.status_code");
  setField(document, "message", take(tree, "properties.statusMessage"));
  if (typeof tree.identity === "string") move(tree, "identity", "identity_name");
  if (isFields(tree.identity)) mapIdentity(tree.identity, document);
  setTypeOfCategory(tree, document);
  setField(document, "azure.activitylogs", tree);
}

export function setEventCategory(tree: Fields): void {
  const written = textAt(tree, "properties.eventCategory");
  const isPolicy = isFields(tree.properties) && tree.properties.policies !== undefined;
  tree.event_category = written ?? (isPolicy ? "Policy" : "Administrative");
}

function mapIdentity(identity: Fields, document: Fields): void {
  for (const [from, to] of evidenceNames) {
    move(identity, `authorization.evidence.${from}`, `authorization.evidence.${to}`);
  }
  const { claims } = identity;
  if (!isFields(claims)) return;
  const fullName = take(claims, "name");
  const initiator: Fields = {};
  setField(initiator, "fullname", fullName);
  // Without a full name nobody is made of the other claims.
  if (fullName !== undefined) {
    for (const name of ["surname", "name", "givenname"]) {
      setField(initiator, name, claims[`${claimsSchema}/${name}`]);
    }
    if (initiator.name !== undefined) initiator.schema = claimsSchema;
    identity.claims_initiated_by_user = initiator;
    setUser(initiator, document);
  }
  identity.claims = copyObject(claims, (key) => key.replaceAll(".", "_"));
}

function setUser({ name, fullname }: Fields, document: Fields): void {
  setField(document, "user.full_name", fullname);
  if (typeof name !== "string") return;
  const found = /([a-zA-Z0-9._-]+)@([a-zA-Z0-9.-]+)/.exec(name.slice(0, 1000));
  setField(document, "user.name", found?.[1] ?? name);
  setField(document, "user.domain", found?.[2]);
  if (found !== null) setField(document, "user.email", name);
  relate(document, "related.user", found?.[1] ?? name);
}
