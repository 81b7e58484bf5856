import { readTime, type WrittenTime } from "../time.ts";

/** What a line of syslog says. */
export interface SyslogLine {
  readonly time: WrittenTime | undefined;
  readonly host: string | undefined;
  readonly program: string | undefined;
  readonly pid: number | undefined;
  readonly message: string;
  readonly facility: number | undefined;
  readonly severity: number | undefined;
}

const months = "JanFebMarAprMayJunJulAugSepOctNovDec";
const priority = /^<(\d{1,3})>(1 )?/;
const monthDay = /^([A-Z][a-z]{2}) {1,2}(\d{1,2}) (\d\d:\d\d:\d\d(?:\.\d{1,9})?)(?= )/;
const iso = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?(?= )/;
/** Host, program, process: `web-1 sshd[811]: `. Some lines leave the host out. */
const tag = /^(?:([^\s:]{1,255}|[\da-f:.]{2,45}) )?(.{1,300}?)(?:\[(\d{1,10})\])?:(?:\s+|$)/i;

/** Whether a line begins an event; others belong to the one before. */
export function startsSyslogEvent(line: string): boolean {
  const rest = line.slice(0, 64).replace(priority, "");
  return monthDay.test(rest) || iso.test(rest);
}

/** Whether a line is one of syslog's, with a program in it. */
export function isSyslogLine(line: string): boolean {
  if (!startsSyslogEvent(line)) return false;
  const { program, host } = readSyslogLine(line.slice(0, 1000), 0);
  return host !== undefined && program !== undefined;
}

/** Reads RFC 5424, and RFC 3164 with its own times or ISO 8601. `nowMs` tells the year of times that have none. */
export function readSyslogLine(line: string, nowMs: number): SyslogLine {
  const found = priority.exec(line);
  const level = found === null ? undefined : Number(found[1]);
  const levels = {
    facility: level === undefined ? undefined : level >> 3,
    severity: level === undefined ? undefined : level & 7,
  };
  const rest = found === null ? line : line.slice(found[0].length);
  const { time, length } = readStamp(rest, nowMs);
  const body = rest.slice(length).trimStart();
  if (found?.[2] !== undefined) return { time, ...levels, ...readNewBody(body) };
  const tagged = tag.exec(body);
  if (tagged === null) {
    return { time, ...levels, host: undefined, program: undefined, pid: undefined, message: body };
  }
  const [whole, host, program, pid] = tagged;
  return {
    time,
    ...levels,
    host,
    program,
    pid: pid === undefined ? undefined : Number(pid),
    message: body.slice(whole.length),
  };
}

/** A day ahead at most: clocks differ. */
const tolerance = 24 * 3_600_000;

function readStamp(
  text: string,
  nowMs: number,
): { readonly time: WrittenTime | undefined; readonly length: number } {
  const whole = iso.exec(text)?.[0];
  if (whole !== undefined) return { time: readTime(whole), length: whole.length };
  const found = monthDay.exec(text);
  if (found === null) return { time: undefined, length: 0 };
  const [stamp, name = "", day = "", clock] = found;
  const month = months.indexOf(name) / 3 + 1;
  const date = (year: number) =>
    readTime(`${year}-${String(month).padStart(2, "0")}-${day.padStart(2, "0")} ${clock}`);
  const year = new Date(nowMs).getUTCFullYear();
  const time = date(year);
  // What would lie ahead is of the year before, and so is the 29th of February in a year without one.
  const isAhead = time === undefined || time.epochMs > nowMs + tolerance;
  return { time: isAhead ? (date(year - 1) ?? time) : time, length: stamp.length };
}

/** RFC 5424 behind the time: host, program, process, message id, structured data, message; `-` is none. */
function readNewBody(body: string): Pick<SyslogLine, "host" | "program" | "pid" | "message"> {
  const [host, program, pid, , ...rest] = body.split(" ");
  const behind = rest.join(" ");
  const message = behind.startsWith("[") ? behind.slice(endOfData(behind)) : behind.slice(1);
  const known = (text: string | undefined) => (text === "-" ? undefined : text);
  return {
    host: known(host),
    program: known(program),
    pid: /^\d{1,10}$/.test(pid ?? "") ? Number(pid) : undefined,
    message: message.replace(/^ ?\ufeff?/, ""),
  };
}

/** Behind the last element of `[id a="b"][id c="d"]`. */
function endOfData(text: string): number {
  let at = 0;
  let isQuoted = false;
  for (; at < text.length; at += 1) {
    const character = text[at];
    if (character === "\\") at += 1;
    else if (character === '"') isQuoted = !isQuoted;
    else if (!isQuoted && character === "]" && text[at + 1] !== "[") return at + 1;
  }
  return at;
}
