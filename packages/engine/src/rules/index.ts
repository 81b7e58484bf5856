/** Detection rules: their types, and reading them from files. */
export { loadRules } from "./load.ts";
export {
  type Rule,
  type RuleOrigin,
  type RuleType,
  ruleTypes,
  type Severity,
  severities,
  type Threat,
  type ThreatReference,
} from "./rule.ts";
export type { RuleFailure, RuleSet } from "./rule-set.ts";
