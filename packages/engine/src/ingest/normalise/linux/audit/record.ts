import { nameArchitecture } from "./architectures.ts";
import { nameExit, nameSignal } from "./errors.ts";
import { hexBytes, hexText, hexWords, readSocketAddress } from "./hex.ts";
import { nameMessageType } from "./message-types.ts";
import { nameSyscall } from "./syscalls.ts";

/** Which event a line of the audit log belongs to. */
export interface AuditHeader {
  /** `SYSCALL`, `EXECVE`, `USER_LOGIN`. */
  readonly type: string;
  readonly epochMs: number;
  /** With the time the same for all records of an event. */
  readonly serial: string;
  /** The machine, where the line says it: `node=`. */
  readonly node: string | undefined;
  /** Where the values begin in the line. */
  readonly bodyAt: number;
}

/** What one record says: values by name, as they are or by what they stand for. */
export interface AuditRecord {
  readonly type: string;
  readonly values: Map<string, string>;
  /** Keys of the rules that asked for the event. */
  readonly keys: readonly string[];
  /** Names that auditd found for numbers (`log_format = ENRICHED`): `UID` is `root`. */
  readonly names: ReadonlyMap<string, string>;
}

const stamp = /audit\((\d{1,11})\.(\d{1,9}):(\d{1,20})\):?/g;

/** Reads `type=SYSCALL msg=audit(1489519256.192:19600329):`, also behind what syslog puts before it; else `undefined`. */
export function readAuditHeader(line: string): AuditHeader | undefined {
  stamp.lastIndex = 0;
  const found = stamp.exec(line);
  if (found === null) return undefined;
  const [whole, seconds = "", fraction = "", serial = ""] = found;
  const before = line.slice(0, found.index);
  const type = /(?:^|[\s\]])type=([\w[\]]{1,40})(?: msg=| )$/.exec(before.slice(-80))?.[1];
  if (type === undefined) return undefined;
  return {
    type: nameMessageType(type),
    epochMs: Number(seconds) * 1000 + Number(fraction.slice(0, 3).padEnd(3, "0")),
    serial: `${seconds}.${fraction}:${serial}`,
    node: /(?:^|\s)node=(\S{1,255}) type=/.exec(before.slice(-320))?.[1],
    bodyAt: found.index + whole.length,
  };
}

/** Reads the values of a line whose header is known. */
export function readAuditRecord(line: string, { type, bodyAt }: AuditHeader): AuditRecord {
  const separator = line.indexOf("\x1d", bodyAt);
  const body = line.slice(bodyAt, separator < 0 ? line.length : separator);
  const written: WrittenPairs = { values: new Map(), quoted: new Set() };
  readPairs(normaliseBody(type, body), isLower, written);
  const keys = takeKeys(written);
  interpret(type, written);
  const names = separator < 0 ? noNames : readNames(line.slice(separator + 1));
  return { type, values: written.values, keys, names };
}

const noNames: ReadonlyMap<string, string> = new Map();

function readNames(text: string): ReadonlyMap<string, string> {
  const written: WrittenPairs = { values: new Map(), quoted: new Set() };
  readPairs(text, isUpper, written);
  return written.values;
}

/** Values by name, and which of them stood in quotes: that tells text from hex. */
interface WrittenPairs {
  readonly values: Map<string, string>;
  readonly quoted: Set<string>;
}

const isLower = (code: number): boolean =>
  (code >= 97 && code <= 122) || (code >= 48 && code <= 57) || code === 95 || code === 45;
const isUpper = (code: number): boolean => (code >= 65 && code <= 90) || isLower(code);

/** How records may stand in one another: `msg='…'`. */
const deepest = 2;

/**
 * Reads `name=value` pairs: a value stands in quotes of either kind or ends at a blank. Pieces of long
 * arguments are named `a1[0]`. `msg='…'` holds pairs itself. What is empty or `?` is left out.
 */
function readPairs(
  text: string,
  isNamePart: (code: number) => boolean,
  written: WrittenPairs,
  depth = 0,
): void {
  let from = 0;
  while (true) {
    const equals = text.indexOf("=", from);
    if (equals < 0) return;
    let start = equals;
    const isPiece = text[equals - 1] === "]";
    while (
      start > from &&
      (isNamePart(text.charCodeAt(start - 1)) ||
        (isPiece && (text[start - 1] === "[" || text[start - 1] === "]")))
    ) {
      start -= 1;
    }
    const name = isPiece ? nameOfPiece(text.slice(start, equals)) : text.slice(start, equals);
    const end = endOfValue(text, equals + 1);
    from = end ?? equals + 1;
    if (name === "" || end === undefined) continue;
    const whole = text.slice(equals + 1, end);
    const value = trimQuotes(whole);
    if (value === "" || value === "?" || value === "?," || value === "(null)") continue;
    if (name === "msg" && depth < deepest) readPairs(value, isNamePart, written, depth + 1);
    else {
      written.values.set(name, value);
      if (whole.length !== value.length) written.quoted.add(name);
    }
  }
}

/** Only arguments come in pieces. */
function nameOfPiece(name: string): string {
  return /^a\d{1,6}\[\d{1,6}\]$/.test(name) ? name : "";
}

/** Behind the value that begins at `start`; `undefined` where there is none, or its quote is not closed. */
function endOfValue(text: string, start: number): number | undefined {
  const quote = text[start];
  if (quote === "'" || quote === '"') {
    let close = text.indexOf(quote, start + 1);
    while (close > 0 && text[close - 1] === "\\") close = text.indexOf(quote, close + 1);
    return close < 0 ? undefined : close + 1;
  }
  let end = start;
  while (end < text.length && !isEnd(text.charCodeAt(end))) end += 1;
  return end === start ? undefined : end;
}

/** A blank or a quote. */
function isEnd(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13) || code === 34 || code === 39;
}

function trimQuotes(text: string): string {
  let start = 0;
  let end = text.length;
  const isTrimmed = (at: number) => text[at] === "'" || text[at] === '"' || text[at] === " ";
  while (start < end && isTrimmed(start)) start += 1;
  while (end > start && isTrimmed(end - 1)) end -= 1;
  return text.slice(start, end);
}

/** Makes pairs of what some types write as words. */
function normaliseBody(type: string, body: string): string {
  switch (type) {
    case "AVC": {
      const found = /avc:\s{1,4}(\w{1,20})\s{1,4}\{([^}]{0,400})\}\s{1,4}for\s{1,4}/.exec(body);
      if (found === null) return body;
      const [whole, result, permissions = ""] = found;
      const rest = body.slice(found.index + whole.length);
      return `seresult=${result} seperms=${permissions.trim().split(/\s+/).join(",")} ${rest}`;
    }
    case "LOGIN":
      return body.replaceAll("old ", "old_").replaceAll("new ", "new_");
    case "CRED_DISP":
    case "USER_START":
    case "USER_END":
      return body.replace(" (hostname=", " hostname=").replace(/[)']{1,4}$/, "'");
    default:
      return body;
  }
}

/** The keys of rules: `key="net"`, `key="key=net"`, or in hex with 0x01 between them. */
function takeKeys({ values, quoted }: WrittenPairs): readonly string[] {
  const key = values.get("key");
  if (key === undefined) return [];
  values.delete("key");
  const bytes = quoted.has("key") ? undefined : hexBytes(key);
  if (bytes !== undefined) return bytes.toString("utf8").split("\x01");
  const at = key.indexOf("=");
  return [at < 0 ? key : key.slice(at + 1)];
}

/** Values that may be text in hex, by type; those of other types stay as they are. */
const hexValues: Readonly<Record<string, readonly string[]>> = {
  SYSCALL: ["exe", "comm"],
  SECCOMP: ["exe", "comm"],
  PROCTITLE: ["proctitle"],
  USER_CMD: ["cmd", "exe", "cwd"],
  TTY: ["data", "comm"],
  USER_TTY: ["data"],
  PATH: ["name"],
  USER_LOGIN: ["acct"],
  USER_AUTH: ["acct"],
  USER_ACCT: ["acct"],
  ANOM_ABEND: ["exe", "comm"],
};
/** What records of all other types may have. */
const mayBeHex = ["cwd"];
const unsetIds = ["auid", "old-auid", "old_auid", "ses"];
const contextParts = ["user", "role", "domain", "level", "category"];

/** Replaces values by what they stand for. */
function interpret(type: string, { values, quoted }: WrittenPairs): void {
  for (const name of unsetIds) {
    const value = values.get(name);
    if (value === "4294967295" || value === "-1") values.set(name, "unset");
  }
  splitContext(values, "subj");
  setResult(values);
  change(values, "exit", nameExit);
  for (const name of hexValues[type] ?? mayBeHex) {
    const value = quoted.has(name) ? undefined : values.get(name);
    const text = value === undefined ? undefined : hexWords(value);
    if (text !== undefined) values.set(name, text);
  }
  switch (type) {
    case "SECCOMP":
    case "SYSCALL": {
      change(values, "sig", type === "SECCOMP" ? nameSignal : (number) => number);
      change(values, "arch", nameArchitecture);
      const arch = values.get("arch") ?? "";
      change(values, "syscall", (number) => nameSyscall(arch, number) ?? number);
      break;
    }
    case "SOCKADDR": {
      const address = readSocketAddress(values.get("saddr") ?? "");
      if (address !== undefined) {
        values.delete("saddr");
        for (const [name, value] of address) values.set(name, value);
      }
      break;
    }
    case "EXECVE":
      for (const [name, value] of values) {
        if (quoted.has(name) || !/^a\d{1,6}(\[\d{1,6}\])?$/.test(name)) continue;
        const text = hexText(value);
        if (text !== undefined) values.set(name, text);
      }
      break;
    case "PATH":
      splitContext(values, "obj");
      break;
    default:
  }
}

function change(values: Map<string, string>, name: string, to: (value: string) => string): void {
  const value = values.get(name);
  if (value !== undefined) values.set(name, to(value));
}

/** `success` of system calls and `res` of programs become `result`. */
function setResult(values: Map<string, string>): void {
  const name = values.has("success") ? "success" : "res";
  const value = values.get(name)?.toLowerCase();
  if (value === undefined) return;
  values.delete(name);
  const isSuccess = value === "yes" || value === "1" || value.startsWith("suc");
  values.set("result", isSuccess ? "success" : "fail");
}

/** `user:role:domain:level:category` of SELinux. */
function splitContext(values: Map<string, string>, name: string): void {
  const context = values.get(name);
  if (context === undefined) return;
  values.delete(name);
  const parts = context.split(":");
  const last = contextParts.length - 1;
  for (const [at, part] of contextParts.entries()) {
    const value = at < last ? parts[at] : parts.slice(last).join(":") || undefined;
    if (value !== undefined) values.set(`${name}_${part}`, value);
  }
}
