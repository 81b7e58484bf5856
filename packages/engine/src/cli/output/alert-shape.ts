import type { AlertDocument } from "../../alerts/index.ts";
import type { Colors } from "../terminal.ts";
import { decisiveText } from "./decisive-text.ts";
import { fieldCell, fieldText, readField } from "./fields.ts";
import type { RecordShape } from "./format.ts";
import { severityWidth, styleSeverity } from "./severity.ts";
import type { Column, Layout } from "./table.ts";

/** Columns of `csv` where `--fields` names none. */
const csvFields: readonly string[] = [
  "kibana.alert.original_time",
  "kibana.alert.severity",
  "kibana.alert.risk_score",
  "kibana.alert.rule.name",
  "kibana.alert.rule.rule_id",
  "host.name",
  "user.name",
  "process.executable",
  "process.command_line",
  "kibana.alert.reason",
  "kibana.alert.uuid",
];

/** Alerts as they are: whole documents, and the table that people read. */
export const alertShape: RecordShape<AlertDocument> = {
  json: (alert) => alert,
  csv: csvFields.map((field) => ({ title: field, value: (alert) => fieldCell(alert, field) })),
  layout: alertLayout,
};

/** Alerts cut to some fields, in the order given; an absent field is null. */
export function fieldsShape(fields: readonly string[]): RecordShape<AlertDocument> {
  return {
    json: (alert) => Object.fromEntries(fields.map((field) => [field, readField(alert, field)])),
    csv: fields.map((field) => ({ title: field, value: (alert) => fieldCell(alert, field) })),
    layout: () => ({
      columns: fields.map((field) => ({
        title: field,
        value: (alert) => fieldText(alert, field),
        maxLines: 3,
        ...(field === "@timestamp" || field.endsWith("_time") ? timeWidth : {}),
      })),
    }),
  };
}

/** `2026-03-04T09:15:22.123Z`; nanoseconds are never cut, they move the row. */
const timeWidth = { width: 24, whole: true };

/** When the event happened, as precisely as its source says. Where it has no time, when the alert was made. */
function timeOf(alert: AlertDocument): string {
  return alert["kibana.alert.original_time"] ?? alert["@timestamp"];
}

/** One line an alert on a wide terminal; on narrower ones what decided gets the lines below. */
function alertLayout(width: number, colors: Colors): Layout<AlertDocument> {
  const time: Column<AlertDocument> = { title: "TIME", value: timeOf, ...timeWidth };
  const severity: Column<AlertDocument> = {
    title: "SEVERITY",
    width: severityWidth,
    value: (alert) => alert["kibana.alert.severity"],
    style: (text, alert) => styleSeverity(colors, text, alert["kibana.alert.severity"]),
  };
  const rule: Column<AlertDocument> = {
    title: "RULE",
    value: (alert) => alert["kibana.alert.rule.name"],
    style: (text) => colors.bold(text),
    maxLines: 2,
  };
  const host: Column<AlertDocument> = { title: "HOST", width: 16, value: fieldReader("host.name") };
  const user: Column<AlertDocument> = { title: "USER", width: 14, value: fieldReader("user.name") };

  if (width >= 150) {
    const what = { title: "WHAT", value: decisiveText, maxLines: 2, share: 2 };
    return { columns: [time, severity, rule, host, user, what] };
  }
  if (width >= 100) {
    const below = { title: "WHAT", value: decisiveText, maxLines: 2 };
    return { columns: [time, severity, rule, host, user], below };
  }
  const rest = {
    title: "HOST  USER  WHAT",
    value: (alert: AlertDocument) =>
      [fieldText(alert, "host.name"), fieldText(alert, "user.name"), decisiveText(alert)]
        .filter((text) => text !== "")
        .join("  "),
    maxLines: 2,
  };
  if (width >= 60) return { columns: [time, severity, rule], below: rest };
  return {
    columns: [severity, rule],
    below: {
      title: "TIME  HOST  USER  WHAT",
      value: (alert) => `${timeOf(alert)}  ${rest.value(alert)}`,
      maxLines: 3,
    },
  };
}

function fieldReader(field: string): (alert: AlertDocument) => string {
  return (alert) => fieldText(alert, field);
}
