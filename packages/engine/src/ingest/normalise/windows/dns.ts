import { isIP } from "node:net";
import { addToField, type Fields, setField } from "../fields.ts";

/** DNS record types by number (IANA). */
const recordTypes: ReadonlyMap<string, string> = new Map(
  Object.entries({
    1: "A",
    2: "NS",
    5: "CNAME",
    6: "SOA",
    10: "NULL",
    11: "WKS",
    12: "PTR",
    13: "HINFO",
    14: "MINFO",
    15: "MX",
    16: "TXT",
    17: "RP",
    18: "AFSDB",
    24: "SIG",
    25: "KEY",
    28: "AAAA",
    29: "LOC",
    33: "SRV",
    35: "NAPTR",
    37: "CERT",
    39: "DNAME",
    41: "OPT",
    43: "DS",
    46: "RRSIG",
    47: "NSEC",
    48: "DNSKEY",
    50: "NSEC3",
    52: "TLSA",
    64: "SVCB",
    65: "HTTPS",
    251: "IXFR",
    252: "AXFR",
    255: "ANY",
    65281: "WINS",
    65282: "WINSR",
  }),
);

/** The result codes of Windows' resolver that queries end with (winerror.h, names as there). */
const statuses: ReadonlyMap<string, string> = new Map(
  Object.entries({
    0: "SUCCESS",
    5: "ERROR_ACCESS_DENIED",
    8: "ERROR_NOT_ENOUGH_MEMORY",
    13: "ERROR_INVALID_DATA",
    14: "ERROR_OUTOFMEMORY",
    87: "ERROR_INVALID_PARAMETER",
    123: "ERROR_INVALID_NAME",
    1214: "ERROR_INVALID_NETNAME",
    1223: "ERROR_CANCELLED",
    1460: "ERROR_TIMEOUT",
    9001: "DNS_ERROR_RCODE_FORMAT_ERROR",
    9002: "DNS_ERROR_RCODE_SERVER_FAILURE",
    9003: "DNS_ERROR_RCODE_NAME_ERROR",
    9004: "DNS_ERROR_RCODE_NOT_IMPLEMENTED",
    9005: "DNS_ERROR_RCODE_REFUSED",
    9501: "DNS_INFO_NO_RECORDS",
    9502: "DNS_ERROR_BAD_PACKET",
    9503: "DNS_ERROR_NO_PACKET",
    9560: "DNS_ERROR_INVALID_NAME_CHAR",
    9561: "DNS_ERROR_NUMERIC_NAME",
    9701: "DNS_ERROR_RECORD_DOES_NOT_EXIST",
    9705: "DNS_ERROR_RECORD_TIMED_OUT",
    9852: "DNS_ERROR_NO_DNS_SERVERS",
    10054: "WSAECONNRESET",
    10055: "WSAENOBUFS",
    10060: "WSAETIMEDOUT",
    11001: "WSAHOST_NOT_FOUND",
    11002: "WSATRY_AGAIN",
    11003: "WSANO_RECOVERY",
    11004: "WSANO_DATA",
  }),
);

/** A name where we know one, else the number as it was. */
export function nameOfDnsStatus(status: string): string {
  return statuses.get(status) ?? status;
}

/**
 * Sysmon's QueryResults: pieces `type:  5 name` are records; every other piece is an address. Addresses
 * are also answers, behind the named ones, as in ecs-mapping 2.2.
 */
export function setDnsAnswers(document: Fields, results: string): void {
  const answers: Fields[] = [];
  const addresses: string[] = [];
  for (const piece of results.split(";")) {
    const record = /^type: {1,4}(\d{1,5})(?: (.*))?$/s.exec(piece);
    if (record !== null) {
      const [, number = "", data = ""] = record;
      const type = recordTypes.get(number);
      answers.push({ ...(type !== undefined && { type }), ...(data !== "" && { data }) });
      addToField(document, "related.hosts", data);
    } else {
      const address = piece.replace(/^::ffff:/i, "");
      if (isIP(address) !== 0) addresses.push(address);
    }
  }
  for (const address of addresses) {
    answers.push({ data: address, type: isIP(address) === 4 ? "A" : "AAAA" });
    addToField(document, "related.ip", address);
  }
  if (answers.length > 0) setField(document, "dns.answers", answers);
  if (addresses.length > 0) setField(document, "dns.resolved_ip", addresses);
}
