import { compareText } from "@harrier/lang/values";
import type { CannotFireReason } from "../../detect/index.ts";

const valuesShown = 3;
const reasonsShown = 3;

/**
 * Why a rule cannot fire, as a sentence without a full stop: nothing of what its reasons name was seen. The
 * same set of reasons gives the same text, so that rules can be grouped by it.
 */
export function cannotFireText(reasons: readonly CannotFireReason[]): string {
  const [first] = reasons;
  if (first?.what === "indicators") return lackingIndicatorsText(first, reasons);
  const texts = mergeFields(reasons).map(lackText);
  const shown = texts.slice(0, reasonsShown);
  const hidden = texts.length - shown.length;
  if (hidden > 0) shown.push(`${hidden} other things`);
  return shown.length === 0 ? "no event can ever match" : `no event has ${shown.join(" nor ")}`;
}

function lackingIndicatorsText(
  { field }: CannotFireReason,
  reasons: readonly CannotFireReason[],
): string {
  if (field === "threat_index")
    return "no indicators were read; --indicators names files with some";
  if (field === "threat_query") return "no indicator meets the rule's threat_query";
  return `no indicator has ${mergeFields(reasons).map(lackText).join(" nor ")}`;
}

/** One reason a field, with the values of all. */
function mergeFields(reasons: readonly CannotFireReason[]): readonly CannotFireReason[] {
  const merged = new Map<string, CannotFireReason>();
  for (const reason of reasons) {
    const key = `${reason.values === undefined} ${reason.field}`;
    const values = [...(merged.get(key)?.values ?? []), ...(reason.values ?? [])];
    merged.set(
      key,
      values.length === 0 ? reason : { ...reason, values: [...new Set(values)].sort() },
    );
  }
  return [...merged.values()].sort(
    (first, second) =>
      kinds.indexOf(first.what) - kinds.indexOf(second.what) ||
      compareText(first.field, second.field),
  );
}

/** What explains most first: a kind of event that is missing, then data, then a field. */
const kinds: readonly CannotFireReason["what"][] = ["category", "source", "field", "indicators"];

function lackText({ field, values = [] }: CannotFireReason): string {
  if (values.length === 0) return `the field ${field}`;
  return field === "_index" ? `an index like ${listText(values)}` : `${field} ${listText(values)}`;
}

function listText(values: readonly string[]): string {
  const shown = values.slice(0, valuesShown).join(" or ");
  return values.length > valuesShown ? `${shown} or ${values.length - valuesShown} others` : shown;
}
