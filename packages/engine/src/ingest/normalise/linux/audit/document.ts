import { isIP } from "node:net";
import { addToField, type Fields, getField, isFields, putKey, setField } from "../../fields.ts";
import type { AuditEvent } from "./coalesce.ts";

/** Where the ids of who acts go; `audit` and `saved` as the pipeline of auditd_manager moves them. */
const accountPaths: Readonly<Record<string, string>> = {
  uid: "user",
  gid: "user.group",
  euid: "user.effective",
  egid: "user.effective.group",
  suid: "auditd.user.saved",
  sgid: "auditd.user.saved.group",
  fsuid: "auditd.user.filesystem",
  fsgid: "auditd.user.filesystem.group",
  auid: "auditd.user.audit",
  "old-auid": "auditd.user.old_auid",
  old_auid: "auditd.user.old_auid",
  new_auid: "auditd.user.new_auid",
  "new-auid": "auditd.user.new_auid",
};

/** The document of an event as Auditbeat and the pipeline of auditd_manager make it (ecs-mapping 11.1). */
export function buildAuditDocument(event: AuditEvent): Fields {
  const document: Fields = {};
  const { meaning, data } = event;
  setField(document, "event.kind", meaning?.isAlert === true ? "alert" : "event");
  setField(document, "event.action", meaning?.action);
  if (event.category.length > 0) setField(document, "event.category", [...event.category]);
  if (event.eventType.length > 0) setField(document, "event.type", [...event.eventType]);
  setField(document, "event.outcome", event.result === "fail" ? "failure" : event.result);
  setField(document, "auditd.message_type", event.type.toLowerCase());
  setField(document, "auditd.result", event.result);
  setField(document, "auditd.session", event.session === "unset" ? undefined : event.session);
  setField(document, "service.type", "auditd");
  if (event.keys.length > 0) document.tags = [...event.keys];
  setAccounts(document, event);
  setProcess(document, event);
  setFile(document, event);
  setNetwork(document, event);
  setSummary(document, event);
  setData(document, data);
  if (event.paths.length > 0) {
    setField(document, "auditd.paths", event.paths.map(objectOf));
  }
  return document;
}

/** The number as it is; a name is what auditd itself found for it, or that of the one account that all systems share. */
function setAccounts(document: Fields, event: AuditEvent): void {
  for (const [key, id] of event.ids) {
    const path = accountPaths[key];
    if (path === undefined || isUnset(id)) continue;
    setField(document, `${path}.id`, id);
    setField(document, `${path}.name`, nameOf(event, key, id));
  }
  for (const [to, account] of event.accounts) {
    if (account === undefined) continue;
    // Who acted stands here instead of what the process runs as, also where that is nobody.
    removeAccount(document, to);
    if (isUnset(account)) continue;
    const isId = /^\d+$/.test(account);
    const name = isId ? nameOfId(event, account) : account;
    setField(document, `${to}.id`, isId ? account : account === "root" ? "0" : undefined);
    setField(document, `${to}.name`, name);
    addToField(document, "related.user", name);
  }
  if (isSameAccount(document)) removeEffective(document);
  for (const [key, value] of event.context) setField(document, `auditd.user.selinux.${key}`, value);
}

function isUnset(id: string): boolean {
  return id === "unset" || id === "4294967295" || id === "-1";
}

function isSameAccount(document: Fields): boolean {
  return ["id", "name"].some((part) => {
    const value = getField(document, `user.${part}`);
    return value !== undefined && value === getField(document, `user.effective.${part}`);
  });
}

function removeEffective({ user }: Fields): void {
  if (isFields(user)) delete user.effective;
}

/** Takes the account away; what is below it stays. */
function removeAccount(document: Fields, path: string): void {
  const account = getField(document, path);
  if (!isFields(account)) return;
  delete account.id;
  delete account.name;
}

function nameOf({ names }: AuditEvent, key: string, id: string): string | undefined {
  const name = names.get(key.toUpperCase().replace("-", "_"));
  if (name !== undefined && name !== "unset" && name !== "unknown") return name;
  return id === "0" ? "root" : undefined;
}

/** A name by the number alone, where some id of the event has both. */
function nameOfId(event: AuditEvent, id: string): string | undefined {
  for (const [key, value] of event.ids) {
    const name = value === id && key.endsWith("uid") ? nameOf(event, key, id) : undefined;
    if (name !== undefined) return name;
  }
  return id === "0" ? "root" : undefined;
}

function setProcess(document: Fields, { data, arguments: args }: AuditEvent): void {
  const take = (key: string) => {
    const value = data.get(key);
    data.delete(key);
    return value;
  };
  setField(document, "process.pid", wholeNumber(take("pid")));
  setField(document, "process.parent.pid", wholeNumber(take("ppid")));
  setField(document, "process.title", take("proctitle"));
  setField(document, "process.name", take("comm"));
  setField(document, "process.executable", take("exe"));
  setField(document, "process.working_directory", take("cwd"));
  if (args !== undefined && args.length > 0) setField(document, "process.args", [...args]);
}

function setFile(document: Fields, { file }: AuditEvent): void {
  if (file === undefined) return;
  const mode = file.get("mode");
  setField(document, "file.path", file.get("name"));
  setField(document, "file.inode", file.get("inode"));
  setField(document, "file.device", file.get("rdev"));
  if (mode !== undefined && /^[0-7]{1,11}$/.test(mode)) {
    const permissions = Number.parseInt(mode, 8) & 0o7777;
    setField(document, "file.mode", permissions.toString(8).padStart(4, "0"));
  }
  const owner = file.get("ouid");
  const group = file.get("ogid");
  setField(document, "file.uid", owner);
  setField(document, "file.gid", group);
  if (owner === "0") setField(document, "file.owner", "root");
  if (group === "0") setField(document, "file.group", "root");
  for (const [key, value] of file) {
    if (key.startsWith("obj_")) setField(document, `auditd.file.selinux.${key.slice(4)}`, value);
  }
}

const incoming: ReadonlySet<string | undefined> = new Set([
  "recvfrom",
  "recvmsg",
  "accept",
  "accept4",
]);
const outgoing: ReadonlySet<string | undefined> = new Set(["connect", "sendto", "sendmsg"]);

function setNetwork(document: Fields, { data, sourceIp }: AuditEvent): void {
  const call = data.get("syscall");
  const end = incoming.has(call) ? "source" : outgoing.has(call) ? "destination" : undefined;
  if (end !== undefined && data.has("socket_family")) {
    setField(document, "network.direction", end === "source" ? "ingress" : "egress");
    setField(document, `${end}.ip`, data.get("socket_addr"));
    setField(document, `${end}.port`, wholeNumber(data.get("socket_port")));
    setField(document, `${end}.address`, data.get("socket_path"));
  } else if (sourceIp !== undefined) {
    setField(document, "network.direction", "ingress");
    setField(document, isIP(sourceIp) > 0 ? "source.ip" : "source.address", sourceIp);
  }
}

function setSummary(document: Fields, event: AuditEvent): void {
  const put = (path: string, value: string | undefined) =>
    setField(document, `auditd.summary.${path}`, value);
  put("actor.primary", personOf(event, event.actor));
  put("actor.secondary", personOf(event, event.secondActor));
  put("object.primary", event.object);
  put("object.secondary", event.secondObject);
  put("object.type", event.objectType);
  put("how", event.how);
}

function personOf(event: AuditEvent, account: string | undefined): string | undefined {
  return account === undefined ? undefined : (nameOfId(event, account) ?? account);
}

/** Values that are counts. */
const numbers: ReadonlySet<string> = new Set(
  (
    "removed items lport rport sport dport entries argc seqno nargs old_vcpu new_vcpu changed added " +
    "spid opid nlnk_pid vm_pid audit_pid"
  ).split(" "),
);

/** What is left stays under its own name, with `_` for `-`. */
function setData(document: Fields, data: ReadonlyMap<string, string>): void {
  const fields: Fields = {};
  const socket: Fields = {};
  for (const [key, value] of data) {
    if (key === "id") setField(document, "event.id", value);
    else if (key.startsWith("socket_"))
      putKey(socket, key.slice(7), typedValue(key.slice(7), value));
    else {
      const name = key.replaceAll("-", "_");
      putKey(fields, name, typedValue(name, value));
    }
  }
  if (Object.keys(socket).length > 0) fields.socket = socket;
  if (Object.keys(fields).length > 0) setField(document, "auditd.data", fields);
}

function typedValue(key: string, value: string): string | number {
  return (numbers.has(key) || key === "port" ? wholeNumber(value) : undefined) ?? value;
}

function objectOf(values: ReadonlyMap<string, string>): Fields {
  const fields: Fields = {};
  for (const [key, value] of values) putKey(fields, key.replaceAll("-", "_"), value);
  return fields;
}

function wholeNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}
