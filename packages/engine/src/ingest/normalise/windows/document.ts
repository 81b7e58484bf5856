import {
  type Fields,
  getField,
  isFields,
  putKey,
  type ReadonlyFields,
  setField,
} from "../fields.ts";
import { formatTime, type WrittenTime } from "../time.ts";
import { hostIdOf } from "./host.ts";
import type { Mapping } from "./mapping.ts";
import type { WindowsRecord } from "./record.ts";
import { sourceOf, type WindowsSource } from "./sources.ts";
import { cleanSysmonData, isSysmon } from "./sysmon.ts";
import { nameOfTask } from "./tasks.ts";

/**
 * The ECS document of a Windows event: the envelope (ecs-mapping 1), then what its source's mapping
 * adds. `utc` is the time that the event itself names in UTC, if it does; `offsetMs` is how far the
 * clock of `record.time` is ahead of UTC.
 */
export function buildDocument(
  record: WindowsRecord,
  utc: WrittenTime | undefined,
  offsetMs: number,
): Fields {
  const source = sourceOf(record);
  const data = isSysmon(record) ? cleanSysmonData(record.data) : record.data;
  const document = record.document ?? {};
  setEnvelope(document, record, source, utc, offsetMs);
  setStream(document, record, source);
  const mapping: Mapping = { record, utc, data, document, moved: new Set() };
  source.map?.(mapping);
  setEventData(mapping);
  return document;
}

/** Where its collector would store it. Winlogbeat's indices are no data streams; see `winlogbeatIndex`. */
function setStream(document: Fields, record: WindowsRecord, source: WindowsSource): void {
  if (record.winlogbeat !== undefined) {
    setFill(document, "event.module", source.winlogbeatModule);
    return;
  }
  setFill(document, "event.module", source.module);
  setFill(document, "event.dataset", source.dataset);
  if (document.data_stream === undefined) {
    document.data_stream = { type: "logs", dataset: source.dataset, namespace: "default" };
  }
}

/** The index of an event that Winlogbeat sent; `undefined` for others. */
export function winlogbeatIndex(record: WindowsRecord | undefined): string | undefined {
  return record?.winlogbeat === undefined ? undefined : `winlogbeat-${record.winlogbeat}`;
}

function setEnvelope(
  document: Fields,
  record: WindowsRecord,
  source: WindowsSource,
  utc: WrittenTime | undefined,
  offsetMs: number,
): void {
  const { time, computer, level, outcome, message } = record;
  const task = record.task ?? nameOfTask(record.provider, record.taskId);
  if (time !== undefined) {
    const text = formatTime(time.epochMs - offsetMs, time.finer);
    document["@timestamp"] = text;
    if (utc !== undefined) setField(document, "event.created", text);
  }
  setFill(document, "event.kind", "event");
  setField(document, "event.code", record.eventId);
  setField(document, "event.provider", record.provider);
  setField(document, "event.outcome", outcome);
  setFill(document, "event.action", task);
  setFill(document, "log.level", level);
  setFill(document, "message", message);
  setFill(document, "host.os.type", source.os ?? "windows");
  if (source.os === undefined) setFill(document, "host.os.family", "windows");
  if (computer !== undefined) {
    setFill(document, "host.name", computer);
    setFill(document, "host.hostname", computer);
    setFill(document, "host.id", hostIdOf(computer));
  }
  const winlog: Fields = isFields(document.winlog) ? document.winlog : {};
  document.winlog = winlog;
  for (const key of Object.keys(record.winlog)) putKey(winlog, key, record.winlog[key]);
  setField(winlog, "channel", spellChannel(record.channel));
  setField(winlog, "provider_name", record.provider);
  setField(winlog, "event_id", record.eventId);
  setField(winlog, "computer_name", computer);
  setField(winlog, "task", task);
}

/** Collectors write the names of the classic channels in any case; Windows, and rules, in this one. */
const classicChannels: ReadonlyMap<string, string> = new Map(
  ["Application", "Security", "System"].map((name) => [name.toLowerCase(), name]),
);

function spellChannel(channel: string): string {
  return classicChannels.get(channel.toLowerCase()) ?? channel;
}

/** Sets what the document does not have yet. */
function setFill(document: Fields, path: string, value: unknown): void {
  if (getField(document, path) === undefined) setField(document, path, value);
}

/** What has not moved stays under its own name; lists that a mapping made of a value stand for it. */
function setEventData({ data, document, moved }: Mapping): void {
  const winlog = document.winlog;
  if (!isFields(winlog)) return;
  const made = isFields(winlog.event_data) ? winlog.event_data : {};
  const stays: Fields = {};
  for (const key of Object.keys(data)) {
    if (!moved.has(key)) putKey(stays, key, data[key]);
  }
  for (const key of Object.keys(made)) putKey(stays, key, made[key]);
  if (hasKeys(stays)) winlog.event_data = stays;
  else delete winlog.event_data;
}

function hasKeys(fields: ReadonlyFields): boolean {
  return Object.keys(fields).length > 0;
}
