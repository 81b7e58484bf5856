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

/** An alert as it is printed. A sequence's shell may have its blocks with it, which say more than the shell can. */
export interface AlertRecord {
  readonly alert: AlertDocument;
  readonly blocks: readonly AlertDocument[];
}

/** Alerts as they are: whole documents, and the table that people read. */
export const alertShape: RecordShape<AlertRecord> = {
  json: ({ alert }) => alert,
  csv: csvFields.map((field) => ({ title: field, value: ({ alert }) => fieldCell(alert, field) })),
  layout: alertLayout,
};

/** Alerts cut to some fields, in the order given; an absent field is null. */
export function fieldsShape(fields: readonly string[]): RecordShape<AlertRecord> {
  return {
    json: ({ alert }) =>
      Object.fromEntries(fields.map((field) => [field, readField(alert, field)])),
    csv: fields.map((field) => ({ title: field, value: ({ alert }) => fieldCell(alert, field) })),
    layout: () => ({
      columns: fields.map((field) => ({
        title: field,
        value: ({ alert }) => fieldText(alert, field),
        maxLines: 3,
        ...(field === "@timestamp" || field.endsWith("_time") ? timeWidth : {}),
      })),
    }),
  };
}

/** `2026-03-04T09:15:22.123Z`; nanoseconds are never cut, they move the row. */
const timeWidth = { width: 24, whole: true };

/** When the event happened, as precisely as its source says. Where it has no time, when the alert was made. */
function timeOf({ alert }: AlertRecord): string {
  return alert["kibana.alert.original_time"] ?? alert["@timestamp"];
}

/** One line an alert on a wide terminal; on narrower ones what decided gets the lines below. */
function alertLayout(width: number, colors: Colors): Layout<AlertRecord> {
  const time: Column<AlertRecord> = { title: "TIME", value: timeOf, ...timeWidth };
  const severity: Column<AlertRecord> = {
    title: "SEVERITY",
    width: severityWidth,
    value: ({ alert }) => alert["kibana.alert.severity"],
    style: (text, { alert }) => styleSeverity(colors, text, alert["kibana.alert.severity"]),
  };
  const rule: Column<AlertRecord> = {
    title: "RULE",
    value: ({ alert }) => alert["kibana.alert.rule.name"],
    style: (text) => colors.bold(text),
    maxLines: 2,
  };
  const host: Column<AlertRecord> = { title: "HOST", width: 16, value: fieldReader("host.name") };
  const user: Column<AlertRecord> = { title: "USER", width: 14, value: fieldReader("user.name") };

  if (width >= 150) {
    const what = { title: "WHAT", value: whatText, maxLines: 2, share: 2 };
    return { columns: [time, severity, rule, host, user, what] };
  }
  if (width >= 100) {
    const below = { title: "WHAT", value: whatText, maxLines: 2 };
    return { columns: [time, severity, rule, host, user], below };
  }
  const rest = {
    title: "HOST  USER  WHAT",
    value: (record: AlertRecord) =>
      [fieldText(record.alert, "host.name"), fieldText(record.alert, "user.name"), whatText(record)]
        .filter((text) => text !== "")
        .join("  "),
    maxLines: 3,
  };
  if (width >= 60) return { columns: [time, severity, rule], below: rest };
  return {
    columns: [severity, rule],
    below: {
      title: "TIME  HOST  USER  WHAT",
      value: (record) => `${timeOf(record)}  ${rest.value(record)}`,
      maxLines: 3,
    },
  };
}

/** A sequence is told by its events, one after another. */
function whatText({ alert, blocks }: AlertRecord): string {
  return (blocks.length === 0 ? [alert] : blocks).map(decisiveText).join(" → ");
}

function fieldReader(field: string): (record: AlertRecord) => string {
  return ({ alert }) => fieldText(alert, field);
}
