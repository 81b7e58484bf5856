import type { Confidence } from "../../formats/format.ts";
import type { ReadonlyFields } from "../fields.ts";
import type { Source } from "../source.ts";
import type { WindowsRecord } from "../windows/record.ts";

/** A form in which Windows events are exported: a `Source` that reads records. A member of the table in `index.ts`. */
export interface Shape {
  readonly name: string;
  /** See `Source`. */
  readonly keys: readonly string[];
  readonly fields?: NonNullable<Source["fields"]>;
  readonly recognise: (raw: ReadonlyFields) => Confidence | undefined;
  readonly read: (raw: ReadonlyFields) => WindowsRecord;
}
