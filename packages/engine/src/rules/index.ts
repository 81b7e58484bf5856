/** Detection rules: their types, and reading them from files. */
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
