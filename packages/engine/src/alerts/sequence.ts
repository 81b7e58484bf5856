import type { EventDocument } from "@harrier/lang/match";
import { type EpochNanos, formatInstant } from "@harrier/lang/values";
import type { AlertDocument, Ancestor } from "./alert.ts";
import { ancestorsOf, descendsFrom } from "./ancestry.ts";
import { buildAlertFields, buildBody, keepOfSource } from "./build.ts";
import { sequenceBlockIds, sequenceShellId } from "./ids.ts";
import { intersectDocuments } from "./intersect.ts";
import { timeOf } from "./lookup.ts";
import { reasonText } from "./reason.ts";
import type { AlertContext, AlertSource } from "./source.ts";
import { type AlertSuppression, suppressionFields } from "./suppression.ts";

/** The alerts of one sequence or sample. */
export interface SequenceAlerts {
  /** What the analyst sees. */
  readonly shell: AlertDocument;
  /** One building block alert for each event, in the order of the query. */
  readonly blocks: readonly AlertDocument[];
}

/**
 * The alerts of a sequence, made at `created` (detection-semantics 3.5). A null event stands for a
 * missing event: it has no block and takes no part in what the events have in common (Kibana makes
 * an empty block of it and the shell loses all its fields, kibana#168708). Undefined when some event
 * descends from an alert of the same rule. Mappings and overrides do not apply to sequences.
 */
export function buildSequenceAlerts(
  context: AlertContext,
  events: readonly (AlertSource | null)[],
  created: EpochNanos,
  suppression?: AlertSuppression,
): SequenceAlerts | undefined {
  const { rule } = context;
  const sources = events.filter((event) => event !== null);
  const ancestorsOfBlocks = sources.map(ancestorsOf);
  if (ancestorsOfBlocks.some((ancestors) => descendsFrom(ancestors, rule))) return undefined;
  const own = { severity: rule.severity, riskScore: rule.riskScore, name: rule.name };

  const ids = sequenceBlockIds(ancestorsOfBlocks, rule);
  const kept = sources.map((source) => keepOfSource(source, context));
  const bodies = sources.map((source, place) =>
    buildBody(context, source, kept[place] ?? {}, ancestorsOfBlocks[place] ?? [], created, own),
  );
  const shellAncestors = bodies.flatMap((body, place): readonly Ancestor[] => [
    ...body["kibana.alert.ancestors"],
    {
      id: ids[place] ?? "",
      index: "",
      type: "signal",
      depth: body["kibana.alert.depth"],
      rule: rule.id,
    },
  ]);
  const shellId = sequenceShellId(shellAncestors, rule);
  const common = intersectDocuments(kept);
  const lastTime = latest(sources.map(({ document }) => timeOf(document)));

  const shell: AlertDocument = {
    "@timestamp": formatInstant(created),
    ...common,
    ...buildAlertFields(context, shellAncestors, created, own),
    "kibana.alert.reason": reasonText(common, own.severity, own.name),
    // Elastic has the creation time here, that of the first block. The last event's time says when it happened.
    ...(lastTime === undefined ? {} : { "kibana.alert.original_time": formatInstant(lastTime) }),
    ...(sources.every(({ isIndexListed }) => isIndexListed)
      ? {}
      : { "harrier.alert.index_listed": false }),
    ...(rule.isBuildingBlock ? { "kibana.alert.building_block_type": "default" as const } : {}),
    ...(suppression === undefined ? {} : suppressionFields(suppression, rule)),
    "kibana.alert.uuid": shellId,
    "kibana.alert.group.id": shellId,
  };
  const blocks = bodies.map(
    (body, place): AlertDocument => ({
      ...body,
      "kibana.alert.uuid": ids[place] ?? "",
      "kibana.alert.building_block_type": "default",
      "kibana.alert.group.id": shellId,
      "kibana.alert.group.index": place,
    }),
  );
  return { shell, blocks };
}

/** What the events of a sequence have in common: what its shell keeps of them. */
export function commonOf(
  context: AlertContext,
  events: readonly (AlertSource | null)[],
): EventDocument {
  const sources = events.filter((event) => event !== null);
  return intersectDocuments(sources.map((source) => keepOfSource(source, context)));
}

function latest(times: readonly (EpochNanos | undefined)[]): EpochNanos | undefined {
  return times.reduce(
    (last, time) => (time !== undefined && (last === undefined || time > last) ? time : last),
    undefined,
  );
}
