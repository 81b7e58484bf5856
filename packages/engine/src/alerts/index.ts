/**
 * The alert document: a matched event as an analyst gets it (detection-semantics 4).
 *
 * An alert on an event is the event, cleaned, with the alert's own fields over it. A sequence makes
 * one *block* for each of its events and a *shell* that holds what the blocks have in common; the
 * shell is the alert, the blocks are its evidence. Ids are hashes of the source events' ids and the
 * rule's, so the same event and rule always make the same alert.
 */
export type { AlertDocument, Ancestor } from "./alert.ts";
export { type AlertExtras, buildAlert } from "./build.ts";
export type { IndicatorMatch } from "./enrichments.ts";
export { firstValue, instantOf, timeOf, valueAt } from "./lookup.ts";
export { buildRuleFields, type RuleTypeNames } from "./rule-fields.ts";
export { buildSequenceAlerts, commonOf, type SequenceAlerts } from "./sequence.ts";
export type { AlertContext, AlertSource } from "./source.ts";
export { sourceEventOf } from "./source-event.ts";
export { type AlertSuppression, groupsInStore, type SuppressionTerm } from "./suppression.ts";
export { buildThresholdAlert, type ThresholdGroup } from "./threshold.ts";
