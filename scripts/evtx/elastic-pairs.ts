/** The logs of `data/ecs-pairs/winlogbeat` beside what Windows and Winlogbeat made of them. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { WindowsEvent } from "../../packages/engine/src/ingest/formats/windows-event.ts";
import type { Difference } from "./compare.ts";

export interface PairedLog {
  readonly name: string;
  readonly bytes: Buffer;
  /** The XML of the events as Windows writes it, or the documents of Winlogbeat before any pipeline. */
  readonly xml?: readonly string[];
  readonly documents?: readonly CollectedDocument[];
}

/** What is compared of a document. */
export interface CollectedDocument {
  readonly "@timestamp": string;
  readonly winlog: {
    readonly record_id: number | string;
    readonly provider_name: string;
    readonly provider_guid?: string;
    readonly event_id: number | string;
    readonly channel: string;
    readonly computer_name: string;
    readonly version?: number;
    readonly activity_id?: string;
    readonly process?: { readonly pid?: number; readonly thread?: { readonly id?: number } };
    readonly user?: { readonly identifier?: string };
    readonly event_data?: Readonly<{ [name: string]: string }>;
    readonly user_data?: Readonly<{ [name: string]: unknown }>;
  };
}

export function readPairedLogs(folder: string): PairedLog[] {
  return readdirSync(folder).flatMap((part) =>
    readdirSync(join(folder, part))
      .filter((file) => file.endsWith(".evtx.gz"))
      .map((file) => {
        const name = join(folder, part, file.slice(0, -".evtx.gz".length));
        const bytes = gunzipSync(readFileSync(`${name}.evtx.gz`));
        const xml = `${name}.xml`;
        const documents = `${name}.collected.json`;
        return {
          name: `${part}/${file}`,
          bytes,
          ...(existsSync(xml) && { xml: readFileSync(xml, "utf8").split(/(?<=<\/Event>)\s*/) }),
          ...(existsSync(documents) && { documents: JSON.parse(readFileSync(documents, "utf8")) }),
        };
      }),
  );
}

/** Holds an event against the document that Winlogbeat made of it (ecs-mapping 1.1). */
export function compareWithDocument(
  { System, EventData = [], UserData }: WindowsEvent,
  { "@timestamp": time, winlog }: CollectedDocument,
): Difference[] {
  const data = new Map<string, string>();
  for (const [index, [name, value]] of EventData.entries()) {
    const key = name ?? `param${index + 1}`;
    const text = String(value).replaceAll("\r\n", "\n");
    if (text !== "" && !data.has(key)) data.set(key, text);
  }
  const user = UserData === undefined ? {} : { ...UserData.data, xml_name: UserData.name };
  const pairs: [place: string, ours: unknown, theirs: unknown][] = [
    ["TimeCreated", System.TimeCreated, time],
    ["Provider", System.Provider, winlog.provider_name],
    ["ProviderGuid", System.ProviderGuid, winlog.provider_guid],
    ["EventID", System.EventID, winlog.event_id],
    ["Channel", System.Channel, winlog.channel],
    ["Computer", System.Computer, winlog.computer_name],
    // Winlogbeat leaves out a version of 0.
    ["Version", System.Version === 0 ? undefined : System.Version, winlog.version],
    ["ActivityID", System.ActivityID, winlog.activity_id],
    ["ProcessID", System.ProcessID, winlog.process?.pid],
    ["ThreadID", System.ThreadID, winlog.process?.thread?.id],
    ["UserID", System.UserID, winlog.user?.identifier],
    ...compareKeys("EventData", Object.fromEntries(data), winlog.event_data ?? {}),
    ...compareKeys("UserData", user, winlog.user_data ?? {}),
  ];
  return pairs
    .map(([place, ours, theirs]) => ({ place, ours: textOf(ours), theirs: textOf(theirs) }))
    .filter(({ ours, theirs }) => ours !== theirs);
}

function compareKeys(
  place: string,
  ours: Readonly<{ [name: string]: unknown }>,
  theirs: Readonly<{ [name: string]: unknown }>,
): [place: string, ours: unknown, theirs: unknown][] {
  const names = new Set([...Object.keys(ours), ...Object.keys(theirs)]);
  return [...names].map((name) => [`${place}/${name}`, ours[name], theirs[name]]);
}

function textOf(value: unknown): string | undefined {
  return value === undefined ? undefined : String(value);
}
