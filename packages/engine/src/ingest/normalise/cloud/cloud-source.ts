import type { Confidence } from "../../formats/format.ts";
import { type Fields, isFields, type ReadonlyFields, setField } from "../fields.ts";
import type { Source } from "../source.ts";
import { readTime, type WrittenTime } from "../time.ts";
import { parseTree } from "./tree.ts";

/** A service whose records are JSON, each of them one event. */
export interface CloudService {
  readonly name: string;
  /** Where Elastic Agent stores it: `aws.cloudtrail`. A function where records of one form go to several places. */
  readonly dataset: string | ((raw: ReadonlyFields) => string);
  /** All of those places. */
  readonly datasets?: readonly string[];
  /** See `Source`. */
  readonly keys: readonly string[];
  /** The key under which tables of the service have a whole record as text: asked where the event is not one itself. */
  readonly textKey?: string;
  readonly recognise: (raw: ReadonlyFields) => Confidence | undefined;
  /** What is written of the time of the event: text, or milliseconds since 1970. */
  readonly time: (raw: ReadonlyFields) => unknown;
  /** Fills a document that has `event.kind` already. */
  readonly map: (raw: ReadonlyFields, document: Fields) => void;
}

/** The source of a service: its documents say where they would be stored. */
export function defineCloudSource(service: CloudService): Source {
  const { name, keys, textKey, dataset: datasetOf, map } = service;
  const recordOf = (raw: ReadonlyFields): ReadonlyFields => {
    const text = textKey === undefined ? undefined : raw[textKey];
    const record = typeof text === "string" && text.startsWith("{") ? parseTree(text) : undefined;
    return isFields(record) ? record : raw;
  };
  return {
    name,
    keys: textKey === undefined ? keys : [...keys, textKey],
    recognise: (raw) => service.recognise(recordOf(raw)),
    datasets: typeof datasetOf === "string" ? [datasetOf] : (service.datasets ?? []),
    read: (raw) => {
      const record = recordOf(raw);
      const document: Fields = { event: { kind: "event" } };
      map(record, document);
      const dataset = typeof datasetOf === "string" ? datasetOf : datasetOf(record);
      setField(document, "event.dataset", dataset);
      setField(document, "event.module", dataset.slice(0, dataset.indexOf(".")));
      document.data_stream = { type: "logs", dataset, namespace: "default" };
      const time = timeOf(service.time(record)) ?? timeOf(raw["@timestamp"]);
      return { kind: "document", document, ...(time !== undefined && { time }) };
    },
  };
}

/** Seconds and milliseconds since 1970 are told apart by their size: between them lie the years 1973 and 5138. */
const firstMilliseconds = 100_000_000_000;
const lastMilliseconds = 8_640_000_000_000_000;

/** Cloud services mean UTC where they name no zone. */
export function timeOf(written: unknown): WrittenTime | undefined {
  if (typeof written === "number" || (typeof written === "string" && /^\d{9,16}$/.test(written))) {
    const number = Number(written);
    const epochMs = Math.trunc(number < firstMilliseconds ? number * 1000 : number);
    const isTime = epochMs >= 0 && epochMs <= lastMilliseconds;
    return isTime ? { epochMs, finer: "", zone: "utc" } : undefined;
  }
  const time = readTime(written);
  return time === undefined ? undefined : { ...time, zone: "utc" };
}
