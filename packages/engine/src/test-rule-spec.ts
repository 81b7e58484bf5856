/** What the tests of `spec/rules/` share: hunts as users start them, and the events of an alert by their names. */
import { readFileSync } from "node:fs";
import { Readable } from "node:stream";
import { fieldValues } from "@harrier/lang/match";
import type { AlertDocument } from "./alerts/index.ts";
import { type HuntReport, type HuntRequest, runHunt } from "./app.ts";
import type { AlertGroup } from "./detect/index.ts";
import { eventIdentity, openInputs, readEvents } from "./ingest/index.ts";

export interface SpecHunt {
  readonly documents: readonly AlertDocument[];
  readonly report: HuntReport;
}

/** A hunt over files, everything else as usual. */
export async function huntFiles(
  request: Pick<HuntRequest, "rulePaths" | "paths"> & Partial<HuntRequest>,
): Promise<SpecHunt> {
  const documents: AlertDocument[] = [];
  const report = await runHunt({
    strictFields: true,
    now: 0n,
    indices: "any",
    folding: "unicode",
    stdin: Readable.from([]),
    signal: new AbortController().signal,
    onAlert: (alert) => {
      documents.push(alert);
    },
    ...request,
  });
  return { documents, report };
}

/**
 * Tells the events of an alert: for a sequence in the order of its steps, for a threshold those that were
 * counted. An event that is an alert of the same hunt is called by its rule and events: `some-rule(event-1)`.
 */
export type EventNames = (group: AlertGroup) => readonly string[];

/** Names the events of files by their `event.id`, which must be there and differ. */
export async function nameEvents(
  paths: readonly string[],
  groups: readonly AlertGroup[],
): Promise<EventNames> {
  const names = new Map<string, string>();
  const inputs = await openInputs(paths, { stdin: Readable.from([]), onFinding: () => {} });
  for await (const batch of readEvents(inputs, { onFinding: () => {} })) {
    for (const event of batch) {
      const [name] = fieldValues(event.document, "event.id");
      if (typeof name !== "string") throw new Error("an event of a case has no event.id");
      names.set(keyOf(eventIdentity(event)), name);
    }
  }
  if (new Set(names.values()).size < names.size) throw new Error("two events have one event.id");
  const alerts = new Map(groups.map((group) => [group.alert["kibana.alert.uuid"], group]));
  const nameOf = (event: EventKey | undefined): string => {
    const name = event && names.get(keyOf(event));
    const alert = event && alerts.get(event.id);
    if (alert === undefined) return name ?? "?";
    return `${alert.alert["kibana.alert.rule.rule_id"]}(${namesOf(alert).join(", ")})`;
  };
  const namesOf: EventNames = ({ alert, blocks }) => {
    const counted = alert["harrier.alert.events"];
    if (counted !== undefined) return counted.map(nameOf);
    const sources = blocks.length > 0 ? blocks : [alert];
    return sources.map((each) => nameOf(each["kibana.alert.ancestors"].at(-1)));
  };
  return namesOf;
}

export function readText(path: string): string {
  return readFileSync(path, "utf8");
}

interface EventKey {
  readonly id: string;
  readonly index: string;
}

function keyOf({ id, index }: EventKey): string {
  return `${index} ${id}`;
}
