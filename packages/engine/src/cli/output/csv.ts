import { visibleCell } from "./terminal-text.ts";

/** One cell. Several values of a field are lines of the cell. */
export type CsvValue = string | number | bigint | boolean | undefined;

/**
 * One record of RFC 4180, CR LF included.
 *
 * Two things differ from the values as they were read; who needs those takes `ndjson`:
 * - a text that a spreadsheet would run as a formula (it begins with `=`, `+`, `-`, `@`, their full-width
 *   forms, a tab, CR or LF) gets an apostrophe in front, which spreadsheets do not show; numbers do not;
 * - control and direction characters other than tab, CR and LF are escapes, as in tables.
 */
export function csvRecord(values: readonly CsvValue[]): string {
  return `${values.map(csvCell).join(",")}\r\n`;
}

function csvCell(value: CsvValue): string {
  if (value === undefined) return "";
  if (typeof value !== "string") return String(value);
  const visible = visibleCell(value);
  const guarded = /^[=+\-@\t\r\n＝＋－＠]/.test(visible) ? `'${visible}` : visible;
  return /[",\r\n]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}
