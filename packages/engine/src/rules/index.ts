/** Detection rules: their types, and reading them from files. */
export type { RawObject } from "./classify.ts";
export { loadRules } from "./load.ts";
export type { ValuePath } from "./parsed-file.ts";
export { readSource } from "./read-source.ts";
export {
  type ExceptionListReference,
  type NewTerms,
  type RiskScoreMapping,
  type Rule,
  type RuleOrigin,
  type RuleSuppression,
  type RuleType,
  ruleTypes,
  type Severity,
  type SeverityMapping,
  severities,
  type Threat,
  type ThreatMapping,
  type ThreatMatch,
  type ThreatReference,
  type Threshold,
} from "./rule.ts";
export type { FileObject, RuleFailure, RuleSet } from "./rule-set.ts";
