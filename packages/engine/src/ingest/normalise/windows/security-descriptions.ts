import { setField } from "../fields.ts";
import type { Mapping } from "./mapping.ts";
import { numberOf, textOf } from "./record.ts";
import {
  directoryRights,
  kerberosStatuses,
  logonStatuses,
  messageCodes,
  namesOfBits,
  processRights,
  ticketEncryptions,
  ticketOptions,
  trustAttributes,
  trustDirections,
  trustTypes,
} from "./security-codes.ts";
import { accountFlags, auditSubcategories } from "./security-texts.ts";

const ids = (text: string): ReadonlySet<string> => new Set(text.split(" "));
const hasPrivileges = ids("4672 4673 4674 4704 4741 4742 4743");
const isLogonAttempt = ids("4625 4776");
const isKerberos = ids("4768 4769 4770 4771");
const isAccountChange = ids("4720 4738 4741 4742");
const isTrust = ids("4706 4707 4716");

type Put = (key: string, value: string | readonly string[] | undefined) => void;

/** Codes and bits in words, beside the codes, and as lists what Windows writes as text (ecs-mapping 4.2, 4.3). */
export function describeSecurity(mapping: Mapping): void {
  const { record, data, document } = mapping;
  const id = record.eventId;
  const text = (key: string) => textOf(data, key);
  const put: Put = (key, value) => {
    if (value?.length !== 0) setField(document, `winlog.event_data.${key}`, value);
  };
  const set: Put = (key, value) => setField(document, `winlog.${key}`, value);
  if (hasPrivileges.has(id)) put("PrivilegeList", wordsOf(text("PrivilegeList")));
  describeAccess(text, put);
  if (isKerberos.has(id)) describeTicket(text, put);
  if (isLogonAttempt.has(id)) {
    set("logon.failure.status", logonStatuses.get(lower(text("Status"))));
    set("logon.failure.sub_status", logonStatuses.get(lower(text("SubStatus"))));
    set("logon.failure.reason", messageCodes.get(codeOf(text("FailureReason") ?? "")));
  }
  if (isAccountChange.has(id)) describeAccount(text, put);
  if (isTrust.has(id)) {
    set("trustType", trustTypes.get(text("TdoType") ?? ""));
    set("trustDirection", trustDirections.get(text("TdoDirection") ?? ""));
    set("trustAttribute", trustAttributes.get(text("TdoAttributes") ?? ""));
  }
  if (id === "4719") describeAuditPolicy(text, put);
}

type Text = (key: string) => string | undefined;

function describeAccess(text: Text, put: Put): void {
  const list = text("AccessList");
  if (list !== undefined) put("AccessListDescription", describeCodes(wordsOf(list)));
  const mask = text("AccessMask");
  if (mask === undefined) return;
  const bits = numberOf(mask);
  if (bits === undefined) {
    // 4674 has codes of rights here. Elastic takes their numbers for bits, which says something else.
    put("AccessMaskDescription", describeCodes(wordsOf(mask)));
  } else {
    const rights = text("ObjectType") === "Process" ? processRights : directoryRights;
    put("AccessMaskDescription", namesOfBits(bits, rights));
  }
}

function describeTicket(text: Text, put: Put): void {
  const options = numberOf(text("TicketOptions"));
  if (options !== undefined) put("TicketOptionsDescription", namesOfBits(options, ticketOptions));
  const encryption = ticketEncryptions.get(lower(text("TicketEncryptionType")));
  put("TicketEncryptionTypeDescription", encryption);
  put("StatusDescription", kerberosStatuses.get(lower(text("Status"))));
}

function describeAccount(text: Text, put: Put): void {
  const control = text("UserAccountControl");
  if (control?.includes("%%") === true) put("UserAccountControl", wordsOf(control).map(codeOf));
  const flags = numberOf(text("NewUacValue"));
  if (flags === undefined) return;
  put(
    "NewUACList",
    accountFlags.filter((_, bit) => Math.floor(flags / 2 ** bit) % 2 === 1),
  );
}

function describeAuditPolicy(text: Text, put: Put): void {
  const audited = auditSubcategories.get(lower(text("SubcategoryGuid")));
  put("Category", audited?.category);
  put("SubCategory", audited?.subcategory);
  const changes = (text("AuditPolicyChanges") ?? "").split(",").map((code) => code.trim());
  put("AuditPolicyChangesDescription", describeCodes(changes));
}

function describeCodes(codes: readonly string[]): readonly string[] {
  return codes.flatMap((code) => messageCodes.get(codeOf(code)) ?? []);
}

function codeOf(code: string): string {
  return code.replace("%%", "");
}

function wordsOf(text: string | undefined): readonly string[] {
  return text?.split(/\s+/).filter((word) => word !== "") ?? [];
}

function lower(text: string | undefined): string {
  return text?.toLowerCase() ?? "";
}
