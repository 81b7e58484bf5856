import type { EventDocument } from "@harrier/lang/match";
import { isObject } from "./lookup.ts";

/** Where an alert keeps what it replaces or what would be taken for its own. */
const keptUnder = [
  ["event", "kibana.alert.original_event"],
  ["data_stream", "kibana.alert.original_data_stream"],
] as const;

/** The event's `event.*` and `data_stream.*` as flat alert fields, values as they are. */
export function copyOriginal(document: EventDocument): EventDocument {
  return Object.fromEntries(
    keptUnder.flatMap(([root, target]) =>
      Object.entries(document)
        .filter(([key]) => key === root || key.startsWith(`${root}.`))
        .flatMap(([key, value]) => flatten(value, target + key.slice(root.length))),
    ),
  );
}

/** The document without what alerts have of their own: `@timestamp`, and `event.kind` in whichever way it is spelled. */
export function withoutReplaced(document: EventDocument): EventDocument {
  return Object.fromEntries(
    Object.entries(document).flatMap(([key, value]): readonly (readonly [string, unknown])[] => {
      if (key === "@timestamp" || key === "event.kind") return [];
      if (key !== "event") return [[key, value]];
      const rest = Array.isArray(value) ? value.map(withoutKind) : withoutKind(value);
      return isObject(rest) && Object.keys(rest).length === 0 ? [] : [[key, rest]];
    }),
  );
}

function withoutKind(value: unknown): unknown {
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([key]) => key !== "kind"));
}

function flatten(value: unknown, path: string): readonly (readonly [string, unknown])[] {
  if (!isObject(value)) return [[path, value]];
  return Object.entries(value).flatMap(([key, inner]) => flatten(inner, `${path}.${key}`));
}
