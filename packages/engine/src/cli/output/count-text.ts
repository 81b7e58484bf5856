import type { JoinKey } from "@harrier/lang/match";
import type {
  ComparedItem,
  CountExplanation,
  NewTermsCount,
  ThreatComparison,
  ThresholdCount,
} from "../../detect/index.ts";
import { literal } from "./clause-text.ts";
import { countOf } from "./units.ts";

/** What a rule counts or compares, a line for each group, value or event. `places` name the events; long lists show `limit`. */
export function countLines(
  counts: CountExplanation,
  places: readonly string[],
  limit: number,
): readonly string[] {
  switch (counts.kind) {
    case "threshold":
      return thresholdLines(counts, limit);
    case "new_terms":
      return newTermsLines(counts, places, limit);
    case "threat_match":
      return threatLines(counts, places);
    default:
      return counts satisfies never;
  }
}

function thresholdLines({ plan, groups }: ThresholdCount, limit: number): readonly string[] {
  const { groupBy, count, cardinality } = plan;
  const by = groupBy.map(({ path }) => path).join(", ");
  const distinct =
    cardinality === undefined
      ? ""
      : ` and ${countOf(cardinality.count, "value")} of ${cardinality.field.path}`;
  const what = by === "" ? "All events together need" : `Each group by ${by} needs`;
  const head = `${what} ${countOf(count, "event")}${distinct} in one window:`;
  const lines = groups.map((group) => {
    const mark = group.isEnough ? "yes" : "no";
    const name = by === "" ? "" : `${keyText(group.key)}: `;
    const values =
      group.distinct === undefined ? "" : `, ${countOf(group.distinct, "different value")}`;
    return `  ${mark.padEnd(5)}${name}${countOf(group.events.length, "event")}${values}`;
  });
  return groups.length === 0 ? [`${head} there is none.`] : [head, ...shorten(lines, limit)];
}

function newTermsLines(
  { plan, terms }: NewTermsCount,
  places: readonly string[],
  limit: number,
): readonly string[] {
  const fields = plan.fields.map(({ path }) => path).join(", ");
  if (terms.length === 0) return [`No event has a value of ${fields} that could be new.`];
  const head = `Values of ${fields} that raise an alert unless the history from ${plan.historyWindowStart} has them:`;
  const lines = terms.map(({ key, events: [first = 0, ...others] }) => {
    const more = others.length === 0 ? "" : ` and ${countOf(others.length, "other event")}`;
    return `  ${keyText(key)}: ${places[first] ?? ""}${more}`;
  });
  return [head, ...shorten(lines, limit)];
}

function threatLines({ events }: ThreatComparison, places: readonly string[]): readonly string[] {
  if (events.length === 0) return ["No event is compared with indicators."];
  return events.flatMap(({ place, items }) => [
    `${places[place] ?? ""} matches an indicator with:`,
    ...items.map((item, index) => `  ${index === 0 ? "" : "or "}${itemText(item)}`),
  ]);
}

function itemText(item: ComparedItem): string {
  const lacking = item.find(({ values, negate }) => values.length === 0 && !negate);
  if (lacking !== undefined) return `nothing: the event has no ${lacking.field}`;
  return item
    .map(({ indicatorField, values, negate }) => {
      const list = values.map((value) => literal(value)).join(" or ");
      if (!negate) return `${indicatorField} ${list}`;
      return values.length === 0 ? `any ${indicatorField}` : `${indicatorField} not ${list}`;
    })
    .join(" and ");
}

function keyText(key: JoinKey): string {
  return key.map((part) => literal(part)).join(", ");
}

function shorten(lines: readonly string[], limit: number): readonly string[] {
  if (lines.length <= limit + 1) return lines;
  return [...lines.slice(0, limit), `  … ${lines.length - limit} more`];
}
