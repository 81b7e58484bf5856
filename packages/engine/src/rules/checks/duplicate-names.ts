import type { Diagnostic } from "@harrier/lang/text";
import type { Rule } from "../rule.ts";
import { finding } from "./check.ts";

/** Rules that have the name of another one: alerts can't be told apart by it. Ids are checked when rules are loaded. */
export function checkNames(rules: readonly Rule[]): readonly Diagnostic[] {
  const first = new Map<string, Rule>();
  return rules.flatMap((rule) => {
    const name = rule.name.trim().toLowerCase();
    const other = first.get(name);
    if (other === undefined) {
      first.set(name, rule);
      return [];
    }
    const message = `another rule has this name: ${other.ruleId}`;
    const label = { span: other.spanOf(["name"]), message: "here" };
    return [
      { ...finding(rule, ["name"], "warning", "rule/duplicate-name", message), labels: [label] },
    ];
  });
}
