import type { Predicate } from "@harrier/lang/ir";
import {
  type EventDocument,
  type Explanation,
  evaluatePredicate,
  explainPredicate,
  type MatchOptions,
} from "@harrier/lang/match";
import type { ExceptionItem } from "../exceptions/index.ts";

/** An exception item of a rule, and the conditions that must all hold for it. */
export interface ItemConditions {
  readonly item: ExceptionItem;
  readonly conditions: readonly Predicate[];
}

/** What an item has to say about an event that the rule looks for. */
export interface ItemExplanation {
  readonly item: ExceptionItem;
  /** `holds`: the event does not count for the rule. `differs-in-case`: it would not, were case ignored. */
  readonly outcome: "holds" | "differs-in-case";
  readonly explanation: Explanation;
}

/** The items that hold for an event, and those that a letter in another case keeps from it. */
export function explainExceptions(
  items: readonly ItemConditions[],
  document: EventDocument,
  options: MatchOptions,
): readonly ItemExplanation[] {
  return items.flatMap(({ item, conditions }): ItemExplanation[] => {
    const holds = conditions.every((each) => evaluatePredicate(each, document, options));
    const differs =
      !holds && conditions.every((each) => evaluatePredicate(ignoreCase(each), document, options));
    if (!holds && !differs) return [];
    const condition: Predicate = { kind: "all", of: conditions };
    const explanation = explainPredicate(condition, document, options);
    return [{ item, outcome: holds ? "holds" : "differs-in-case", explanation }];
  });
}

/** The same condition for whoever does not care about case. What is negated stays: it would ask for more. */
function ignoreCase(predicate: Predicate): Predicate {
  switch (predicate.kind) {
    case "all":
    case "any":
      return { kind: predicate.kind, of: predicate.of.map(ignoreCase) };
    case "nested":
      return { ...predicate, of: ignoreCase(predicate.of) };
    case "equals":
    case "wildcard":
    case "regex":
      return { ...predicate, fold: true };
    default:
      return predicate;
  }
}
