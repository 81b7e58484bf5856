import type { EpochNanos, Literal } from "@harrier/lang/values";
import {
  type AlertDocument,
  type AlertExtras,
  type AlertSource,
  buildAlert,
  buildSequenceAlerts,
  buildThresholdAlert,
  type ThresholdGroup,
} from "../alerts/index.ts";
import type { Candidate, JoinedCandidate, Survivor, ThresholdCandidate } from "./candidates.ts";
import type { Crashes } from "./crashes.ts";
import type { Indicators } from "./indicators.ts";
import type { Ledger } from "./ledger.ts";
import { readInBatches, sourcesOf } from "./read-back.ts";
import type { Recorder } from "./recorder.ts";
import { creationAt } from "./windows.ts";

/** Where alerts are made of, and where they go. */
export interface Raising {
  readonly recorder: Recorder;
  readonly ledger: Ledger;
  readonly crashes: Crashes;
  readonly indicators: Indicators;
}

/** Reads the events of the candidates back and raises their alerts, in the order given. */
export async function raiseAlerts(
  survivors: readonly Survivor[],
  raising: Raising,
  isStopped: () => boolean,
): Promise<void> {
  const { recorder } = raising;
  const batches = readInBatches(survivors, ({ candidate }) => candidate, recorder);
  for await (const { batch, events } of batches) {
    for (const survivor of batch) {
      if (isStopped()) return;
      await raiseAlert(survivor, sourcesOf(survivor.candidate, events), raising);
    }
  }
}

type Sources = readonly (AlertSource | null)[];

async function raiseAlert(survivor: Survivor, sources: Sources, raising: Raising): Promise<void> {
  const { recorder, ledger, crashes } = raising;
  const { candidate } = survivor;
  const { running } = candidate.rule;
  const threat = await describeThreat(candidate, sources, raising);
  const raised = crashes.guard(running, () => build(survivor, sources, threat, recorder));
  if (raised !== undefined) await ledger.add(running, raised.alert, raised.blocks);
  else if (crashes.of(running) === undefined) ledger.ignoreOwnAlert();
}

/** The indicators that the event meets, looked for once more: of what was recorded only the event is known. */
async function describeThreat(
  candidate: Candidate,
  [source]: Sources,
  { indicators }: Raising,
): Promise<AlertExtras["threat"]> {
  if (candidate.kind !== "threat_match") return undefined;
  const { running } = candidate.rule;
  const document = source?.document ?? {};
  return indicators.describe(running, indicators.joinOf(running)?.find(document) ?? []);
}

interface Raised {
  readonly alert: AlertDocument;
  readonly blocks?: readonly AlertDocument[];
}

/** Undefined where the events descend from an alert of the same rule. */
function build(
  { candidate, suppression }: Survivor,
  sources: Sources,
  threat: AlertExtras["threat"],
  recorder: Recorder,
): Raised | undefined {
  const { context } = candidate.rule.running;
  const created = creationAt(candidate.tick);
  switch (candidate.kind) {
    case "event":
    case "threat_match":
    case "new_terms": {
      const [source] = sources;
      if (!source) return undefined;
      const alert = buildAlert(context, source, created, {
        ...(candidate.kind === "new_terms" ? { newTerms: recorder.keyOf(candidate.key) } : {}),
        ...(threat === undefined ? {} : { threat }),
        ...(suppression === undefined ? {} : { suppression }),
      });
      return alert && { alert };
    }
    case "joined":
      return buildJoined(candidate, sources, created, suppression);
    case "threshold": {
      const group = describeGroup(candidate, sources, recorder.keyOf(candidate.key), created);
      return { alert: buildThresholdAlert(context, group, created, suppression) };
    }
    default:
      return candidate satisfies never;
  }
}

function buildJoined(
  { rule, isBeyondWindow }: JoinedCandidate,
  sources: Sources,
  created: EpochNanos,
  suppression: Survivor["suppression"],
): Raised | undefined {
  const alerts = buildSequenceAlerts(rule.running.context, sources, created, suppression);
  if (alerts === undefined) return undefined;
  const { shell, blocks } = alerts;
  const alert = isBeyondWindow ? { ...shell, "harrier.alert.beyond_window": true as const } : shell;
  return { alert, blocks };
}

function describeGroup(
  { rule, count, distinct, first, time }: ThresholdCandidate,
  sources: Sources,
  key: readonly Literal[],
  created: EpochNanos,
): ThresholdGroup {
  const { plan } = rule.running;
  if (plan.kind !== "threshold") throw new Error("a group of a rule that counts none");
  const { groupBy, cardinality } = plan;
  const counted = sources.filter((source) => source !== null);
  return {
    terms: groupBy.map(({ path }, place) => ({ field: path, value: key[place] ?? null })),
    count,
    ...(cardinality === undefined || distinct === undefined
      ? {}
      : { cardinality: { field: cardinality.field.path, value: distinct } }),
    first: first ?? created,
    last: time ?? created,
    events: counted.map(({ id, index }) => ({ id, index })),
    isIndexListed: counted.every(({ isIndexListed }) => isIndexListed),
  };
}
