import { type Fields, putKey, type ReadonlyFields, setField } from "../fields.ts";
import { convert } from "./field-rows.ts";
import { cleanTree, parseTree, snakeCase } from "./tree.ts";

/** Columns that begin with one of these stand together, below its name. */
const groups = (
  "InitiatingProcess Process Registry Request Remote Local Certificate Previous Account Device OS " +
  "File Email Sender Recipient Delivery Evidence Threat OrgLevel Target Destination Query Activity " +
  "Object Action NetworkAdapter Sensitivity Logon Detection Alert Network"
).split(" ");

/** Columns that begin like a group and belong to none, and those whose place is not their name. */
const places: ReadonlyMap<string, string> = new Map([
  ["Action", "action.value"],
  ["ActivityId", "activity.id"],
  ["AppId", "app_id"],
  ["AppInstanceId", "app_instance_id"],
  ["Categories", "alert.categories"],
  ["Category", "alert.category"],
  ["DetectionMethods", "detection.methods"],
  ["DeviceDynamicTags", "device_dynamic_tags"],
  ["DeviceManualTags", "device_manual_tags"],
  ["IPv4Dhcp", "ipv4_dhcp"],
  ["IPv6Dhcp", "ipv6_dhcp"],
  ["IsAzureADJoined", "is_azure_ad_joined"],
  ["NetworkAdapterName", "network.adapter_name"],
  ["NetworkAdapterStatus", "network.adapter_status"],
  ["NetworkAdapterType", "network.adapter_type"],
  ["NetworkAdapterVendor", "network.adapter_vendor"],
  ["OAuthApplicationId", "oauth_application_id"],
  ["OAuthAppId", "oauth_app_id"],
  ["PublicIP", "public_ip.value"],
  ["Query", "query.value"],
  ["SenderIPv4", "sender.ipv4"],
  ["SenderIPv6", "sender.ipv6"],
]);

/** Texts that hold JSON. */
const jsonColumns: ReadonlySet<string> = new Set(
  (
    "AdditionalFields AttackTechniques Categories DetectionMethods ConfidenceLevel ActivityObjects " +
    "RawEventData LoggedOnUsers CrlDistributionPointUrls ConnectedNetworks DefaultGateways " +
    "DnsAddresses IPAddresses MergedDeviceIds"
  ).split(" "),
);
const addresses =
  /^(FileOriginIP|RemoteIP|LocalIP|RequestSourceIP|PublicIP|IPAddress|DestinationIPAddress|SenderIPv[46]|IPv[46]Dhcp)$/;
const numbers =
  /(Size|Port|Count|BulkComplaintLevel|AppInstanceId)$|^(InitiatingProcess|InitiatingProcessParent|Process)Id$/;
const texts = /^(InitiatingProcess)?LogonId$|^(ReportId|EmailClusterId|ApplicationId)$/;

const known = new Map<string, string>();
const mostKnown = 1000;

/** Where a column of advanced hunting goes, below `m365_defender.event`. */
function placeOf(column: string): string {
  let place = places.get(column) ?? known.get(column);
  if (place !== undefined) return place;
  const group = groups.find((each) => column.startsWith(each) && column.length > each.length);
  const rest = group === undefined ? column : column.slice(group.length);
  const isWord = group !== undefined && /^[A-Z0-9]/.test(rest);
  place = isWord ? `${snakeCase(group)}.${snakeCase(rest)}` : snakeCase(column);
  if (known.size >= mostKnown) known.clear();
  known.set(column, place);
  return place;
}

/** A row as `m365_defender.event` has it: named, with values of the types that they stand for. */
export function nameColumns(row: ReadonlyFields): Fields {
  const fields: Fields = {};
  for (const column of Object.keys(row)) {
    const value = valueOfColumn(column, row[column]);
    if (value === undefined) continue;
    if (/^[A-Za-z0-9]+$/.test(column)) setField(fields, placeOf(column), value);
    else putKey(fields, column, value);
  }
  return fields;
}

function valueOfColumn(column: string, value: unknown): unknown {
  if (jsonColumns.has(column)) return cleanTree(parseTree(value)) ?? cleanTree(value);
  if (addresses.test(column)) return convert(value, "ip");
  if (numbers.test(column)) return convert(value, "number");
  if (texts.test(column)) return convert(value, "text");
  if (/^Is[A-Z]/.test(column)) {
    if (value === 1 || value === "1") return true;
    return value === 0 || value === "0" ? false : convert(value, "boolean");
  }
  if (/(Time|Timestamp)$/.test(column)) return convert(value, "date") ?? cleanTree(value);
  return cleanTree(value);
}
