import { isIP } from "node:net";
import { type Fields, setField } from "../fields.ts";
import { setResource } from "./azure-resource.ts";
import { relate } from "./field-rows.ts";
import { move, take } from "./tree.ts";

/** Nanoseconds in a millisecond. */
const nano = 1_000_000;

/**
 * What all Azure logs have in common; `tree` is the record on its way to `azure.<log>`, and values that move
 * leave it.
 */
export function mapAzureRecord(tree: Fields, document: Fields): void {
  setField(document, "cloud.provider", "azure");
  for (const key of ["time", "Time"]) take(tree, key);
  setResource(document, take(tree, "resourceId") ?? take(tree, "resource_id"));
  const duration = Number(take(tree, "durationMs") ?? take(tree, "duration_ms") ?? Number.NaN);
  if (Number.isFinite(duration)) setField(document, "event.duration", duration * nano);
  move(tree, "operationName", "operation_name");
  move(tree, "operationVersion", "operation_version");
  move(tree, "resultType", "result_type");
  move(tree, "resultSignature", "result_signature");
  setField(document, "event.action", tree.operation_name);
  const correlation = take(tree, "correlationId") ?? take(tree, "correlation_id");
  setField(document, "azure.correlation_id", correlation);
}

/** The address that a call came from; one that is none only as text. */
export function setCaller(tree: Fields, document: Fields, isClient = true): void {
  const address = take(tree, "callerIpAddress");
  if (typeof address !== "string") return;
  const isAddress = isIP(address) > 0;
  setField(document, isAddress ? "source.ip" : "source.address", address);
  if (!isAddress || !isClient) return;
  setField(document, "client.ip", address);
  relate(document, "related.ip", address);
}

/** `event.outcome` of words that mean one; others are none. */
export function setOutcome(document: Fields, ...words: readonly unknown[]): void {
  for (const word of words) {
    const outcome = typeof word === "string" ? word.toLowerCase() : "";
    if (outcomes.has(outcome)) {
      setField(document, "event.outcome", outcome);
      return;
    }
  }
}

const outcomes: ReadonlySet<string> = new Set(["success", "failure"]);

/** Categories of the old activity log whose name says what was done. */
const typesByCategory: ReadonlyMap<unknown, string> = new Map([
  ["write", "change"],
  ["read", "access"],
  ["delete", "deletion"],
  ["action", "change"],
]);

export function setTypeOfCategory(tree: Fields, document: Fields): void {
  const { category } = tree;
  const type =
    typeof category === "string" ? typesByCategory.get(category.toLowerCase()) : undefined;
  if (type !== undefined) setField(document, "event.type", [type]);
}
