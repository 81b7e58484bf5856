import { fieldsOf, type Predicate } from "@harrier/lang/ir";
import type { EventDocument } from "@harrier/lang/match";
import { eventIdentity, type IngestedEvent } from "../ingest/index.ts";

const names: ReadonlySet<string> = new Set(["_id", "_index"]);

/** Whether a condition asks what an event is called, which is not in its document. */
export function readsIdentity(conditions: readonly Predicate[]): boolean {
  return conditions.some((condition) => fieldsOf(condition).some(({ path }) => names.has(path)));
}

/** The document with `_id` and `_index` as if they were fields of it; alerts call the event by the same names. */
export function withIdentity(event: IngestedEvent): EventDocument {
  const { id, index } = eventIdentity(event);
  return { ...event.document, _id: id, _index: index };
}
