import { fieldValues } from "@harrier/lang/match";
import type { FieldPath } from "@harrier/lang/values";
import type { Confidence } from "../formats/format.ts";
import { cloudSources } from "./cloud/index.ts";
import type { ReadonlyFields } from "./fields.ts";
import { auditd } from "./linux/audit/index.ts";
import { syslogSource } from "./linux/syslog.ts";
import { windowsSources } from "./shapes/index.ts";
import type { FoundSource, Source } from "./source.ts";

/** The sources of events that are not ECS yet. Of those that are equally sure, the first one counts. */
export const sources: readonly Source[] = [
  ...windowsSources,
  auditd,
  syslogSource,
  ...cloudSources,
];

/** Answers without an allocation for each event. */
const found = sources.map((source): Readonly<Record<Confidence, FoundSource>> => {
  const known = (confidence: Confidence): FoundSource => ({
    source,
    known: { name: source.name, confidence },
  });
  return { certain: known("certain"), likely: known("likely"), possible: known("possible") };
});

/** Keys that only events of the sources have at their top level: an event with one is not ECS yet, or may not be. */
export const sourceKeys: readonly string[] = sources.flatMap(({ keys, fields }) =>
  fields === undefined ? keys : [],
);

/** What tells events of the other sources, whose keys ECS documents have, too. */
export const sourceFields: readonly NonNullable<Source["fields"]>[] = sources.flatMap(
  ({ fields }) => fields ?? [],
);

/** Whether an event with these fields may be of one of the sources. */
export function hasSourceFields(
  { has, lacks }: NonNullable<Source["fields"]>,
  hasValue: (field: FieldPath) => boolean,
): boolean {
  return has.every(hasValue) && !lacks.some(hasValue);
}

/** The surest source of an event; `undefined` for ECS documents and everything that we take for one. */
export function sourceOf(raw: ReadonlyFields): FoundSource | undefined {
  let likely: FoundSource | undefined;
  let possible: FoundSource | undefined;
  for (let index = 0; index < sources.length; index += 1) {
    const source = sources[index];
    const answers = found[index];
    if (source === undefined || answers === undefined || !mayBe(raw, source)) continue;
    const confidence = source.recognise(raw);
    if (confidence === "certain") return answers.certain;
    if (confidence === "likely") likely ??= answers.likely;
    if (confidence === "possible") possible ??= answers.possible;
  }
  return likely ?? possible;
}

function mayBe(raw: ReadonlyFields, { keys, fields }: Source): boolean {
  for (const key of keys) {
    if (raw[key] === undefined) continue;
    return (
      fields === undefined || hasSourceFields(fields, (field) => fieldValues(raw, field).length > 0)
    );
  }
  return false;
}
