import type { Diagnostic } from "@harrier/lang/text";
import type { FileObject } from "../rules/index.ts";
import type { ExceptionItem, ExceptionList, ExceptionSet } from "./exception.ts";
import { readItem } from "./read-item.ts";
import { readList } from "./read-list.ts";

/** Lists and items as a rule set has them. */
export interface ExceptionObjects {
  readonly exceptionLists: readonly FileObject[];
  readonly exceptionItems: readonly FileObject[];
}

export interface ReadExceptions extends ExceptionSet {
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads lists and items. What is wrong with one keeps none of the others away. Of equal ids the first stands. */
export function readExceptions({
  exceptionLists,
  exceptionItems,
}: ExceptionObjects): ReadExceptions {
  const diagnostics: Diagnostic[] = [];
  const report = (diagnostic: Diagnostic) => {
    diagnostics.push(diagnostic);
  };
  const lists = new Map<string, ExceptionList>();
  for (const object of exceptionLists) {
    const list = readList(object, report);
    if (list === undefined) continue;
    const key = `${list.namespace} ${list.listId}`;
    const known = lists.get(key);
    // Exports of several rules have the lists that the rules share once each.
    const ruleIds = [...new Set([...(known?.ruleIds ?? []), ...list.ruleIds])];
    lists.set(key, { ...(known ?? list), ruleIds });
  }
  const items = new Map<string, ExceptionItem>();
  let refused = 0;
  for (const object of exceptionItems) {
    const item = readItem(object, report);
    if (item === undefined) {
      refused += 1;
      continue;
    }
    const key = `${item.namespace ?? ""} ${item.itemId}`;
    const known = items.get(key);
    if (known === undefined) items.set(key, item);
    else if (!isSame(known, item)) {
      refused += 1;
      report({
        severity: "error",
        code: "exception/duplicate-id",
        message: `another item has the id ${item.itemId}: \`${known.name}\``,
        span: object.spanOf(["item_id"]),
        labels: [{ span: known.spanOf(["item_id"]), message: "this item stands" }],
      });
    }
  }
  return { lists: [...lists.values()], items: [...items.values()], refused, diagnostics };
}

/** The same item from two files, or twice in one, is one item. */
function isSame(first: ExceptionItem, second: ExceptionItem): boolean {
  const contentOf = ({ listId, osTypes, expireTime, ruleIds, entries }: ExceptionItem) =>
    JSON.stringify([listId, osTypes, String(expireTime), ruleIds, entries]);
  return contentOf(first) === contentOf(second);
}
