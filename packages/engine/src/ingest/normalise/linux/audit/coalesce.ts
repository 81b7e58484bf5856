import { meaningOfCall } from "./calls.ts";
import type { AccountSource, AuditAccount, AuditMeaning } from "./meaning.ts";
import type { AuditRecord } from "./record.ts";
import { meaningOfType } from "./record-meanings.ts";

/** What the records of one event say together. */
export interface AuditEvent {
  /** Of the record that the event is named for: the first one, or the system call. */
  readonly type: string;
  readonly meaning: AuditMeaning | undefined;
  /** `event.category` and `event.type`, of the record and of the system call behind it. */
  readonly category: readonly string[];
  readonly eventType: readonly string[];
  /** `success`, `fail` or `unknown`. */
  readonly result: string;
  readonly session: string | undefined;
  readonly keys: readonly string[];
  /** `uid`, `auid`, `fsgid` and so on. */
  readonly ids: ReadonlyMap<string, string>;
  readonly names: ReadonlyMap<string, string>;
  /** Parts of the SELinux context of who acts. */
  readonly context: ReadonlyMap<string, string>;
  readonly arguments: readonly string[] | undefined;
  readonly paths: readonly ReadonlyMap<string, string>[];
  /** Everything else. */
  readonly data: Map<string, string>;
  readonly actor: string | undefined;
  readonly secondActor: string | undefined;
  readonly object: string | undefined;
  readonly secondObject: string | undefined;
  readonly objectType: string | undefined;
  readonly how: string | undefined;
  /** The PATH record of the file that is acted on. */
  readonly file: ReadonlyMap<string, string> | undefined;
  readonly sourceIp: string | undefined;
  readonly accounts: readonly (readonly [to: AuditAccount, account: string | undefined])[];
}

/**
 * Puts the records of one event together, as go-libaudit does: the first record names the event, the
 * system call says who did it, the others add what they know. `undefined` where there is none.
 */
export function coalesceRecords(records: readonly AuditRecord[]): AuditEvent | undefined {
  const own = records.filter(({ type }) => type !== "EOE");
  const call = own.find(({ type }) => type === "SYSCALL");
  const first = own[0];
  const subject = call ?? first;
  if (first === undefined || subject === undefined) return undefined;
  const { ids, context, data } = sortValues(subject);
  const result = takeFrom(data, "result") ?? "unknown";
  const session = takeFrom(data, "ses");
  const paths = own.filter(({ type }) => type === "PATH").map(({ values }) => values);
  const names = own.length === 1 ? first.names : joinMaps(own.map((record) => record.names));
  let args: readonly string[] | undefined;
  const execve: ReadonlyMap<string, string>[] = [];
  for (const record of own) {
    if (record.type === "EXECVE") execve.push(record.values);
    else if (record.type === "SOCKADDR") {
      for (const [key, value] of record.values) data.set(`socket_${key}`, value);
    } else if (record !== subject && record.type !== "PATH") {
      for (const [key, value] of record.values) if (!data.has(key)) data.set(key, value);
    }
  }
  if (own.length > 1 && call !== undefined) data.delete("items");
  if (execve.length > 0) args = readArguments(execve, data);
  const { type } = first;
  const { keys } = subject;
  return describe({ type, result, session, ids, names, context, data, paths, keys, args });
}

function joinMaps(maps: readonly ReadonlyMap<string, string>[]): ReadonlyMap<string, string> {
  const joined = new Map<string, string>();
  for (const map of maps) for (const [key, value] of map) joined.set(key, value);
  return joined;
}

function takeFrom(values: Map<string, string>, key: string): string | undefined {
  const value = values.get(key);
  values.delete(key);
  return value;
}

/** The values of who acts, taken apart. */
function sortValues({ values }: AuditRecord) {
  const ids = new Map<string, string>();
  const context = new Map<string, string>();
  const data = new Map<string, string>();
  for (const [key, value] of values) {
    if (key.endsWith("uid") || key.endsWith("gid")) ids.set(key, value);
    else if (key.startsWith("subj_")) context.set(key.slice(5), value);
    else data.set(key, value);
  }
  return { ids, context, data };
}

/** A kernel gives no more arguments than this. */
const mostArguments = 131_072;

/**
 * The arguments of a program: `a0`, `a1`, and so on as far as there are any; long ones come in pieces
 * `a1[0]`, `a1[1]`, and many of them in several records.
 */
function readArguments(
  records: readonly ReadonlyMap<string, string>[],
  data: Map<string, string>,
): readonly string[] | undefined {
  const values = joinMaps(records);
  const written = values.get("argc");
  if (written === undefined || !/^\d{1,6}$/.test(written)) return undefined;
  data.set("argc", written);
  const count = Math.min(Number(written), mostArguments);
  const args: string[] = [];
  for (let at = 0; at < count; at += 1) {
    const arg = values.get(`a${at}`) ?? joinPieces(values, at);
    // What is empty is not written as a value that we keep; behind the last one nothing is lost.
    args.push(arg ?? "");
  }
  while (args.length > 0 && args.at(-1) === "" && !values.has(`a${args.length - 1}`)) args.pop();
  return args;
}

function joinPieces(values: ReadonlyMap<string, string>, at: number): string | undefined {
  let whole: string | undefined;
  for (let piece = 0; ; piece += 1) {
    const text = values.get(`a${at}[${piece}]`);
    if (text === undefined) return whole;
    whole = (whole ?? "") + text;
  }
}

interface Parts {
  readonly type: string;
  readonly result: string;
  readonly session: string | undefined;
  readonly ids: ReadonlyMap<string, string>;
  readonly names: ReadonlyMap<string, string>;
  readonly context: ReadonlyMap<string, string>;
  readonly data: Map<string, string>;
  readonly paths: readonly ReadonlyMap<string, string>[];
  readonly keys: readonly string[];
  readonly args: readonly string[] | undefined;
}

function describe(parts: Parts): AuditEvent {
  const { type, ids, data, paths } = parts;
  const callName = data.get("syscall");
  const ofCall = callName === undefined ? undefined : meaningOfCall(callName);
  const meaning = type === "SYSCALL" ? ofCall : meaningOfType(type, data);
  const added = meaning === ofCall || meaning === undefined ? undefined : ofCall;
  const find = (keys: string | undefined) => firstOf(keys, data, ids);
  const file = fileOf(meaning, paths);
  const isSocket = meaning?.what === "socket";
  const actor = find(meaning?.actor) ?? ids.get("auid");
  const secondActor = find(meaning?.secondActor) ?? ids.get("uid");
  const object =
    find(meaning?.object) ??
    file?.get("name") ??
    (isSocket ? (data.get("socket_addr") ?? data.get("socket_path")) : undefined);
  const secondObject =
    find(meaning?.secondObject) ?? (isSocket ? data.get("socket_port") : undefined);
  const sourceKey = meaning?.sourceIp;
  const how = find(meaning?.how) ?? defaultHow(data);
  const accountOf = (from: AccountSource) =>
    ({ actor, secondActor, object, uid: ids.get("uid") })[from];
  const accounts = (meaning?.accounts ?? []).map(([to, from]) => [to, accountOf(from)] as const);
  const sourceIp = sourceKey === undefined ? undefined : data.get(sourceKey);
  if (sourceKey !== undefined) data.delete(sourceKey);
  return {
    type,
    meaning,
    category: [...new Set([...listOf(meaning?.category), ...listOf(added?.category)])],
    eventType: [...new Set([...listOf(meaning?.type), ...listOf(added?.type)])],
    result: parts.result,
    session: parts.session,
    keys: parts.keys,
    ids,
    names: parts.names,
    context: parts.context,
    arguments: parts.args,
    paths,
    data,
    actor,
    secondActor,
    object,
    secondObject,
    // Auditbeat takes every path with a mode for a file, whatever the mode says.
    objectType: file?.has("mode") === true ? "file" : meaning?.what,
    how,
    file,
    sourceIp,
    accounts,
  };
}

function listOf(text: string | undefined): readonly string[] {
  return text === undefined || text === "" ? [] : text.split(" ");
}

function firstOf(
  keys: string | undefined,
  data: ReadonlyMap<string, string>,
  ids: ReadonlyMap<string, string>,
): string | undefined {
  for (const key of listOf(keys)) {
    const value = data.get(key) ?? ids.get(key);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** The path that is acted on: the one that the meaning points at, or the next that is no folder around it. */
function fileOf(
  meaning: AuditMeaning | undefined,
  paths: readonly ReadonlyMap<string, string>[],
): ReadonlyMap<string, string> | undefined {
  if (meaning?.what !== "file" && meaning?.what !== "filesystem") return undefined;
  const wanted = meaning.path ?? 0;
  const from = paths.length > wanted ? wanted : 0;
  const isOwn = (path: ReadonlyMap<string, string>) => {
    const type = path.get("nametype");
    return type !== "PARENT" && type !== "UNKNOWN";
  };
  return paths.slice(from).find(isOwn) ?? paths[from];
}

const interpreters = ["/usr/bin/python", "/usr/bin/sh", "/usr/bin/bash", "/usr/bin/perl"];

/** The program; of an interpreter the script, whose name `comm` has. */
function defaultHow(data: ReadonlyMap<string, string>): string | undefined {
  const program = data.get("exe") ?? data.get("comm");
  const isScript = interpreters.some((path) => program?.startsWith(path) === true);
  return (isScript ? data.get("comm") : undefined) ?? program;
}
