import { type Predicate, walkPredicate } from "@harrier/lang/ir";
import type { Random } from "../scripts/random.ts";

/** Fields that have one of a few values on nearly every event: another word there would make a rule that never matches. */
const broadFields = /^(?:event|host|agent|data_stream|network|user)\.|code_signature|\.type$/;

/**
 * The condition with other words in its names, paths and patterns, as another rule of the same kind would have: of each
 * list some stay, and what a rule says about sources and categories stays, too.
 */
export function mutateCondition(condition: Predicate, random: Random): Predicate {
  switch (condition.kind) {
    case "all":
    case "any":
      return {
        kind: condition.kind,
        of: condition.of.map((part) => mutateCondition(part, random)),
      };
    case "not":
      return { kind: "not", of: mutateCondition(condition.of, random) };
    case "equals":
      return broadFields.test(condition.field.path) || !isText(condition.field.type)
        ? condition
        : {
            ...condition,
            values: condition.values.map((value) =>
              typeof value === "string" ? mutateText(value, random) : value,
            ),
          };
    case "wildcard":
      return broadFields.test(condition.field.path)
        ? condition
        : { ...condition, patterns: condition.patterns.map((each) => mutateText(each, random)) };
    default:
      return condition;
  }
}

/** How many leaves a condition has. */
export function countLeaves(condition: Predicate): number {
  let count = 0;
  walkPredicate(condition, () => {
    count += 1;
  });
  return count;
}

/** Two letters put into the longest piece between wildcards, seven times of ten. */
function mutateText(text: string, random: Random): string {
  if (!random.chance(0.7)) return text;
  const pieces = text.split(/([*?]+)/);
  const longest = pieces.reduce(
    (best, piece, index) =>
      /[*?]/.test(piece) || piece.length <= (pieces[best]?.length ?? 0) ? best : index,
    0,
  );
  return pieces
    .map((piece, index) => {
      if (index !== longest) return piece;
      const at = random.below(piece.length + 1);
      return piece.slice(0, at) + letter(random) + letter(random) + piece.slice(at);
    })
    .join("");
}

function letter(random: Random): string {
  return String.fromCharCode(0x61 + random.below(26));
}

function isText(type: string): boolean {
  return type === "keyword" || type === "unknown" || type === "text";
}
