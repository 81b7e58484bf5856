import { ecsSchema } from "@harrier/lang/ecs";
import { fieldValues } from "@harrier/lang/match";
import { RuleCoverage, type RulePossibility } from "../detect/index.ts";
import { FieldInventory, type FieldReport, type IngestedEvent } from "../ingest/index.ts";
import type { RuleFailure } from "../rules/index.ts";
import { type CompiledRules, loadAndCompile, type RuleRequest } from "./compile-rules.ts";
import { type IngestRequest, type IngestSummary, writeEvents } from "./ingest.ts";

export interface FieldsRequest extends RuleRequest, IngestRequest {
  /** Called once, before any event is read. What it throws ends the work. */
  readonly onRules?: (rules: CompiledRules) => void;
}

/** Which fields arrive from where, and what the rules make of that. */
export interface FieldsReport {
  /** By name. */
  readonly fields: readonly FieldReport[];
  /** There were more fields than are told apart. */
  readonly isCut: boolean;
  /** Events by source, in the order of their first one. */
  readonly sources: readonly { readonly name: string; readonly events: number }[];
  readonly rules: readonly RulePossibility[];
  readonly ruleFailures: readonly RuleFailure[];
  readonly summary: IngestSummary;
}

/** Reads events and tells their fields, and which of the rules could fire on them. */
export async function surveyFields(request: FieldsRequest): Promise<FieldsReport> {
  const compiled = await loadAndCompile(request);
  request.onRules?.(compiled);
  const { rules, failures } = compiled;
  const inventory = new FieldInventory();
  const coverage = new RuleCoverage(rules, {
    schema: ecsSchema,
    folding: request.folding ?? "unicode",
  });
  const summary = await writeEvents(request, (event) => {
    inventory.add(event.document, originOf(event));
    if (rules.length > 0) coverage.see(event);
  });
  return {
    fields: inventory.report(),
    isCut: inventory.isCut,
    sources: [...inventory.sources].map(([name, events]) => ({ name, events })),
    rules: coverage.judge(),
    ruleFailures: failures,
    summary,
  };
}

/** Where an event comes from, as rules name it: its dataset, else what it was recognised as. */
function originOf({ document, source }: IngestedEvent): string {
  const [dataset] = fieldValues(document, "event.dataset");
  return typeof dataset === "string" ? dataset : (source?.name ?? "unknown");
}
