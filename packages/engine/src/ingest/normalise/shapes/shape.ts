import type { ReadonlyFields } from "../fields.ts";
import type { WindowsRecord } from "../windows/record.ts";

/** A form in which Windows events are exported. A member of the table in `index.ts`. */
export interface Shape {
  readonly name: string;
  readonly matches: (raw: ReadonlyFields) => boolean;
  readonly read: (raw: ReadonlyFields) => WindowsRecord;
}
