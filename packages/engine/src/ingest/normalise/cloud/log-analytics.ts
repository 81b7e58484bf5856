import { type Fields, putKey, type ReadonlyFields } from "../fields.ts";
import type { Source } from "../source.ts";
import { azureSources } from "./azure.ts";
import { o365 } from "./o365.ts";
import { cleanTree, parseTree, textAt } from "./tree.ts";

/** A table of Azure Log Analytics whose rows are records of a service in other words. */
interface LogTable {
  readonly name: string;
  /** Names of the table: the column `Type`. */
  readonly types: readonly string[];
  /** Columns that only its rows have, where the type was left out of the export. */
  readonly columns: readonly string[];
  readonly source: string;
  readonly record: (row: ReadonlyFields) => Fields;
}

const sources = new Map([...azureSources, o365].map((source) => [source.name, source]));

const tables: readonly LogTable[] = [
  {
    name: "Log Analytics, Entra ID audit log",
    types: ["AuditLogs"],
    columns: ["LoggedByService", "InitiatedBy"],
    source: "Entra ID audit log",
    record: (row) => recordOf(row, "AuditLogs"),
  },
  {
    name: "Log Analytics, Entra ID sign-in log",
    types: [
      "SigninLogs",
      "AADNonInteractiveUserSignInLogs",
      "AADServicePrincipalSignInLogs",
      "AADManagedIdentitySignInLogs",
    ],
    columns: ["UserPrincipalName", "ConditionalAccessStatus"],
    source: "Entra ID sign-in log",
    record: (row) =>
      recordOf(
        row,
        (textAt(row, "Type") ?? "SignInLogs").replace(/^AAD/, "").replace("Signin", "SignIn"),
      ),
  },
  {
    name: "Log Analytics, Microsoft 365 audit log",
    types: ["OfficeActivity"],
    columns: ["OfficeWorkload"],
    source: "Microsoft 365 audit log",
    record: officeRecord,
  },
];

/** Rows of Log Analytics (Sentinel) whose service has a source of its own. */
export const logAnalyticsSources: readonly Source[] = tables.map((table) => {
  const target = sources.get(table.source);
  if (target === undefined) throw new Error(`there is no source ${table.source}`);
  return {
    name: table.name,
    keys: ["TimeGenerated"],
    recognise: (raw) => {
      const type = textAt(raw, "Type");
      if (type !== undefined && table.types.includes(type)) return "certain";
      // Queries put other things into the column.
      return table.columns.every((column) => raw[column] !== undefined) ? "likely" : undefined;
    },
    read: (raw) => target.read(table.record(raw)),
  };
});

/** Columns of the envelope, which stand beside the properties. */
const envelope: ReadonlyMap<string, string> = new Map([
  ["TimeGenerated", "time"],
  ["ResourceId", "resourceId"],
  ["OperationName", "operationName"],
  ["OperationVersion", "operationVersion"],
  ["ResultType", "resultType"],
  ["ResultSignature", "resultSignature"],
  ["ResultDescription", "resultDescription"],
  ["DurationMs", "durationMs"],
  ["CallerIPAddress", "callerIpAddress"],
  ["CorrelationId", "correlationId"],
  ["Identity", "identity"],
  ["Level", "Level"],
  ["Location", "location"],
  ["AADTenantId", "tenantId"],
]);
/** What Log Analytics adds. */
const ownColumns: ReadonlySet<string> = new Set(
  "TenantId SourceSystem Type Resource ResourceGroup ResourceProvider MG _ResourceId".split(" "),
);

/** A row of diagnostic settings as they send it: an envelope with the properties in it. */
function recordOf(row: ReadonlyFields, category: string): Fields {
  const record: Fields = { category };
  const properties: Fields = {};
  for (const column of Object.keys(row)) {
    if (ownColumns.has(column)) continue;
    const value = readColumn(row[column]);
    if (value === undefined) continue;
    const name = envelope.get(column);
    if (name !== undefined) putKey(record, name, value);
    else putKey(properties, nameOfProperty(column), value);
  }
  record.properties = properties;
  return record;
}

function nameOfProperty(column: string): string {
  return column === "IPAddress" ? "ipAddress" : column.charAt(0).toLowerCase() + column.slice(1);
}

/** Objects and lists stand as text in JSON. */
function readColumn(value: unknown): unknown {
  const isJson = typeof value === "string" && /^[[{]/.test(value);
  return (isJson ? parseTree(value) : undefined) ?? cleanTree(value);
}

/** Columns that are called otherwise in the record. */
const officeNames: ReadonlyMap<string, string> = new Map([
  ["TimeGenerated", "CreationTime"],
  ["OfficeWorkload", "Workload"],
  ["OfficeId", "Id"],
  ["Client_IPAddress", "ClientIPAddress"],
  ["Logon_Type", "LogonType"],
]);
const officeTypes: ReadonlyMap<unknown, string> = new Map([
  ["Regular", "0"],
  ["Reserved", "1"],
  ["Admin", "2"],
  ["DcAdmin", "3"],
  ["System", "4"],
  ["Application", "5"],
  ["ServicePrincipal", "6"],
]);

function officeRecord(row: ReadonlyFields): Fields {
  const record: Fields = {};
  for (const column of Object.keys(row)) {
    if (ownColumns.has(column) || column.endsWith("_")) continue;
    const value = readColumn(row[column]);
    if (value !== undefined) putKey(record, officeNames.get(column) ?? column, value);
  }
  const userType = officeTypes.get(record.UserType);
  if (userType !== undefined) record.UserType = userType;
  return record;
}
