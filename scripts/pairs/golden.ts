/** The goldens of go-libaudit: events put together from records, before Auditbeat makes documents of them. */
import { isJson, type Json, leavesOf } from "./document.ts";

/** Where Auditbeat puts what go-libaudit finds. Parts that it makes something else of are left out. */
const moves: readonly (readonly [from: string, to: string])[] = [
  ["@timestamp", "@timestamp"],
  ["sequence", "event.sequence"],
  ["record_type", "auditd.message_type"],
  ["result", "auditd.result"],
  ["session", "auditd.session"],
  ["tags", "tags"],
  ["summary.action", "event.action"],
  ["summary.object", "auditd.summary.object"],
  ["summary.how", "auditd.summary.how"],
  ["process.pid", "process.pid"],
  ["process.ppid", "process.parent.pid"],
  ["process.name", "process.name"],
  ["process.title", "process.title"],
  ["process.exe", "process.executable"],
  ["process.cwd", "process.working_directory"],
  ["process.args", "process.args"],
  ["file.path", "file.path"],
  ["file.mode", "file.mode"],
  ["file.inode", "file.inode"],
  ["file.device", "file.device"],
  ["file.uid", "file.uid"],
  ["file.gid", "file.gid"],
  ["file.selinux", "auditd.file.selinux"],
  ["user.selinux", "auditd.user.selinux"],
  ["source", "source"],
  ["destination", "destination"],
  ["network", "network"],
  ["paths", "auditd.paths"],
  ["ecs.event", "event"],
];

/** Paths whose texts the pipeline makes numbers of. */
const numbers = /^(event\.sequence|process(\.parent)?\.pid|(source|destination)\.port)$/;
const dataNumbers = /^(argc|entries|items|[lr]port|spid|socket\.port)$/;

/** One golden as the part of a document that it stands for; `event.kind` is set by Auditbeat where it is empty. */
export function documentOfGolden(golden: Json): Json {
  const event = isJson(golden.event) ? golden.event : {};
  const document: Record<string, unknown> = {};
  for (const [from, to] of moves) put(document, to, get(event, from));
  if (event.session === "unset") put(document, "auditd.session", null);
  for (const [path, value] of leavesOf(document)) {
    if (numbers.test(path)) put(document, path, Number(value));
  }
  const data = isJson(event.data) ? event.data : {};
  for (const [key, value] of Object.entries(data)) {
    const name = key.replaceAll("-", "_").replace(/^socket_/, "socket.");
    if (name === "id") put(document, "event.id", value);
    else put(document, `auditd.data.${name}`, dataNumbers.test(name) ? Number(value) : value);
  }
  return document;
}

function get(value: Json, path: string): unknown {
  return path.split(".").reduce<unknown>((at, name) => (isJson(at) ? at[name] : undefined), value);
}

function put(target: Record<string, unknown>, path: string, value: unknown): void {
  if (value === undefined) return;
  const [name = "", ...rest] = path.split(".");
  if (rest.length > 0) {
    const child = isJson(target[name]) ? { ...target[name] } : {};
    put(child, rest.join("."), value);
    target[name] = child;
  } else {
    const known = target[name];
    target[name] = isJson(known) && isJson(value) ? { ...known, ...value } : value;
  }
}
