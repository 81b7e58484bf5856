import { childOf, type ReadonlyFields } from "./fields.ts";

const backingIndex = /^\.ds-(.+)-\d{4}\.\d{2}\.\d{2}-\d{6,}$/;

/** What index patterns see of an event: its data stream, else `_index`, a backing index under its stream's name. */
export function streamOf(document: ReadonlyFields, index: string | undefined): string | undefined {
  const stream = childOf(document, "data_stream") ?? {};
  const type = stream.type ?? document["data_stream.type"];
  const dataset = stream.dataset ?? document["data_stream.dataset"];
  const namespace = stream.namespace ?? document["data_stream.namespace"];
  if (isName(type) && isName(dataset) && isName(namespace)) {
    return `${type}-${dataset}-${namespace}`;
  }
  return index === undefined ? undefined : (backingIndex.exec(index)?.[1] ?? index);
}

function isName(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}
