import type { FieldPath } from "@harrier/lang/values";
import type { EventSource } from "../event.ts";
import type { Confidence } from "../formats/format.ts";
import type { Fields, ReadonlyFields } from "./fields.ts";
import type { WrittenTime } from "./time.ts";
import type { WindowsRecord } from "./windows/record.ts";

/** Raw events of one kind, and what to make of them. A member of the table in `sources.ts`. */
export interface Source {
  /** As `harrier ingest --dry-run` prints it. */
  readonly name: string;
  /** Every event of the source has one of these at its top level; it is not asked about others. */
  readonly keys: readonly string[];
  /**
   * Every event of the source has a value of all the fields of `has` and of none of `lacks`. Only for a source whose
   * keys ECS documents have, too: those without such a key are told by it alone.
   */
  readonly fields?: { readonly has: readonly FieldPath[]; readonly lacks: readonly FieldPath[] };
  /** Whether the event is one of its own, by its content alone; `undefined`: no. */
  readonly recognise: (raw: ReadonlyFields) => Confidence | undefined;
  /** Where Elastic Agent would store its events. Absent for Windows events, of which their own table tells. */
  readonly datasets?: readonly string[];
  /** Reads an event that it has recognised. Whatever else the event holds, this does not throw. */
  readonly read: (raw: ReadonlyFields) => Reading;
}

/** A raw event as its source understands it. */
export type Reading =
  /** A Windows event, which the table of Windows logs maps (`windows/sources.ts`). */
  | { readonly kind: "windows"; readonly record: WindowsRecord }
  /**
   * A finished document that nobody else holds. `time` becomes its `@timestamp`, by `--timezone` where it
   * names no zone; without `time` the document's own `@timestamp` stands.
   */
  | { readonly kind: "document"; readonly document: Fields; readonly time?: WrittenTime };

/** A source and how sure we are that the event is its own. */
export interface FoundSource {
  readonly source: Source;
  readonly known: EventSource;
}
