import { type Fields, setField } from "../fields.ts";

const subscription = /^\{?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\}?$/i;

/**
 * `azure.resource.*` of a resource's id: `/subscriptions/<id>/resourceGroups/<group>/providers/<provider>/<name>`,
 * where a provider is a namespace and a type; the names of the parts are in one case, upper or as here.
 */
export function setResource(document: Fields, id: unknown): void {
  if (typeof id !== "string") return;
  setField(document, "azure.resource.id", id);
  const parts = id.split("/");
  const keys = parts.map((part) => part.toLowerCase());
  const providers = keys.indexOf("providers");
  const rest = parts.slice(providers + 1);
  if (keys[1] !== "subscriptions" || !subscription.test(parts[2] ?? "")) {
    if (keys[1] === "tenants") setField(document, "azure.tenant_id", parts[2]);
    if (providers >= 0) setField(document, "azure.resource.provider", rest.join("/"));
    return;
  }
  setField(document, "azure.subscription_id", parts[2]);
  const isInGroup = keys[3] === "resourcegroups";
  if (isInGroup) {
    const end = providers > 4 ? providers : parts.length;
    setField(document, "azure.resource.group", parts.slice(4, end).join("/"));
  }
  if (providers < 0) return;
  const ruleAt = keys.lastIndexOf("authorizationrules");
  const spaceAt = keys.indexOf("namespaces", providers);
  if (isInGroup && ruleAt > 0 && spaceAt > 0 && spaceAt < ruleAt) {
    setField(document, "azure.resource.provider", parts.slice(providers + 1, spaceAt).join("/"));
    setField(document, "azure.resource.namespace", parts.slice(spaceAt + 1, ruleAt).join("/"));
    setField(document, "azure.resource.authorization_rule", parts.slice(ruleAt + 1).join("/"));
    return;
  }
  if (!isInGroup || rest.length < 3) {
    setField(document, "azure.resource.provider", rest.slice(0, 2).join("/"));
    return;
  }
  setField(document, "azure.resource.provider", rest.slice(0, -1).join("/"));
  setField(document, "azure.resource.name", rest.at(-1));
}
