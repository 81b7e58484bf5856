import { createHash } from "node:crypto";
import type { Report } from "@harrier/lang/text";
import { parseInstant } from "@harrier/lang/values";
import type { FileObject, RawObject } from "../rules/index.ts";
import { type ExceptionItem, type OsType, osTypes } from "./exception.ts";
import { kindOf, type ReportAt, reportOn } from "./finding.ts";
import { readEntries, readEntry } from "./read-entry.ts";
import { namespaceOf } from "./read-list.ts";
import { textOf, textsOf } from "./shape.ts";
import { toApiItem } from "./short-form.ts";

/** Reads an item. `undefined`, with at least one error, where it can't be applied as it stands. */
export function readItem(object: FileObject, report: Report): ExceptionItem | undefined {
  const { value, form, metadata, source, spanOf } = object;
  const parameters = form === "short" ? toApiItem(value) : value;
  let isSound = true;
  const reportAt = reportOn(object, (diagnostic) => {
    if (diagnostic.severity === "error") isSound = false;
    report(diagnostic);
  });
  const entries = readEntries(parameters.entries, ["entries"], reportAt, readEntry);
  const osTypes = readOsTypes(parameters, reportAt);
  const expireTime = readExpireTime(parameters, reportAt);
  const listId = textOf(parameters.list_id);
  const ruleIds = readRuleIds(parameters, reportAt) ?? textsOf(metadata?.rule_ids);
  if (listId === undefined && ruleIds.length === 0) {
    const hint = form === "short" ? "name rules in `rule_ids`, or a list in `list_id`" : undefined;
    reportAt(["list_id"], "exception/missing-field", "the item belongs to no list and no rule", {
      ...(hint === undefined ? {} : { hint }),
    });
  }
  if (entries === undefined || !isSound) return undefined;
  const itemId = textOf(parameters.item_id) ?? contentId(parameters);
  const namespace = namespaceOf(parameters);
  return {
    itemId,
    ...(listId === undefined ? {} : { listId }),
    ...(namespace === undefined ? {} : { namespace }),
    name: textOf(parameters.name) ?? itemId,
    entries,
    osTypes,
    ...(expireTime === undefined ? {} : { expireTime }),
    ruleIds: listId === undefined || parameters.rule_ids !== undefined ? ruleIds : [],
    parameters,
    source,
    spanOf,
  };
}

/** The same item has the same id, wherever it stands. */
function contentId({ name, list_id, rule_ids, os_types, entries }: RawObject): string {
  const content = JSON.stringify([name, list_id, rule_ids, os_types, entries]);
  return createHash("sha256").update(content).digest("hex").slice(0, 32);
}

function readRuleIds(
  { rule_ids: value }: RawObject,
  report: ReportAt,
): readonly string[] | undefined {
  if (value === undefined) return undefined;
  const ids = textsOf(value);
  if (!Array.isArray(value) || ids.length < value.length || ids.includes("")) {
    report(["rule_ids"], "exception/bad-value", "`rule_ids` is no list of rule ids");
  }
  return ids;
}

function readOsTypes({ os_types: value }: RawObject, report: ReportAt): readonly OsType[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) {
    report(
      ["os_types"],
      "exception/bad-value",
      `\`os_types\` is ${kindOf(value)}, expected a list`,
    );
    return [];
  }
  return value.flatMap((each: unknown, index) => {
    const found = osTypes.find((type) => type === each);
    if (found !== undefined) return [found];
    const message = `there is no operating system ${kindOf(each)}`;
    const hint = `the systems are ${osTypes.join(", ")}`;
    report(["os_types", index], "exception/bad-value", message, { hint });
    return [];
  });
}

function readExpireTime({ expire_time: value }: RawObject, report: ReportAt): bigint | undefined {
  if (value === undefined || value === null) return undefined;
  const time = typeof value === "string" ? parseInstant(value) : undefined;
  if (time === undefined) {
    const message = `\`expire_time\` is ${kindOf(value)}, expected a time`;
    report(["expire_time"], "exception/bad-value", message, {
      hint: "write it as `2026-12-31T00:00:00Z`",
    });
  }
  return time;
}
