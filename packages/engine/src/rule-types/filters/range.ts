import { compareOnField, type Field, type Predicate, type RangePredicate } from "@harrier/lang/ir";
import type { RawObject, ValuePath } from "../../rules/index.ts";
import { readConstant, reportMisfit } from "./constant.ts";
import type { CompileClause, FilterContext } from "./context.ts";
import { resolveField } from "./field.ts";
import { checkOptions, readFieldClause } from "./field-clause.ts";
import { isObject, quote, rejectValue } from "./shape.ts";

const operators = { gt: ">", gte: ">=", lt: "<", lte: "<=" } as const;
type OperatorKey = keyof typeof operators;
const bounds = ["gt", "gte", "lt", "lte", "from", "to"] as const;
type BoundKey = (typeof bounds)[number];
const others = ["include_lower", "include_upper", "format", "time_zone", "relation"];

/** One value between all bounds. Without bounds any value will do. */
export const compileRange: CompileClause = (body, path, context) => {
  const clause = readFieldClause(body, path, context);
  if (clause === undefined) return undefined;
  const { name, what: options } = clause;
  if (!isObject(options))
    return rejectValue(clause.path, options, "an object with bounds", context);
  const isSound =
    checkOptions(options, [...bounds, ...others], clause.path, context) &&
    isPlainTime(options, clause.path, context);
  const resolved = resolveField(name, clause.path, context);
  if (!isSound || resolved === undefined) return undefined;
  const { field, place } = resolved;
  if (field.type === "text") {
    const message = `${quote(name)} is a text, which has no order`;
    context.report(clause.path, "filter/unusable-field", message);
    return undefined;
  }
  const given = bounds.filter((key) => options[key] !== undefined && options[key] !== null);
  if (given.length === 0) return place({ kind: "exists", field });
  const compared = given.map((key) => compareBound(field, key, options, clause.path, context));
  const sides = compared.filter((side) => side !== undefined);
  return sides.length < compared.length ? undefined : place(joinSides(field, sides));
};

function compareBound(
  field: Field,
  key: BoundKey,
  options: RawObject,
  path: ValuePath,
  context: FilterContext,
): RangePredicate | undefined {
  const place = [...path, key];
  const constant = readConstant(options[key], place, context);
  if (constant === undefined) return undefined;
  const outcome = compareOnField(field, operators[operatorOf(key, options)], constant, context.now);
  const predicate = reportMisfit(outcome, place, context);
  return predicate?.kind === "range" ? predicate : undefined;
}

/** `from` and `to` are the old spelling; both ends belong to it unless it says otherwise. */
function operatorOf(key: BoundKey, options: RawObject): OperatorKey {
  if (key === "from") return options.include_lower === false ? "gt" : "gte";
  if (key === "to") return options.include_upper === false ? "lt" : "lte";
  return key;
}

/** Of two bounds on one side the last counts, as in a search. */
function joinSides(field: Field, sides: readonly RangePredicate[]): Predicate {
  const above = sides.findLast((side) => side.above !== undefined)?.above;
  const below = sides.findLast((side) => side.below !== undefined)?.below;
  return {
    kind: "range",
    field,
    ...(above === undefined ? {} : { above }),
    ...(below === undefined ? {} : { below }),
  };
}

const knownFormats: ReadonlySet<string> = new Set([
  "date_optional_time",
  "epoch_millis",
  "strict_date_optional_time",
  "strict_date_optional_time_nanos",
]);
const knownZones: ReadonlySet<string> = new Set(["UTC", "Z", "Zulu", "GMT", "Etc/UTC", "+00:00"]);

/** Whether dates are spelled in the usual ways and in UTC. */
function isPlainTime(options: RawObject, path: ValuePath, { report }: FilterContext): boolean {
  const { format, time_zone: zone } = options;
  const isKnownFormat =
    format === undefined ||
    String(format)
      .split("||")
      .every((name) => knownFormats.has(name));
  const isKnownZone = zone === undefined || knownZones.has(String(zone));
  const refuse = (key: string, value: unknown) => {
    const message = `\`${key}\` is ${quote(String(value))}, which is not supported`;
    report([...path, key], "filter/unsupported", message);
  };
  if (!isKnownFormat) refuse("format", format);
  if (!isKnownZone) refuse("time_zone", zone);
  return isKnownFormat && isKnownZone;
}
