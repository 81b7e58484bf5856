import { addToField, type Fields, isFields, type ReadonlyFields, setField } from "../fields.ts";
import type { WrittenTime } from "../time.ts";
import { numberOf, textOf, type WindowsRecord } from "./record.ts";

/** One event on its way to ECS. Mappings write to `document` and say which keys of EventData have moved there. */
export interface Mapping {
  readonly record: WindowsRecord;
  /** The time that the event itself names in UTC: Sysmon's. */
  readonly utc: WrittenTime | undefined;
  readonly data: ReadonlyFields;
  readonly document: Fields;
  /** Keys that do not stay under `winlog.event_data`. */
  readonly moved: Set<string>;
}

/** How a value changes on the way; the default is text as it is. */
type Shape = "text" | "number";

/** A line of a mapping table: the first of `from` that is there gives `to`. `copy` leaves it in EventData as well. */
export interface FieldRule {
  readonly from: readonly string[];
  readonly to: string;
  readonly as?: Shape;
  readonly copy?: boolean;
}

export function applyRules(mapping: Mapping, rules: readonly FieldRule[]): void {
  for (const { from, to, as = "text", copy = false } of rules) {
    for (const key of from) {
      const text = textOf(mapping.data, key);
      if (text === undefined) continue;
      const value = as === "number" ? numberOf(text) : text;
      setField(mapping.document, to, value);
      // A number that is none would be lost if it moved.
      if (!copy && value !== undefined) mapping.moved.add(key);
      break;
    }
  }
}

/** The value of a key, which moves out of EventData by being taken. */
export function takeText(mapping: Mapping, key: string): string | undefined {
  const text = textOf(mapping.data, key);
  if (text !== undefined) mapping.moved.add(key);
  return text;
}

/** Takes out what only the shipper noted of the envelope; the pipelines of Sysmon and PowerShell do. */
export function dropShipperNotes({ document }: Mapping): void {
  const { winlog } = document;
  if (!isFields(winlog)) return;
  delete winlog.level;
  delete winlog.time_created;
}

/** Makes `DOMAIN\name` the user, where it has exactly these two parts. */
export function setAccount(document: Fields, account: string | undefined): boolean {
  const parts = account?.split("\\") ?? [];
  if (parts.length !== 2) return false;
  setField(document, "user.domain", parts[0]);
  setField(document, "user.name", parts[1]);
  addToField(document, "related.user", parts[1]);
  return true;
}

/** `event.action`, `category` and `type` of an event id. Lists are lists also with one member, as the pipelines write them. */
export interface Categorisation {
  readonly action: string | readonly string[] | undefined;
  readonly category: readonly string[];
  readonly type: readonly string[];
}

export function setCategorisation(document: Fields, found: Categorisation | undefined): void {
  if (found === undefined) return;
  setField(document, "event.action", found.action);
  if (found.category.length > 0) setField(document, "event.category", [...found.category]);
  if (found.type.length > 0) setField(document, "event.type", [...found.type]);
}
