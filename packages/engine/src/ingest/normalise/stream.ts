import { getField, type ReadonlyFields } from "./fields.ts";

const backingIndex = /^\.ds-(.+)-\d{4}\.\d{2}\.\d{2}-\d{6,}$/;

/** What index patterns see of an event: its data stream, else `_index`, a backing index under its stream's name. */
export function streamOf(document: ReadonlyFields, index: string | undefined): string | undefined {
  const parts = ["type", "dataset", "namespace"].map(
    (name) => document[`data_stream.${name}`] ?? getField(document, `data_stream.${name}`),
  );
  if (parts.every((part) => typeof part === "string" && part !== "")) return parts.join("-");
  return index === undefined ? undefined : (backingIndex.exec(index)?.[1] ?? index);
}
