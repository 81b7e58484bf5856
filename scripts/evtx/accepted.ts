import type { Difference } from "./compare.ts";

/** Who was compared with us. */
export type Other = "python-evtx" | "libevtx" | "Windows" | "Winlogbeat";

/** A difference that is no fault of ours. */
export interface Accepted {
  readonly others: readonly Other[];
  readonly reason: string;
  readonly accepts: (difference: Written) => boolean;
}

/** A difference where both have something. */
interface Written {
  readonly place: string;
  readonly ours: string;
  readonly theirs: string;
}

/** System's attributes that no collector maps, so that they are not read. */
const unread = new Set(["EventSourceName", "ProcessorID", "KernelTime", "UserTime", "SessionID"]);

const guid = /^\{[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\}$/i;
/** To seven digits, as Windows writes a FILETIME; a SYSTEMTIME has three. */
const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.(\d{7}|\d{3})Z$/;

const accepted: readonly Accepted[] = [
  {
    others: ["libevtx"],
    reason: "writes GUIDs in upper case; Windows and Elastic's collectors in lower case",
    accepts: ({ ours, theirs }) => guid.test(ours) && ours.toUpperCase() === theirs,
  },
  {
    others: ["libevtx", "python-evtx"],
    reason: "fills hexadecimal numbers up with zeros; Windows does not",
    accepts: ({ ours, theirs }) =>
      /^0x[0-9a-f]+$/.test(ours) &&
      /^0x0[0-9a-f]+$/.test(theirs) &&
      BigInt(ours) === BigInt(theirs),
  },
  {
    others: ["libevtx"],
    reason: "writes times with nine digits, of which the last two are always 0",
    accepts: ({ ours, theirs }) => time.test(ours) && `${ours.slice(0, -1)}00Z` === theirs,
  },
  {
    others: ["libevtx"],
    reason: "takes the sign bit of a negative number for a sign before the other bits",
    accepts: ({ ours, theirs }) =>
      /^-\d{1,10}$/.test(ours) && theirs === `-${BigInt(ours) & 0x7fff_ffffn}`,
  },
  {
    others: ["libevtx"],
    reason: "does not escape text, so that XML in a value becomes elements",
    accepts: ({ ours, theirs }) => /^<.*>$/s.test(ours) && theirs === "",
  },
  {
    others: ["python-evtx"],
    reason: "computes times as doubles of seconds, up to 3 microseconds off",
    accepts: ({ ours, theirs }) => time.test(ours) && isNear(ours, theirs),
  },
  {
    others: ["Winlogbeat"],
    reason: "leaves out zeros at the end of the time",
    accepts: ({ ours, theirs }) => time.test(ours) && theirs === ours.replace(/\.?0+Z$/, "Z"),
  },
  {
    others: ["Winlogbeat"],
    reason: "leaves out line breaks at the end of a value; the normaliser does the same",
    accepts: ({ ours, theirs }) => ours.replace(/\n+$/, "") === theirs,
  },
  {
    others: ["python-evtx"],
    reason: "writes `True` and `False`",
    accepts: ({ ours, theirs }) =>
      (ours === "true" || ours === "false") && theirs.toLowerCase() === ours,
  },
  {
    others: ["python-evtx"],
    reason: "writes bytes in base64; Windows in hexadecimal digits",
    accepts: ({ ours, theirs }) =>
      /^([0-9A-F]{2})+$/.test(ours) && Buffer.from(ours, "hex").toString("base64") === theirs,
  },
  {
    others: ["libevtx", "python-evtx"],
    reason: "characters that no XML may hold; they are kept here",
    accepts: ({ ours, theirs }) =>
      ours !== theirs && withoutControls(ours) === withoutControls(theirs),
  },
];

/** Why another reader cannot read a record; `undefined` where that is nothing we know of it. */
export function reasonForFailure(other: Other, error: string): string | undefined {
  return other === "python-evtx" && error.startsWith("UnicodeDecodeError('ascii'")
    ? "cannot read texts of a code page with characters beyond ASCII"
    : undefined;
}

/** Why a difference is accepted; `undefined` where it is not. */
export function reasonFor(other: Other, difference: Difference): string | undefined {
  const { place, ours, theirs } = difference;
  if (ours === undefined && isUnread(place)) {
    return "attributes of System that no collector maps: they are not read";
  }
  if (other === "python-evtx" && ours === undefined && theirs === "") {
    return "shows elements whose value is null; Windows leaves them out";
  }
  if (other === "Winlogbeat" && place === "UserData/xml_name" && theirs === undefined) {
    return "has no user_data where UserData is an element without values; the normaliser neither";
  }
  if (ours === undefined || theirs === undefined) return undefined;
  const written: Written = { place, ours, theirs };
  return accepted.find((each) => each.others.includes(other) && each.accepts(written))?.reason;
}

function isUnread(place: string): boolean {
  return place.startsWith("System/") && unread.has(place.split("@")[1] ?? "");
}

/** Whether two times, of seven or three digits and of six or none, are at most 3 microseconds apart. */
function isNear(exact: string, near: string): boolean {
  const found = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.(\d{6}))?$/.exec(near);
  if (found === null) return false;
  const [, date, clock, microseconds = "0"] = found;
  const seconds = (Date.parse(`${exact.slice(0, 19)}Z`) - Date.parse(`${date}T${clock}Z`)) / 1000;
  const ticks = Number(exact.slice(20, -1).padEnd(7, "0")) - 10 * Number(microseconds);
  return Math.abs(seconds * 10_000_000 + ticks) <= 30;
}

function withoutControls(text: string): string {
  return text.replace(/(?![\t\n])[\p{Cc}\p{Cs}\ufffd\ufffe\uffff]/gu, "");
}
