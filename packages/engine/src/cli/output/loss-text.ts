import { lossReasons, type WritingLoss } from "../../rules/index.ts";
import { countOf } from "./units.ts";

/** What was not written as it was read: for all rules together, or rule by rule. Not yet made visible. */
export function lossLines(losses: readonly WritingLoss[], isEach: boolean): readonly string[] {
  if (isEach) {
    return losses.map(
      ({ rule, path, reason }) => `${rule.name}: \`${path.join(".")}\` ${lossReasons[reason]}`,
    );
  }
  const groups = new Map<string, { readonly loss: WritingLoss; readonly rules: Set<string> }>();
  for (const loss of losses) {
    const key = `${loss.reason} ${nameOf(loss)}`;
    const group = groups.get(key) ?? { loss, rules: new Set() };
    groups.set(key, group);
    group.rules.add(loss.rule.ruleId);
  }
  return [...groups.values()].map(
    ({ loss, rules }) =>
      `\`${nameOf(loss)}\` of ${countOf(rules.size, "rule")} ${lossReasons[loss.reason]}`,
  );
}

/** Tables by their names; of values inside a rule only the parameter. */
function nameOf({ path }: WritingLoss): string {
  return String(path[0] ?? "");
}
