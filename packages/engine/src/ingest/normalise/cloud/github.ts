import { type Fields, type ReadonlyFields, setField } from "../fields.ts";
import { defineCloudSource } from "./cloud-source.ts";
import { applyRows, type FieldRow } from "./field-rows.ts";
import { textAt } from "./tree.ts";

const rows: readonly FieldRow[] = [
  ["_document_id", "event.id"],
  ["action", "event.action"],
  ["actor", ["user.name", "related.user"]],
  ["actor_id", "user.id", "text"],
  ["user", ["user.target.name", "related.user"]],
  ["user_id", "user.target.id", "text"],
  ["org", "github.org"],
  ["repo", "github.repo"],
  [["team", "data.team"], "github.team"],
  [["data.old_user", "old_user"], "user.target.group.name"],
  ["actor_location.country_code", "client.geo.country_iso_code"],
  ["actor_ip", ["github.actor_ip", "source.ip", "related.ip"], "ip"],
  ["user_agent", ["github.user_agent", "user_agent.original"]],
  ["org_id", "github.org_id"],
  ["hashed_token", "github.hashed_token"],
  ["token_id", "github.token_id"],
  ["token_scopes", "github.token_scopes"],
  ["programmatic_access_type", "github.programmatic_access_type"],
  ["operation_type", "github.operation_type"],
  ["permission", "github.permission"],
  ["previous_visibility", "github.previous_visibility"],
  ["public_repo", "github.repository_public"],
  [["repository_public", "public_repo"], "github.repository_public"],
  ["pull_request_url", "github.pull_request_url"],
  ["visibility", "github.visibility"],
  ["branch", "github.branch"],
  ["reasons", "github.reasons"],
  ["overridden_codes", "github.overridden_codes"],
];

/** The audit log of a GitHub organization or enterprise. */
export const github = defineCloudSource({
  name: "GitHub audit log",
  dataset: "github.audit",
  keys: ["action"],
  recognise: (raw) => {
    const { action } = raw;
    const hasTime = raw.created_at !== undefined || raw["@timestamp"] !== undefined;
    const isAction = typeof action === "string" && /^[a-z_0-9]+\.[a-z_.]+$/.test(action);
    if (!isAction || !hasTime || raw.actor === undefined) return undefined;
    return raw.org !== undefined || raw._document_id !== undefined ? "certain" : "possible";
  },
  time: (raw) => raw["@timestamp"] ?? raw.created_at,
  map: (raw, document) => {
    applyRows(document, raw, rows);
    setCategory(raw, document);
  },
});

function setCategory(raw: ReadonlyFields, document: Fields): void {
  const action = textAt(raw, "action") ?? "";
  const [, category = "", rest = ""] = /^([a-z_]+)\.(.*)$/s.exec(action) ?? [];
  setField(document, "github.category", category);
  const isGroup = category === "team" || category === "org";
  setField(document, "event.category", ["configuration", "web", ...(isGroup ? ["iam"] : [])]);
  const types = isGroup ? ["group", "user"] : [];
  if (rest.includes("create") || rest.includes("add")) types.push("creation");
  if (rest.includes("delete") || rest.includes("remove")) types.push("deletion");
  setField(document, "event.type", types.length === 0 ? ["change"] : types);
  if (!isGroup) return;
  const group = textAt(raw, category) ?? textAt(raw, `data.${category}`);
  setField(document, "group.name", group);
  if (textAt(raw, "user") !== undefined) setField(document, "user.target.group.name", group);
}
