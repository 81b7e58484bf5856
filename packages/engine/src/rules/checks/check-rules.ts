import type { Diagnostic } from "@harrier/lang/text";
import type { Rule } from "../rule.ts";
import { checkAttackIds } from "./attack-ids.ts";
import type { RuleCheck } from "./check.ts";
import { checkNames } from "./duplicate-names.ts";
import { checkSchedule } from "./schedule.ts";
import { checkKeys } from "./unknown-keys.ts";

/** Each looks at one rule by itself. */
const checks: readonly RuleCheck[] = [checkKeys, checkSchedule, checkAttackIds];

/** What is doubtful about rules that run, apart from their queries. In the order of the rules. */
export function checkRules(rules: readonly Rule[]): readonly Diagnostic[] {
  return [...rules.flatMap((rule) => checks.flatMap((check) => check(rule))), ...checkNames(rules)];
}
