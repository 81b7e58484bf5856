import type { CannotFireReason } from "../../detect/index.ts";

const valuesShown = 3;
const reasonsShown = 3;

/** Why a rule cannot fire, as a sentence without a full stop. Each reason holds; together they are enough. */
export function cannotFireText(reasons: readonly CannotFireReason[]): string {
  const shown = reasons.slice(0, reasonsShown).map(lackText);
  const hidden = reasons.length - shown.length;
  if (hidden > 0) shown.push(`${hidden} other things`);
  return shown.length === 0 ? "no event can ever match" : `no event has ${shown.join(" nor ")}`;
}

function lackText({ field, values = [] }: CannotFireReason): string {
  if (values.length === 0) return `the field ${field}`;
  return field === "_index" ? `an index like ${listText(values)}` : `${field} ${listText(values)}`;
}

function listText(values: readonly string[]): string {
  const shown = values.slice(0, valuesShown).join(" or ");
  return values.length > valuesShown ? `${shown} or ${values.length - valuesShown} others` : shown;
}
