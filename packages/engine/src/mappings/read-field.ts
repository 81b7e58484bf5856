import { ecsSchema } from "@harrier/lang/ecs";
import type { Diagnostic } from "@harrier/lang/text";
import type { FieldType } from "@harrier/lang/values";
import {
  type DateFormat,
  isTimezone,
  type MappedField,
  type MappedType,
  type MappedValue,
  parseDateFormat,
} from "../ingest/index.ts";
import { readCondition } from "./read-condition.ts";
import type { TableReader } from "./table-reader.ts";

const types = ["text", "number", "boolean", "ip", "date"] as const satisfies readonly MappedType[];

/** One `[[field]]`; `undefined` with a finding where it cannot be used. */
export function readField(
  table: TableReader,
  report: (diagnostic: Diagnostic) => void,
): MappedField | undefined {
  const to = readTarget(table);
  const from = table.texts("from");
  const value = readValue(table, "value");
  const mapped = readTableOfValues(table);
  const otherwise = readValue(table, "otherwise");
  const asked = table.word("type", types);
  const zone = table.text("zone");
  const year = table.whole("year");
  const formats = table.texts("format");
  const split = table.text("split");
  const where = readCondition(table, "where", report);
  table.finish();
  if (zone !== undefined && !isTimezone(zone)) {
    const hint = "write an offset like +02:00, or a name like Europe/Berlin";
    table.report("zone", { code: "map/bad-value", message: `there is no time zone ${zone}`, hint });
    return undefined;
  }
  if (from.length > 0 === (value !== undefined)) {
    const message = "a field has either `from`, where its value is, or `value`, a constant";
    table.report(undefined, { code: "map/missing-key", message });
    return undefined;
  }
  if (to === undefined) return undefined;
  const type = asked ?? (formats.length > 0 ? "date" : typeFor(ecsSchema.typeOf(to)));
  return {
    to,
    from,
    value,
    type,
    formats: type === "date" ? readFormats(table, formats, year) : [],
    zone,
    table: mapped,
    otherwise,
    split,
    where,
  };
}

function readTarget(table: TableReader): string | undefined {
  const to = table.text("to");
  if (to === undefined) {
    const message = "a field has no `to`: the name it gets";
    if (!table.keys.includes("to")) table.report(undefined, { code: "map/missing-key", message });
    return undefined;
  }
  if (!/^[\w@][\w@-]*(\.[\w@-]+)*$/.test(to)) {
    table.report("to", { code: "map/bad-value", message: `\`${to}\` is no name of a field` });
    return undefined;
  }
  if (ecsSchema.typeOf(to) === undefined) {
    const [similar] = ecsSchema.similarTo(to);
    table.report("to", {
      severity: "warning",
      code: "map/unknown-field",
      message: `no schema names the field \`${to}\``,
      ...(similar !== undefined && { hint: `did you mean \`${similar}\`?` }),
    });
  }
  return to;
}

/** The type that the field's values must have. */
function typeFor(type: FieldType | undefined): MappedType {
  switch (type) {
    case "long":
    case "double":
      return "number";
    case "boolean":
    case "ip":
      return type;
    case "date":
    case "date_nanos":
      return "date";
    default:
      return "text";
  }
}

function readFormats(
  table: TableReader,
  formats: readonly string[],
  year: number | undefined,
): readonly DateFormat[] {
  if (formats.length === 0) return [{ kind: "iso" }];
  return formats.flatMap((text) => {
    const format = parseDateFormat(text, year);
    if (typeof format !== "string") return [format];
    table.report("format", { code: "map/bad-value", message: format });
    return [];
  });
}

function readValue(table: TableReader, key: string): MappedValue | undefined {
  const value = table.value(key);
  if (value === undefined) return undefined;
  const read = mappedValue(value);
  if (read === undefined) {
    const message = `\`${key}\` is a text, a number, true, false, or a list of them`;
    table.report(key, { code: "map/bad-value", message });
  }
  return read;
}

function mappedValue(value: unknown): MappedValue | undefined {
  if (!Array.isArray(value)) return isScalar(value) ? value : undefined;
  return value.length > 0 && value.every(isScalar) ? value : undefined;
}

function isScalar(value: unknown): value is string | number | boolean {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}

function readTableOfValues(table: TableReader): Readonly<Record<string, MappedValue>> | undefined {
  const values = table.table("table");
  if (values === undefined) return undefined;
  const entries = values.keys.flatMap((key) => {
    const value = readValue(values, key);
    return value === undefined ? [] : [[key, value] as const];
  });
  return Object.fromEntries(entries);
}
