import { createHash } from "node:crypto";
import type { IngestedEvent } from "./event.ts";

/** What `index` is where nothing says where the event would be stored. */
const anyIndex = "events";

/**
 * A name for the event that stays the same whenever and from wherever it is read: `_id` and `_index`
 * of the input; else 128 bits of SHA-256 over the raw event with sorted keys, and the data stream.
 * Two events with the same content are the same event.
 */
export function eventIdentity(event: Pick<IngestedEvent, "id" | "index" | "storedIndex" | "raw">): {
  id: string;
  index: string;
} {
  const id = event.id ?? hashOf(event.raw);
  return { id, index: event.storedIndex ?? event.index ?? anyIndex };
}

function hashOf(value: unknown): string {
  const digest = createHash("sha256").update(canonicalJson(value)).digest();
  return digest.subarray(0, 16).toString("base64url");
}

/** JSON without blanks, keys in the order of their UTF-16 units. Nesting is bounded by the reader. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`);
  return `{${members.join(",")}}`;
}
