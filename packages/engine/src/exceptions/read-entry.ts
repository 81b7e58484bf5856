import type { RawObject, ValuePath } from "../rules/index.ts";
import {
  type ExceptionEntry,
  type ListEntry,
  type PlainEntry,
  type ValueListType,
  valueListTypes,
} from "./exception.ts";
import { kindOf, quote, type ReportAt } from "./finding.ts";
import { isObject, textOf } from "./shape.ts";

const plainTypes = ["match", "match_any", "exists", "wildcard"] as const;
const entryTypes: readonly string[] = [...plainTypes, "list", "nested"];

/** An entry as the API has it; `undefined`, with an error, where something is wrong with it. */
export function readEntry(
  value: unknown,
  path: ValuePath,
  report: ReportAt,
): ExceptionEntry | undefined {
  const entry = readHead(value, path, report);
  if (entry === undefined) return undefined;
  const { raw, field } = entry;
  switch (raw.type) {
    case "list":
      return readListEntry(raw, field, path, report);
    case "nested": {
      const entries = readEntries(raw.entries, [...path, "entries"], report, readInnerEntry);
      return entries && { type: "nested", field, entries };
    }
    default:
      return readPlainEntry(raw, field, path, report);
  }
}

/** All entries of a list that has at least one; `undefined` where any is wrong. */
export function readEntries<Entry>(
  value: unknown,
  path: ValuePath,
  report: ReportAt,
  read: (value: unknown, path: ValuePath, report: ReportAt) => Entry | undefined,
): readonly Entry[] | undefined {
  if (value === undefined) {
    report(path, "exception/missing-field", "there are no `entries`");
    return undefined;
  }
  if (!Array.isArray(value) || value.length === 0) {
    report(path, "exception/bad-value", `\`entries\` is ${kindOf(value)}, expected entries`);
    return undefined;
  }
  const found = value.map((entry, index) => read(entry, [...path, index], report));
  const entries = found.filter((entry) => entry !== undefined);
  return entries.length === value.length ? entries : undefined;
}

interface Head {
  readonly raw: RawObject;
  readonly field: string;
}

function readHead(value: unknown, path: ValuePath, report: ReportAt): Head | undefined {
  if (!isObject(value)) {
    report(path, "exception/bad-value", `an entry is ${kindOf(value)}, expected an object`);
    return undefined;
  }
  const field = textOf(value.field);
  if (field === undefined) reportText(value.field, "field", [...path, "field"], report);
  if (value.type === undefined) {
    report([...path, "type"], "exception/missing-field", "the entry has no `type`");
  } else if (typeof value.type !== "string" || !entryTypes.includes(value.type)) {
    const message = `there are no entries of type ${kindOf(value.type)}`;
    report([...path, "type"], "exception/bad-value", message, {
      hint: `the types are ${entryTypes.join(", ")}`,
    });
    return undefined;
  }
  return field === undefined || value.type === undefined ? undefined : { raw: value, field };
}

function readInnerEntry(value: unknown, path: ValuePath, report: ReportAt): PlainEntry | undefined {
  const entry = readHead(value, path, report);
  if (entry === undefined) return undefined;
  const { type } = entry.raw;
  if (type !== "list" && type !== "nested") {
    return readPlainEntry(entry.raw, entry.field, path, report);
  }
  const message = `a \`nested\` entry holds no entries of type \`${type}\``;
  report([...path, "type"], "exception/bad-value", message);
  return undefined;
}

function readPlainEntry(
  raw: RawObject,
  field: string,
  path: ValuePath,
  report: ReportAt,
): PlainEntry | undefined {
  const operator = readOperator(raw, path, report);
  const { type } = raw;
  const at = [...path, "value"];
  switch (type) {
    case "match":
    case "wildcard": {
      const value = readText(raw.value, at, report);
      return value === undefined ? undefined : operator && { type, field, operator, value };
    }
    case "match_any": {
      const values = readValues(raw.value, at, report);
      return operator && values && { type, field, operator, values };
    }
    default:
      return operator && { type: "exists", field, operator };
  }
}

function readListEntry(
  raw: RawObject,
  field: string,
  path: ValuePath,
  report: ReportAt,
): ListEntry | undefined {
  const operator = readOperator(raw, path, report);
  const list = isObject(raw.list) ? raw.list : {};
  const at = [...path, "list"];
  const id = textOf(list.id);
  if (id === undefined) reportText(list.id, "list.id", [...at, "id"], report);
  const type = valueListTypes.find((each) => each === list.type);
  if (list.type !== undefined && type === undefined) {
    const message = `value lists of type ${kindOf(list.type)} are not supported`;
    const hint = `supported types are ${valueListTypes.join(", ")}`;
    report([...at, "type"], "exception/bad-value", message, { hint });
    return undefined;
  }
  return operator && id ? { type: "list", field, operator, list: listOf(id, type) } : undefined;
}

function listOf(id: string, type: ValueListType | undefined): ListEntry["list"] {
  return type === undefined ? { id } : { id, type };
}

function readOperator(
  { operator }: RawObject,
  path: ValuePath,
  report: ReportAt,
): "included" | "excluded" | undefined {
  if (operator === "included" || operator === "excluded") return operator;
  const at = [...path, "operator"];
  if (operator === undefined) {
    report(at, "exception/missing-field", "the entry has no `operator`");
  } else {
    const message = `\`operator\` is ${kindOf(operator)}, expected \`included\` or \`excluded\``;
    report(at, "exception/bad-value", message);
  }
  return undefined;
}

function readValues(
  value: unknown,
  path: ValuePath,
  report: ReportAt,
): readonly string[] | undefined {
  if (!Array.isArray(value) || value.length === 0) {
    report(
      path,
      value === undefined ? "exception/missing-field" : "exception/bad-value",
      value === undefined
        ? "the entry has no `value`"
        : `\`value\` is ${kindOf(value)}, expected a list of texts`,
    );
    return undefined;
  }
  const texts = value.map((each, index) => readText(each, [...path, index], report));
  const sound = texts.filter((text) => text !== undefined);
  return sound.length === texts.length ? sound : undefined;
}

/** Numbers, true and false count as their text, as in the API's answer to a file that has them so. */
function readText(value: unknown, path: ValuePath, report: ReportAt): string | undefined {
  const isScalar = typeof value === "number" || typeof value === "boolean";
  const text = isScalar ? String(value) : textOf(value);
  if (text === undefined) reportText(value, "value", path, report);
  return text;
}

function reportText(value: unknown, name: string, path: ValuePath, report: ReportAt): void {
  if (value === undefined) {
    report(path, "exception/missing-field", `the entry has no ${quote(name)}`);
  } else {
    report(path, "exception/bad-value", `${quote(name)} is ${kindOf(value)}, expected a text`);
  }
}
