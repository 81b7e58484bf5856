import { type Fields, isFields, type ReadonlyFields, setField } from "../fields.ts";
import { mapAzureRecord, setCaller, setOutcome } from "./azure-common.ts";
import { copyObject, copyTree, move, take } from "./tree.ts";

const propertyNames = [
  ["activityDisplayName", "activity_display_name"],
  ["activityDateTime", "activity_datetime"],
  ["additionalDetails", "additional_details"],
  ["resultReason", "result_reason"],
  ["correlationId", "correlation_id"],
  ["loggedByService", "logged_by_service"],
  ["operationType", "operation_type"],
  ["initiatedBy", "initiated_by"],
] as const;

/** The audit log of Entra ID. */
export function mapAuditLog(raw: ReadonlyFields, document: Fields): void {
  const tree = copyObject(raw);
  mapAzureRecord(tree, document);
  setCaller(tree, document);
  setField(document, "log.level", take(tree, "level"));
  move(tree, "Level", "level");
  setField(document, "azure.tenant_id", take(tree, "tenantId"));
  const { properties } = tree;
  if (isFields(properties)) {
    const { result } = properties;
    setOutcome(document, result);
    if (isFields(document.event) && document.event.outcome !== undefined) delete properties.result;
    for (const [from, to] of propertyNames) move(properties, from, to);
    move(properties, "additional_details.userAgent", "additional_details.user_agent");
    const targets = take(properties, "targetResources");
    if (Array.isArray(targets)) properties.target_resources = numbered(targets, mapTarget);
  }
  setField(document, "azure.auditlogs", tree);
}

/** Lists become objects with numbers as names, since rules ask for the first, the second and so on. */
function numbered(list: readonly unknown[], map: (item: Fields) => Fields): Fields {
  const fields: Fields = {};
  for (const [index, item] of list.entries()) {
    if (isFields(item)) fields[String(index)] = map(item);
  }
  return fields;
}

function mapTarget(target: Fields): Fields {
  const { displayName, id, type, ipAddress, userPrincipalName, modifiedProperties } = target;
  const modified = Array.isArray(modifiedProperties) ? modifiedProperties : [];
  return withoutNull({
    display_name: displayName,
    id,
    type,
    ip_address: ipAddress,
    user_principal_name: userPrincipalName,
    modified_properties: numbered(modified, ({ displayName: name, newValue, oldValue }) =>
      withoutNull({ display_name: name, new_value: newValue, old_value: oldValue }),
    ),
  });
}

function withoutNull(fields: Fields): Fields {
  const kept = Object.entries(fields).filter(([, value]) => value !== undefined && value !== null);
  return Object.fromEntries(kept.map(([key, value]) => [key, copyTree(value)]));
}
