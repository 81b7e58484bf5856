/** Detection rules: their types, and reading them from files. */
export type { RawObject } from "./classify.ts";
export { loadRules } from "./load.ts";
export type { ValuePath } from "./parsed-file.ts";
export { readSource } from "./read-source.ts";
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
export type { FileObject, RuleFailure, RuleSet } from "./rule-set.ts";
