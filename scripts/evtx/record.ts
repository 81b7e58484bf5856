import type {
  EventTree,
  WindowsEvent,
} from "../../packages/engine/src/ingest/formats/windows-event.ts";

/** A record as all readers are compared: texts, line breaks as XML has them. */
export interface Record {
  /** Of System, by element, and by element and attribute: `EventID`, `Provider@Name`. */
  readonly system: Readonly<{ [name: string]: string }>;
  /** Of EventData, in order; `null` for a `Data` without a name. */
  readonly data: readonly (readonly [name: string | null, value: string])[];
  /** Of UserData, with the names that lead to each value. */
  readonly user: readonly (readonly [path: string, value: string])[];
}

export function recordOf({ System, EventData = [], UserData }: WindowsEvent): Record {
  const system = {
    "Provider@Name": System.Provider,
    "Provider@Guid": System.ProviderGuid,
    EventID: System.EventID,
    "EventID@Qualifiers": System.Qualifiers,
    Version: System.Version,
    Level: System.Level,
    Task: System.Task,
    Opcode: System.Opcode,
    Keywords: System.Keywords,
    "TimeCreated@SystemTime": System.TimeCreated,
    EventRecordID: System.EventRecordID,
    "Correlation@ActivityID": System.ActivityID,
    "Correlation@RelatedActivityID": System.RelatedActivityID,
    "Execution@ProcessID": System.ProcessID,
    "Execution@ThreadID": System.ThreadID,
    Channel: System.Channel,
    Computer: System.Computer,
    "Security@UserID": System.UserID,
  };
  return {
    system: Object.fromEntries(
      Object.entries(system).map(([name, value]) => [name, String(value ?? "")]),
    ),
    data: EventData.map(([name, value]) => [name, xmlText(String(value))]),
    user: UserData === undefined ? [] : leavesOf(UserData.data, UserData.name),
  };
}

function leavesOf(tree: EventTree, path: string): (readonly [string, string])[] {
  return Object.entries(tree).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).flatMap((item) =>
      typeof item === "object" && item !== null
        ? leavesOf(item, `${path}/${name}`)
        : [[`${path}/${name}`, xmlText(String(item))] as const],
    ),
  );
}

/** Whoever reads XML gets `\n` for every line break. */
function xmlText(text: string): string {
  return text.replace(/\r\n?/g, "\n");
}
