/** What Harrier does, wired together: one function for each thing that a user can ask for. */
export { type BaselineReport, type BaselineRequest, runBaseline } from "./app/baseline.ts";
export {
  type CompiledRules,
  type ExceptionReport,
  loadAndCompile,
  type RuleRequest,
} from "./app/compile-rules.ts";
export {
  convertRules,
  type RuleConversion,
  type RuleFormat,
} from "./app/convert-rules.ts";
export type { EventRequest } from "./app/event-request.ts";
export { type ExplainReport, type ExplainRequest, runExplain } from "./app/explain.ts";
export {
  type AlertExplanation,
  type ExplainAlertsReport,
  type ExplainAlertsRequest,
  explainAlerts,
} from "./app/explain-alerts.ts";
export { type FieldsReport, type FieldsRequest, surveyFields } from "./app/fields.ts";
export { type HuntReport, type HuntRequest, runHunt } from "./app/hunt.ts";
export {
  type IngestRequest,
  type IngestSummary,
  surveyEvents,
  writeEvents,
} from "./app/ingest.ts";
export {
  type CaseResult,
  failureFinding,
  type RuleTestReport,
  type RuleTestRequest,
  runRuleTests,
} from "./app/rule-tests.ts";
