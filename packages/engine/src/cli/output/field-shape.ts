import { ecsSchema } from "@harrier/lang/ecs";
import type { FieldReport } from "../../ingest/index.ts";
import type { Colors } from "../terminal.ts";
import type { RecordShape } from "./format.ts";
import type { Layout } from "./table.ts";
import { formatCount } from "./units.ts";

/** Fields of events, and where they come from. */
export const fieldShape: RecordShape<FieldReport> = {
  json: (report) => ({
    field: report.field,
    events: report.events,
    types: report.types,
    known: isKnown(report),
    known_type: ecsSchema.typeOf(report.field) ?? null,
    sources: report.sources,
    example: report.example,
  }),
  csv: [
    { title: "field", value: ({ field }) => field },
    { title: "events", value: ({ events }) => events },
    { title: "types", value: ({ types }) => types.join("\n") },
    { title: "known_type", value: ({ field }) => ecsSchema.typeOf(field) },
    { title: "sources", value: ({ sources }) => sources.map(({ name }) => name).join("\n") },
    { title: "example", value: ({ example }) => example },
  ],
  layout: fieldLayout,
};

function isKnown({ field }: FieldReport): boolean {
  return ecsSchema.typeOf(field) !== undefined;
}

const sourcesShown = 2;

function fieldLayout(width: number, colors: Colors): Layout<FieldReport> {
  const sources = {
    title: "SOURCES",
    share: 0.8,
    value: sourcesText,
    maxLines: 2,
  };
  const example = {
    title: "EXAMPLE",
    value: ({ example }: FieldReport) => example,
    style: colors.dim,
  };
  return {
    columns: [
      {
        title: "FIELD",
        share: 1.2,
        value: ({ field }) => field,
        // A rule that tests it by a schema's name for it does not find it.
        style: (text, report) => (isKnown(report) ? text : colors.yellow(text)),
        maxLines: 3,
      },
      { title: "EVENTS", width: 9, value: ({ events }) => formatCount(events), alignRight: true },
      { title: "TYPE", width: 8, value: typeText },
      ...(width >= 100 ? [sources, example] : [sources]),
    ],
  };
}

function typeText(report: FieldReport): string {
  return ecsSchema.typeOf(report.field) ?? `${report.types[0] ?? ""}?`;
}

function sourcesText({ sources }: FieldReport): string {
  const shown = sources
    .slice(0, sourcesShown)
    .map(({ name, events }) => `${name} ${formatCount(events)}`);
  const more = sources.length - shown.length;
  return more > 0 ? `${shown.join(", ")}, +${more}` : shown.join(", ");
}
