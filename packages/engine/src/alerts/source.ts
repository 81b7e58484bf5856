import type { Schema } from "@harrier/lang/ecs";
import type { EventDocument } from "@harrier/lang/match";
import type { Rule } from "../rules/index.ts";

/** The event an alert is about. */
export interface AlertSource {
  readonly document: EventDocument;
  /** `_id` of the event, or a hash of its content. */
  readonly id: string;
  /** `_index` of the event, or what stands for it. */
  readonly index: string;
  /** Whether the rule's index patterns name the event's index; true for a rule without patterns. */
  readonly isIndexListed: boolean;
}

/** What all alerts of a rule have in common. Made once for each rule. */
export interface AlertContext {
  readonly rule: Rule;
  /** The rule as alerts carry it: `kibana.alert.rule.*`. */
  readonly ruleFields: Readonly<Record<string, unknown>>;
  /** Types of the fields that must hold in an alert; ECS. */
  readonly schema: Schema;
}
