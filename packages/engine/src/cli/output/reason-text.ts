import type { CannotFireReason, RuleOutcome } from "../../detect/index.ts";

const valuesShown = 3;

/** Why a rule cannot fire, to the end of "no event ...". */
export function cannotFireText({ what, field, values }: CannotFireReason): string {
  const list = listText(values ?? []);
  switch (what) {
    case "category":
      return list === "" ? `no event has a category (${field})` : `no event has ${field} ${list}`;
    case "source":
      return list === "" ? `no event says its source (${field})` : `no event comes from ${list}`;
    case "field":
      return list === "" ? `no event has the field ${field}` : `no event has ${field} ${list}`;
    default: {
      const never: never = what;
      return never;
    }
  }
}

function listText(values: readonly string[]): string {
  const shown = values.slice(0, valuesShown).join(" or ");
  return values.length > valuesShown ? `${shown} or ${values.length - valuesShown} others` : shown;
}

/** The reason that explains the others best: a whole kind of event that is missing, then a field. */
export function mainReason(
  outcome: RuleOutcome & { readonly kind: "cannot-fire" },
): CannotFireReason | undefined {
  const order = ["source", "category", "field"] as const;
  return order
    .map((what) => outcome.reasons.find((reason) => reason.what === what))
    .find((reason) => reason !== undefined);
}
