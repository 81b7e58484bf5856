import type { Confidence } from "../formats/format.ts";
import type { ReadonlyFields } from "./fields.ts";
import { cloudSources } from "./cloud/index.ts";
import { auditd } from "./linux/audit/index.ts";
import { windowsSources } from "./shapes/index.ts";
import type { FoundSource, Source } from "./source.ts";

/** The sources of events that are not ECS yet. Of those that are equally sure, the first one counts. */
const sources: readonly Source[] = [...windowsSources, auditd, ...cloudSources];

/** Answers without an allocation for each event. */
const found = sources.map((source): Readonly<Record<Confidence, FoundSource>> => {
  const known = (confidence: Confidence): FoundSource => ({
    source,
    known: { name: source.name, confidence },
  });
  return { certain: known("certain"), likely: known("likely"), possible: known("possible") };
});

/** The top-level keys without one of which no event is asked for its source: it is ECS, or taken for it. */
export const sourceKeys: ReadonlySet<string> = new Set(sources.flatMap(({ keys }) => keys));

/** The surest source of an event; `undefined` for ECS documents and everything that we take for one. */
export function sourceOf(raw: ReadonlyFields): FoundSource | undefined {
  let likely: FoundSource | undefined;
  let possible: FoundSource | undefined;
  for (let index = 0; index < sources.length; index += 1) {
    const source = sources[index];
    const answers = found[index];
    if (source === undefined || answers === undefined || !hasOne(raw, source.keys)) continue;
    const confidence = source.recognise(raw);
    if (confidence === "certain") return answers.certain;
    if (confidence === "likely") likely ??= answers.likely;
    if (confidence === "possible") possible ??= answers.possible;
  }
  return likely ?? possible;
}

function hasOne(raw: ReadonlyFields, keys: readonly string[]): boolean {
  for (const key of keys) if (raw[key] !== undefined) return true;
  return false;
}
