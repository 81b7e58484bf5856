import type { Fields, ReadonlyFields } from "../fields.ts";
import type { WrittenTime } from "../time.ts";

/** A Windows event, whatever form it came in. The names follow the event's own XML. */
export interface WindowsRecord {
  /** `Security`, `Microsoft-Windows-Sysmon/Operational`. Empty where the form has none. */
  readonly channel: string;
  readonly provider: string;
  readonly eventId: string;
  readonly computer: string | undefined;
  /** EventData by name, blanks dropped. */
  readonly data: ReadonlyFields;
  /** TimeCreated. */
  readonly time: WrittenTime | undefined;
  /** Whether that time is what a wall clock showed, whatever zone the text claims (ecs-mapping 7). */
  readonly isLocalTime: boolean;
  /** How far that wall clock is ahead of UTC, where the event itself tells. */
  readonly localOffsetMs?: number;
  /** What else the form has of `winlog.*`: record_id, task, opcode, keywords, process, user, user_data and so on. */
  readonly winlog: Fields;
  /** Lower case: information, warning, … */
  readonly level?: string;
  readonly outcome?: "success" | "failure";
  /** The name of the task: what `event.action` is until a table knows better. */
  readonly task?: string;
  /** Its number, where the form has no name. */
  readonly taskId?: number;
  readonly message?: string;
  /** The version of the Winlogbeat that sent it, which stores elsewhere than Agent does. */
  readonly winlogbeat?: string;
  /** A document that was enveloped by a shipper already; the mapping fills it up. Nobody else holds it. */
  readonly document?: Fields;
}

/** A value of EventData as text; `undefined` where it is absent, or is the `-` that Windows writes for it. */
export function textOf(data: ReadonlyFields, key: string): string | undefined {
  const value = data[key];
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return typeof value === "string" && value !== "" && value !== "-" ? value : undefined;
}

/** A whole number, decimal or `0x` with hex digits; `undefined` for anything else. */
export function numberOf(text: string | undefined): number | undefined {
  if (text === undefined || !/^(0x[0-9a-f]{1,16}|\d{1,19})$/i.test(text)) return undefined;
  return Number(text);
}

/** Channels and providers are compared without case: both spellings occur in one file. */
export function sameName(a: string, b: string): boolean {
  return a.length === b.length && a.toLowerCase() === b.toLowerCase();
}

export function isSysmonName(provider: string): boolean {
  return sameName(provider, "Microsoft-Windows-Sysmon") || isLinuxSysmonName(provider);
}

/** Sysmon for Linux writes the same events, about another system. */
export function isLinuxSysmonName(provider: string): boolean {
  return sameName(provider, "Linux-Sysmon");
}
