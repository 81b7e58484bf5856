import type { InputFinding, InputReport } from "../../ingest/index.ts";
import type { Colors } from "../terminal.ts";
import type { RecordShape } from "./format.ts";
import type { Layout, Note } from "./table.ts";
import { countOf, formatCount } from "./units.ts";

/** What was found in each input. */
export const inputShape: RecordShape<InputReport> = {
  json: (report) => ({
    input: report.input,
    format: report.format ?? null,
    format_confidence: report.confidence ?? null,
    sources: report.sources,
    events: report.events,
    events_with_time: report.eventsWithTime,
    first_time: report.firstTime ?? null,
    last_time: report.lastTime ?? null,
    local_times: report.localTimes.map(({ offsetMs, events }) => ({
      offset: offsetMs === null ? null : offsetText(offsetMs),
      events,
    })),
    odd_times: report.oddTimes,
    lost_fields: report.lostFields,
    findings: report.findings.map(({ input: _, ...finding }) => finding),
    findings_total: report.findingsTotal,
  }),
  csv: [
    { title: "input", value: ({ input }) => input },
    { title: "format", value: ({ format }) => format },
    { title: "format_confidence", value: ({ confidence }) => confidence },
    { title: "source", value: ({ sources }) => sources.map(({ name }) => name).join("\n") },
    { title: "events", value: ({ events }) => events },
    { title: "events_with_time", value: ({ eventsWithTime }) => eventsWithTime },
    { title: "first_time", value: ({ firstTime }) => firstTime },
    { title: "last_time", value: ({ lastTime }) => lastTime },
    { title: "clock", value: (report) => clockText(report) },
    { title: "odd_times", value: ({ oddTimes }) => oddTimes },
    {
      title: "lost_fields",
      value: ({ lostFields }) => lostFields.map(({ field }) => field).join("\n"),
    },
    {
      title: "findings",
      value: ({ findings }) => findings.map(({ message }) => message).join("\n"),
    },
    { title: "findings_total", value: ({ findingsTotal }) => findingsTotal },
  ],
  layout: inputLayout,
};

/** What events are called that no source knows as its own, and that do not look like ECS. */
const unknownSource = "unknown";
/** Lost fields that are named; the rest is counted. */
const lostShown = 8;
const findingsShown = 3;

function inputLayout(_width: number, colors: Colors): Layout<InputReport> {
  return {
    columns: [
      { title: "INPUT", share: 1.4, value: ({ input }) => input, maxLines: 3 },
      {
        title: "FORMAT",
        width: 14,
        value: formatText,
        style: (text, { format }) => (format === undefined ? colors.yellow(text) : text),
      },
      {
        title: "SOURCE",
        value: sourceText,
        style: (text, { sources: [first] }) =>
          first?.name === unknownSource ? colors.yellow(text) : text,
        maxLines: 3,
      },
      { title: "EVENTS", width: 10, value: ({ events }) => formatCount(events), alignRight: true },
    ],
    notes: (report) => [
      { label: "sources", text: sourcesText(report), maxLines: 3 },
      { label: "time", text: timeText(report), maxLines: 2 },
      { label: "clock", text: clockText(report), maxLines: 2 },
      { label: "odd", text: oddText(report), style: colors.yellow, maxLines: 2 },
      { label: "lost", text: lostText(report), maxLines: 3 },
      ...findingNotes(report, colors),
    ],
  };
}

/** `-`: it could not be opened. */
function formatText({ format, confidence, findings }: InputReport): string {
  if (format === undefined) {
    return findings.some(({ code }) => code === "unknown-format") ? "unknown" : "-";
  }
  return `${format}, ${confidence ?? "as told"}`;
}

function sourceText({ sources: [first], events }: InputReport): string {
  if (first === undefined || events === 0) return "-";
  return first.name === unknownSource ? first.name : `${first.name}, ${first.confidence}`;
}

function sourcesText({ sources }: InputReport): string {
  if (sources.length < 2) return "";
  return sources
    .map(({ name, confidence, events }) => `${name} ${formatCount(events)} (${confidence})`)
    .join(", ");
}

function timeText({ events, eventsWithTime, firstTime, lastTime }: InputReport): string {
  if (events === 0) return "";
  if (firstTime === undefined) return "no event has a time";
  const share = eventsWithTime === events ? "" : `${percent(eventsWithTime, events)} have one: `;
  return `${share}${firstTime} to ${lastTime}`;
}

/** Never 100% where some are missing. */
function percent(part: number, whole: number): string {
  return `${Math.floor((part * 1000) / whole) / 10}%`;
}

function clockText({ localTimes }: InputReport): string {
  return localTimes
    .map(({ offsetMs, events }) => {
      const count = countOf(events, "local time");
      return offsetMs === null
        ? `${count} taken for UTC: nothing tells the zone, --timezone names it`
        : `${count} of UTC${offsetText(offsetMs)}, put right`;
    })
    .join("; ");
}

function offsetText(offsetMs: number): string {
  const minutes = Math.round(Math.abs(offsetMs) / 60_000);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${offsetMs < 0 ? "-" : "+"}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

function oddText({ oddTimes }: InputReport): string {
  return oddTimes === 0 ? "" : `${countOf(oddTimes, "time")} before 2000 or in the future`;
}

function lostText({ lostFields }: InputReport): string {
  const shown = lostFields
    .slice(0, lostShown)
    .map(({ field, events }) => `${field} ${formatCount(events)}`);
  const more = lostFields.length - shown.length;
  return more > 0 ? `${shown.join(", ")} and ${countOf(more, "more field")}` : shown.join(", ");
}

function findingNotes({ findings, findingsTotal }: InputReport, colors: Colors): readonly Note[] {
  const shown = findings.slice(0, findingsShown);
  const notes = shown.map((finding, place) => ({
    label: place === 0 ? "findings" : "",
    text: findingText(finding),
    style: colors.yellow,
    maxLines: 3,
  }));
  const more = findingsTotal - shown.length;
  if (more === 0) return notes;
  return [...notes, { label: "", text: `and ${formatCount(more)} more`, maxLines: 1 }];
}

function findingText({ position, message, hint, sample }: InputFinding): string {
  const place = position === undefined ? "" : `at ${formatCount(position)}: `;
  const shown = sample === undefined ? "" : `: ${sample}`;
  return `${place}${message}${shown}${hint === undefined ? "" : ` (${hint})`}`;
}
