import type { EventDocument } from "@harrier/lang/match";
import type { Rule } from "../rules/index.ts";
import type { Ancestor } from "./alert.ts";
import { isObject, valueAt } from "./lookup.ts";
import type { AlertSource } from "./source.ts";

/** Whether a document is itself an alert, of this program or of Elastic's (`signal` is the name before 8.0). */
function isAlert(document: EventDocument): boolean {
  return (
    typeof valueAt(document, "kibana.alert.uuid") === "string" ||
    isObject(valueAt(document, "signal"))
  );
}

/** The chain that leads to an alert on this source: the source's own ancestors, then the source. */
export function ancestorsOf(source: AlertSource): readonly Ancestor[] {
  const { document, id, index } = source;
  if (!isAlert(document)) return [{ id, index, type: "event", depth: 0 }];
  const depth = valueAt(document, "kibana.alert.depth");
  const rule = valueAt(document, "kibana.alert.rule.uuid");
  const parent: Ancestor = {
    id,
    index,
    type: "signal",
    depth: typeof depth === "number" ? depth : 1,
    ...(typeof rule === "string" ? { rule } : {}),
  };
  return [...readAncestors(valueAt(document, "kibana.alert.ancestors")), parent];
}

/** One more than the deepest ancestor: 1 for an alert on an event. */
export function depthBelow(ancestors: readonly Ancestor[]): number {
  return 1 + ancestors.reduce((deepest, ancestor) => Math.max(deepest, ancestor.depth), 0);
}

/** A rule that reads alerts must not feed on its own. */
export function descendsFrom(ancestors: readonly Ancestor[], rule: Rule): boolean {
  return ancestors.some((ancestor) => ancestor.rule === rule.id);
}

function readAncestors(value: unknown): readonly Ancestor[] {
  const entries: readonly unknown[] = Array.isArray(value) ? value : [value];
  return entries.filter(isObject).map((entry) => ({
    id: typeof entry.id === "string" ? entry.id : "",
    index: typeof entry.index === "string" ? entry.index : "",
    type: entry.type === "signal" ? "signal" : "event",
    depth: typeof entry.depth === "number" ? entry.depth : 0,
    ...(typeof entry.rule === "string" ? { rule: entry.rule } : {}),
  }));
}
