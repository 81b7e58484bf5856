/** Detection rules: their types, and reading them from files. */
export {
  type AttackTechnique,
  attackNotice,
  attackPlatforms,
  attackVersion,
  findTechnique,
  tactics as attackTactics,
} from "./attack/attack.ts";
export {
  type Coverage,
  type CoverageCell,
  type CoverageColumn,
  coverageOf,
} from "./attack/coverage.ts";
export { checkRules } from "./checks/check-rules.ts";
export { durationText, windowMsOf } from "./checks/schedule.ts";
export type { RawObject } from "./classify.ts";
export type { ClauseChange } from "./diff/clause.ts";
export { diffRuleSets, type RuleChange, type RuleSetDiff } from "./diff/diff-rule-sets.ts";
export type { FieldChange } from "./diff/field-change.ts";
export type { Stretch } from "./diff/lines.ts";
export { mergeRule, type RuleMerge } from "./diff/merge-rule.ts";
export type { MergeSide } from "./diff/merge-values.ts";
export { headOf } from "./fields.ts";
export { findRuleFiles, findTestFiles, isTestFile, relativeRulePath, rulePathOf } from "./find.ts";
export { loadRules } from "./load.ts";
export { type FileContents, type LoadedRule, loadFile, readRuleText } from "./load-file.ts";
export { embedText } from "./offset-map.ts";
export type { ParsedValue, ValuePath } from "./parsed-file.ts";
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
export { type KnownAlert, readKnownAlerts } from "./tests/known-alerts.ts";
export { type ReadTestFile, readTestFile } from "./tests/read-test-file.ts";
export type {
  EventSource,
  Expectation,
  ExpectedAlert,
  RuleTestCase,
  RuleTestFile,
} from "./tests/test-file.ts";
export { parseToml } from "./toml.ts";
export { writeNdjson } from "./write/json.ts";
export { findLosses, lossReasons, type WritingLoss } from "./write/losses.ts";
export { formatTomlValue, writeToml } from "./write/toml.ts";
export { type WritableRules, writeRules, writeTomlRule } from "./write/write-rules.ts";
