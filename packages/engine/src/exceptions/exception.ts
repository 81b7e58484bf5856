import type { Source, Span } from "@harrier/lang/text";
import type { EpochNanos, FieldPath } from "@harrier/lang/values";
import type { RawObject, ValuePath } from "../rules/index.ts";

export type Namespace = "single" | "agnostic";

/** A container of items. Rules name it by its id and namespace. */
export interface ExceptionList {
  readonly listId: string;
  readonly namespace: Namespace;
  readonly name: string;
  /** `rule_default` of one rule, `detection` shared, `endpoint` and others of Elastic Defend. */
  readonly type: string;
  /** Rules that the file binds the list to, besides those that name it: rule ids. */
  readonly ruleIds: readonly string[];
  /** The API's object, unknown keys kept. */
  readonly parameters: RawObject;
}

/** What keeps an event from alerting when all of its entries hold. */
export interface ExceptionItem {
  readonly itemId: string;
  /** Absent where the item belongs to rules, not to a list. */
  readonly listId?: string;
  /** Absent where the file does not say: then that of the list. */
  readonly namespace?: Namespace;
  readonly name: string;
  readonly entries: readonly ExceptionEntry[];
  /** Operating systems that it is limited to; empty: all. */
  readonly osTypes: readonly OsType[];
  /** The item is for runs up to this moment. */
  readonly expireTime?: EpochNanos;
  /** Rules that the item is bound to by its own file: rule ids. */
  readonly ruleIds: readonly string[];
  /** The API's object, unknown keys kept. */
  readonly parameters: RawObject;
  readonly source: Source;
  /** The place of a part of it in its file, by the path in `parameters`. Slow: for findings only. */
  readonly spanOf: (path: ValuePath) => Span;
}

export const osTypes = ["windows", "linux", "macos"] as const;
export type OsType = (typeof osTypes)[number];

/** One condition of an item. `excluded` negates it: true also where the field is missing (detection-semantics 6.3). */
export type ExceptionEntry = PlainEntry | ListEntry | NestedEntry;

export type PlainEntry = EntryHead &
  (
    | { readonly type: "match" | "wildcard"; readonly value: string }
    | { readonly type: "match_any"; readonly values: readonly string[] }
    | { readonly type: "exists" }
  );

/** A value of the field is in a value list. */
export interface ListEntry extends EntryHead {
  readonly type: "list";
  readonly list: { readonly id: string; readonly type?: ValueListType };
}

/** One object of a nested field satisfies all entries, whose fields are relative to it. */
export interface NestedEntry {
  readonly type: "nested";
  readonly field: FieldPath;
  readonly entries: readonly PlainEntry[];
}

interface EntryHead {
  readonly field: FieldPath;
  readonly operator: "included" | "excluded";
}

export const valueListTypes = ["keyword", "ip", "ip_range", "text"] as const;
export type ValueListType = (typeof valueListTypes)[number];

/** Values in a file, taken literally. */
export interface ValueList {
  /** As entries name it. */
  readonly id: string;
  /** Absent where nobody said: then what the entry says, else `keyword`. */
  readonly type?: ValueListType;
  /** Each once, in the order of the file. */
  readonly values: readonly string[];
  readonly source: Source;
}

/** Lists and items of any number of files, and what was wrong with others. */
export interface ExceptionSet {
  readonly lists: readonly ExceptionList[];
  readonly items: readonly ExceptionItem[];
  /** Items that could not be read; each has an error among the diagnostics. */
  readonly refused: number;
}
