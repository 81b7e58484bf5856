import { type Fields, setField } from "../../fields.ts";
import type { Source } from "../../source.ts";
import { hostIdOf } from "../../windows/host.ts";
import { coalesceRecords } from "./coalesce.ts";
import { buildAuditDocument } from "./document.ts";
import { readAuditHeader, readAuditRecord } from "./record.ts";

export { type AuditHeader, readAuditHeader } from "./record.ts";

/** What the reader of audit logs gives as a raw event: the lines of the records of one event. */
export interface AuditLines {
  readonly audit_records: readonly string[];
}

/** Events of the Linux audit system, as Auditbeat and the integration auditd_manager make them of the records. */
export const auditd: Source = {
  name: "Linux audit",
  keys: ["audit_records"],
  recognise: (raw) => (linesOf(raw.audit_records).length > 0 ? "certain" : undefined),
  datasets: ["auditd_manager.auditd"],
  read: (raw) => {
    const lines = linesOf(raw.audit_records);
    const records = lines.flatMap((line) => {
      const header = readAuditHeader(line);
      return header === undefined ? [] : [{ header, record: readAuditRecord(line, header) }];
    });
    const event = coalesceRecords(records.map(({ record }) => record));
    const document: Fields = event === undefined ? {} : buildAuditDocument(event);
    const header = records[0]?.header;
    setField(document, "event.sequence", Number(header?.serial.split(":")[1]));
    setField(document, "event.module", "auditd_manager");
    setField(document, "event.dataset", "auditd_manager.auditd");
    document.data_stream = { type: "logs", dataset: "auditd_manager.auditd", namespace: "default" };
    setField(document, "host.os.type", "linux");
    if (header?.node !== undefined) {
      setField(document, "host.name", header.node);
      setField(document, "host.hostname", header.node);
      setField(document, "host.id", hostIdOf(header.node));
    }
    const time = header && { epochMs: header.epochMs, finer: "", zone: "utc" as const };
    return { kind: "document", document, ...(time !== undefined && { time }) };
  },
};

function linesOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((line) => typeof line === "string") : [];
}
