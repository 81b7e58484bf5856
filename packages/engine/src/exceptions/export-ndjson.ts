import { createHash } from "node:crypto";
import { type RawObject, writeNdjson } from "../rules/index.ts";
import type { ExceptionItem, ExceptionList, ExceptionSet, Namespace } from "./exception.ts";
import { isObject } from "./shape.ts";

/** Lists and items as Kibana has them. */
export interface KibanaExceptions {
  readonly lists: readonly RawObject[];
  readonly items: readonly RawObject[];
}

/** The objects of Kibana's own form. */
export function toKibana({ lists, items }: ExceptionSet): KibanaExceptions {
  const namespaces = new Map<string, Namespace>(
    lists.map(({ listId, namespace }) => [listId, namespace]),
  );
  const made = new Map<string, RawObject>();
  const lines: RawObject[] = [];
  for (const item of items) {
    const list = item.listId === undefined ? listForRules(item) : undefined;
    if (list !== undefined) made.set(list.list_id, list);
    const listId = item.listId ?? list?.list_id ?? "";
    const namespace = item.namespace ?? namespaces.get(listId) ?? "single";
    lines.push(itemLine(item, listId, namespace));
  }
  return { lists: [...lists.map(listLine), ...made.values()], items: lines };
}

/** A line for each list, then one for each item, then the counts. */
export function toNdjson(set: ExceptionSet): string {
  const { lists, items } = toKibana(set);
  const details = {
    exported_exception_list_count: lists.length,
    exported_exception_list_item_count: items.length,
    missing_exception_list_item_count: 0,
    missing_exception_list_items: [],
    missing_exception_lists: [],
    missing_exception_lists_count: 0,
  };
  return writeNdjson([...lists, ...items, details]);
}

function listLine({
  listId,
  namespace,
  name,
  type,
  ruleIds,
  parameters,
}: ExceptionList): RawObject {
  const { rule_ids: _, ...kept } = parameters;
  const meta = isObject(kept.meta) ? kept.meta : {};
  return {
    description: name,
    tags: [],
    os_types: [],
    ...kept,
    list_id: listId,
    name,
    type,
    namespace_type: namespace,
    ...(ruleIds.length === 0 ? {} : { meta: { ...meta, rule_ids: ruleIds } }),
  };
}

/** The list for all items that name the same rules. */
function listForRules({ ruleIds }: ExceptionItem) {
  const digest = createHash("sha256").update(JSON.stringify(ruleIds)).digest("hex");
  const name = `Exceptions of ${ruleIds.length === 1 ? `rule ${ruleIds[0]}` : "several rules"}`;
  return {
    description: name,
    tags: [],
    os_types: [],
    list_id: `rules-${digest.slice(0, 16)}`,
    name,
    type: "detection",
    namespace_type: "single",
    meta: { rule_ids: ruleIds },
  } as const;
}

function itemLine(item: ExceptionItem, listId: string, namespace: Namespace): RawObject {
  const { rule_ids: _, ...kept } = item.parameters;
  return {
    description: item.name,
    type: "simple",
    tags: [],
    comments: [],
    ...kept,
    item_id: item.itemId,
    list_id: listId,
    name: item.name,
    namespace_type: namespace,
    os_types: item.osTypes,
    entries: Array.isArray(kept.entries) ? kept.entries.map(toEntryLine) : [],
  };
}

/** Kibana takes texts only, and wants to know a list's type. */
function toEntryLine(entry: unknown): unknown {
  if (!isObject(entry)) return entry;
  const { value, list, entries } = entry;
  return {
    ...entry,
    ...(value === undefined
      ? {}
      : { value: Array.isArray(value) ? value.map(String) : String(value) }),
    ...(isObject(list) ? { list: { type: "keyword", ...list } } : {}),
    ...(Array.isArray(entries) ? { entries: entries.map(toEntryLine) } : {}),
  };
}
