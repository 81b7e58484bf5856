import { isDate } from "node:util/types";
import { formatInstant } from "@harrier/lang/values";
import { type RawObject, writeToml } from "../rules/index.ts";
import type { ExceptionItem, ExceptionList, ExceptionSet, Namespace } from "./exception.ts";
import { isObject } from "./shape.ts";

/** Tables `exception_list` and `exception`; what follows by itself is left out. */
export function toToml({ lists, items }: ExceptionSet): string {
  const namespaces = new Map<string | undefined, Namespace>(
    lists.map(({ listId, namespace }) => [listId, namespace]),
  );
  const file = {
    ...(lists.length === 0 ? {} : { exception_list: lists.map(listTable) }),
    ...(items.length === 0
      ? {}
      : { exception: items.map((item) => itemTable(item, namespaces.get(item.listId))) }),
  };
  return writeToml(file);
}

function listTable({
  listId,
  namespace,
  name,
  type,
  ruleIds,
  parameters,
}: ExceptionList): RawObject {
  const { meta, rule_ids: _, ...kept } = parameters;
  const { rule_ids: __, ...otherMeta } = isObject(meta) ? meta : {};
  return dropEmpty({
    list_id: listId,
    name,
    rule_ids: ruleIds,
    ...kept,
    type: type === "detection" ? undefined : type,
    namespace_type: namespace === "single" ? undefined : namespace,
    description: kept.description === name ? undefined : kept.description,
    meta: otherMeta,
  });
}

function itemTable(item: ExceptionItem, ofList: Namespace | undefined): RawObject {
  const { entries, comments, ...kept } = item.parameters;
  return dropEmpty({
    name: item.name,
    list_id: item.listId,
    rule_ids: item.ruleIds,
    ...kept,
    type: kept.type === "simple" ? undefined : kept.type,
    description: kept.description === item.name ? undefined : kept.description,
    namespace_type: item.namespace === ofList ? undefined : item.namespace,
    item_id: item.itemId,
    expire_time: item.expireTime === undefined ? undefined : timeOf(item.expireTime),
    ...commentsOf(comments),
    entries: Array.isArray(entries) ? entries.map(entryTable) : [],
  });
}

function entryTable(entry: unknown): unknown {
  if (!isObject(entry)) return entry;
  const { type, operator, value, list, entries } = entry;
  const implied = isImplied(entry);
  return dropEmpty({
    ...entry,
    type: implied ? undefined : type,
    operator: operator === "included" ? undefined : operator,
    ...(value === undefined ? {} : { value }),
    ...(isObject(list) && Object.keys(list).length === 1 ? { list: list.id } : {}),
    ...(Array.isArray(entries) ? { entries: entries.map(entryTable) } : {}),
  });
}

/** Whether the type follows from what else the entry has. */
function isImplied({ type, value, list, entries }: RawObject): boolean {
  switch (type) {
    case "match":
      return list === undefined && entries === undefined && !Array.isArray(value);
    case "match_any":
      return list === undefined && entries === undefined && Array.isArray(value);
    case "list":
      return list !== undefined && entries === undefined;
    case "nested":
      return Array.isArray(entries);
    default:
      return false;
  }
}

/** Comments that are texts alone are written as texts. */
function commentsOf(comments: unknown): RawObject {
  if (!Array.isArray(comments) || comments.length === 0) return {};
  const texts = comments.flatMap((each: unknown) =>
    isObject(each) && typeof each.comment === "string" && Object.keys(each).length === 1
      ? [each.comment]
      : [],
  );
  if (texts.length < comments.length) return { comments };
  return { comment: texts.length === 1 ? texts[0] : texts };
}

/** TOML's times end at milliseconds for its writer, and at the year 9999 for all. */
function timeOf(nanos: bigint): Date | string {
  const time = new Date(Number(nanos / 1_000_000n));
  const year = time.getUTCFullYear();
  return nanos % 1_000_000n === 0n && year > 0 && year < 10_000 ? time : formatInstant(nanos);
}

/** Empty lists and tables say nothing here. */
function dropEmpty(table: RawObject): RawObject {
  return Object.fromEntries(Object.entries(table).filter(([, value]) => !isEmpty(value)));
}

function isEmpty(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  if (isObject(value) && !isDate(value)) return Object.keys(value).length === 0;
  return value === undefined || value === null;
}
