import { fieldValues } from "@harrier/lang/match";
import type { FieldPath } from "@harrier/lang/values";
import type { ReadonlyFields } from "./fields.ts";

const backingIndex = /^\.ds-(.+)-\d{4}\.\d{2}\.\d{2}-\d{6,}$/;

/** What names the data stream of an event. */
export const streamFields: readonly FieldPath[] = [
  "data_stream.type",
  "data_stream.dataset",
  "data_stream.namespace",
];

/** What index patterns see of an event: its data stream, else `_index`, a backing index under its stream's name. */
export function streamOf(document: ReadonlyFields, index: string | undefined): string | undefined {
  const stream = streamNamed((field) => fieldValues(document, field));
  return stream ?? (index === undefined ? undefined : (backingIndex.exec(index)?.[1] ?? index));
}

/** The data stream of an event with these values; `undefined` where they do not name one. */
export function streamNamed(
  valuesOf: (field: FieldPath) => readonly unknown[],
): string | undefined {
  const names: string[] = [];
  for (const field of streamFields) {
    const values = valuesOf(field);
    const [name] = values;
    if (values.length !== 1 || typeof name !== "string" || name === "") return undefined;
    names.push(name);
  }
  return names.join("-");
}
