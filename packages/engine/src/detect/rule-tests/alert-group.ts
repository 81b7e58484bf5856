import type { AlertDocument } from "../../alerts/index.ts";
import { eventIdentity, type IngestedEvent } from "../../ingest/index.ts";

/** An alert as an analyst counts it: a sequence is one, with its blocks in their order. */
export interface AlertGroup {
  readonly alert: AlertDocument;
  readonly blocks: readonly AlertDocument[];
}

/** Puts blocks to their shells, which keep the order in which the hunt gave them. */
export function groupAlerts(documents: readonly AlertDocument[]): readonly AlertGroup[] {
  const isBlock = (each: AlertDocument): boolean => each["kibana.alert.group.index"] !== undefined;
  const blocks = documents.filter(isBlock);
  return documents
    .filter((each) => !isBlock(each))
    .map((alert) => {
      const group = alert["kibana.alert.group.id"];
      const own = blocks.filter(
        (block) => group !== undefined && block["kibana.alert.group.id"] === group,
      );
      return { alert, blocks: own.sort((left, right) => placeOf(left) - placeOf(right)) };
    });
}

/**
 * The places of an alert's events in a list, from 1: of a sequence in the order of its steps, of a threshold those that
 * were counted. 0 stands for an event that is not in the list, such as another alert.
 */
export function placesOf(
  { alert, blocks }: AlertGroup,
  events: readonly IngestedEvent[],
): readonly number[] {
  const places = new Map(events.map((event, index) => [keyOf(eventIdentity(event)), index + 1]));
  const sources =
    alert["harrier.alert.events"] ??
    (blocks.length > 0 ? blocks : [alert]).map((each) => each["kibana.alert.ancestors"].at(-1));
  return sources.map((each) => (each === undefined ? 0 : (places.get(keyOf(each)) ?? 0)));
}

function keyOf({ id, index }: { readonly id: string; readonly index: string }): string {
  return `${index} ${id}`;
}

function placeOf(block: AlertDocument): number {
  return block["kibana.alert.group.index"] ?? -1;
}
