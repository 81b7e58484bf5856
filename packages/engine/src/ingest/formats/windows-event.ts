/**
 * A Windows event as its XML has it, whichever way it was written down: what the readers of EVTX and of
 * XML give as a raw event. Plain data that can be written as JSON. Values that are absent are left out.
 */
export interface WindowsEvent {
  readonly System: WindowsSystem;
  /** The children of EventData in order; the name is `null` for a `Data` without one. */
  readonly EventData?: readonly (readonly [name: string | null, value: EventValue])[];
  /** The one element below UserData, and what is in it. */
  readonly UserData?: { readonly name: string; readonly data: EventTree };
  /** Texts of the message table: only where the event was exported with them. */
  readonly RenderingInfo?: RenderingInfo;
}

/** Text is as Windows renders it: `0x1f`, GUIDs in braces, `true`, bytes in upper-case hex. */
export type EventValue = string | number | boolean | null | readonly EventValue[];

/** Elements by name; a name that occurs more than once has a list. Nesting is bounded by the reader. */
export interface EventTree {
  readonly [name: string]: EventNode;
}

export type EventNode = EventValue | EventTree | readonly EventNode[];

export interface WindowsSystem {
  /** Provider@Name, or @EventSourceName where there is only that. */
  readonly Provider?: string;
  readonly ProviderGuid?: string;
  readonly EventID?: number;
  readonly Qualifiers?: number;
  readonly Version?: number;
  readonly Level?: number;
  readonly Task?: number;
  readonly Opcode?: number;
  /** Hex with `0x`: the bits do not fit into a number. */
  readonly Keywords?: string;
  /** TimeCreated@SystemTime in UTC, ISO 8601 with up to nine digits of a fraction. */
  readonly TimeCreated?: string;
  /** Text: up to 64 bits. */
  readonly EventRecordID?: string;
  readonly ActivityID?: string;
  readonly RelatedActivityID?: string;
  /** Execution@ProcessID and @ThreadID: who wrote the event. */
  readonly ProcessID?: number;
  readonly ThreadID?: number;
  readonly Channel?: string;
  readonly Computer?: string;
  /** Security@UserID. */
  readonly UserID?: string;
}

export interface RenderingInfo {
  readonly Message?: string;
  readonly Level?: string;
  readonly Task?: string;
  readonly Opcode?: string;
  readonly Provider?: string;
  readonly Channel?: string;
  readonly Keywords?: readonly string[];
}
