import { canonicalJson } from "../../identity.ts";
import { type Fields, getField, type ReadonlyFields, setField } from "../fields.ts";
import { defineCloudSource } from "./cloud-source.ts";
import { applyRows, type FieldRow, relate } from "./field-rows.ts";
import { javaText } from "./java-text.ts";
import { at, cleanTree, textAt } from "./tree.ts";

const prefix = "aws.cloudtrail";
const identity = `${prefix}.user_identity`;
const session = "userIdentity.sessionContext";

const rows: readonly FieldRow[] = [
  ["eventVersion", `${prefix}.event_version`],
  ["eventCategory", `${prefix}.event_category`],
  ["eventType", `${prefix}.event_type`],
  ["apiVersion", `${prefix}.api_version`],
  ["errorCode", `${prefix}.error_code`],
  ["errorMessage", `${prefix}.error_message`],
  ["requestID", `${prefix}.request_id`],
  ["managementEvent", `${prefix}.management_event`],
  ["readOnly", `${prefix}.read_only`],
  ["recipientAccountId", `${prefix}.recipient_account_id`],
  ["sharedEventId", `${prefix}.shared_event_id`],
  ["sessionCredentialFromConsole", `${prefix}.session_credential_from_console`],
  ["vpcEndpointId", `${prefix}.vpc_endpoint_id`],
  ["tlsDetails.cipherSuite", "tls.cipher"],
  ["tlsDetails.clientProvidedHostHeader", "tls.client.server_name"],
  ["userIdentity.type", `${identity}.type`],
  ["userIdentity.arn", `${identity}.arn`],
  ["userIdentity.accessKeyId", `${identity}.access_key_id`],
  ["userIdentity.invokedBy", `${identity}.invoked_by`],
  [`${session}.attributes.mfaAuthenticated`, `${identity}.session_context.mfa_authenticated`],
  [`${session}.attributes.creationDate`, `${identity}.session_context.creation_date`, "date"],
  [`${session}.sessionIssuer.type`, `${identity}.session_context.session_issuer.type`],
  [
    `${session}.sessionIssuer.principalId`,
    `${identity}.session_context.session_issuer.principal_id`,
  ],
  [`${session}.sessionIssuer.arn`, `${identity}.session_context.session_issuer.arn`],
  [`${session}.sessionIssuer.accountId`, `${identity}.session_context.session_issuer.account_id`],
  ["userIdentity.userName", ["user.name", "related.user"]],
  // Only roles that somebody has assumed have an issuer.
  [`${session}.sessionIssuer.userName`, "user.name"],
  ["userIdentity.principalId", "user.id"],
  [["awsAccountId", "userIdentity.accountId"], "cloud.account.id"],
  ["awsRegion", "cloud.region"],
  ["eventSource", "event.provider"],
  ["eventName", "event.action"],
  ["eventID", "event.id"],
  ["sourceIPAddress", "source.address"],
  ["sourceIPAddress", "source.ip", "ip"],
  ["userAgent", "user_agent.original", "text"],
  ["responseElements.group.groupId", "group.id"],
  ["responseElements.user.userId", "user.target.id"],
  ["requestParameters.groupName", "group.name"],
  ["requestParameters.newUserName", ["user.changes.name", "related.user"]],
  ["requestParameters.userName", ["user.target.name", "related.user"]],
  ["insightDetails", `${prefix}.flattened.insight_details`],
];

/** Digests of log files, which CloudTrail writes beside them. */
const digestRows: readonly FieldRow[] = [
  ["digestS3Object", "file.path"],
  ["logFiles", `${prefix}.flattened.digest.log_files`],
  ["digestStartTime", `${prefix}.flattened.digest.start_time`, "date"],
  ["digestEndTime", `${prefix}.flattened.digest.end_time`, "date"],
  ["digestS3Bucket", `${prefix}.flattened.digest.s3_bucket`],
  ["newestEventTime", `${prefix}.flattened.digest.newest_event_time`, "date"],
  ["oldestEventTime", `${prefix}.flattened.digest.oldest_event_time`, "date"],
  ["previousDigestS3Bucket", `${prefix}.flattened.digest.previous_s3_bucket`],
  ["previousDigestHashAlgorithm", `${prefix}.flattened.digest.previous_hash_algorithm`],
  ["publicKeyFingerprint", `${prefix}.flattened.digest.public_key_fingerprint`],
  ["digestSignatureAlgorithm", `${prefix}.flattened.digest.signature_algorithm`],
];

/** Objects that are kept both as text and as they are. */
const objects: readonly (readonly [from: string, to: string])[] = [
  ["requestParameters", "request_parameters"],
  ["responseElements", "response_elements"],
  ["additionalEventData", "additional_eventdata"],
  ["serviceEventDetails", "service_event_details"],
];
/** Longer texts have no structure beside them. */
const longestFlattened = 32_766;

/** Categories and types of calls, by the words that stand for them. All others have only the type `info`. */
const calls: readonly (readonly [names: string, category: string, types: string])[] = [
  ["AssumeRole ConsoleLogin", "authentication", "info"],
  [
    "AddUserToGroup AttachGroupPolicy DeleteGroupPolicy DetachGroupPolicy PutGroupPolicy " +
      "RemoveUserFromGroup UpdateGroup",
    "iam",
    "group change",
  ],
  ["CreateGroup", "iam", "group creation"],
  ["DeleteGroup", "iam", "group deletion"],
  [
    "GetGroup GetGroupPolicy ListAttachedGroupPolicies ListGroupPolicies ListGroups",
    "iam",
    "group info",
  ],
  [
    "AttachUserPolicy ChangePassword CreateAccessKey CreateVirtualMFADevice DeactivateMFADevice " +
      "DeleteAccessKey DeleteSSHPublicKey DeleteUserPermissionsBoundary DeleteUserPolicy " +
      "DeleteVirtualMFADevice DetachUserPolicy EnableMFADevice PutUserPermissionsBoundary " +
      "PutUserPolicy TagUser UntagUser UpdateAccessKey UpdateLoginProfile UpdateSSHPublicKey " +
      "UpdateUser",
    "iam",
    "user change",
  ],
  ["CreateUser", "iam", "user creation"],
  ["DeleteUser", "iam", "user deletion"],
  [
    "GetUser GetUserPolicy ListAttachedUserPolicies ListGroupsForUser ListUserPolicies ListUsers " +
      "ListUserTags",
    "iam",
    "user info",
  ],
  ["CreateKeyPair", "iam", "admin creation"],
  [
    "SetDefaultPolicyVersion SetSecurityTokenServicePreferences UpdateAccountPasswordPolicy " +
      "UpdateRole",
    "iam",
    "admin change",
  ],
  ["CreateBucket", "file", "creation"],
  ["DeleteBucket", "file", "deletion"],
];

const categories = new Map(
  calls.flatMap(([names, category, types]) =>
    names.split(" ").map((name) => [name, { category: [category], type: types.split(" ") }]),
  ),
);

/** AWS CloudTrail: records of the log files, one by one. */
export const awsCloudtrail = defineCloudSource({
  name: "AWS CloudTrail",
  dataset: "aws.cloudtrail",
  keys: ["eventVersion", "digestS3Object"],
  // What `lookup-events` prints.
  textKey: "CloudTrailEvent",
  recognise: (raw) => {
    if (raw.digestS3Object !== undefined) return "certain";
    const isCall = raw.eventSource !== undefined && raw.eventName !== undefined;
    return isCall || raw.awsRegion !== undefined ? "certain" : undefined;
  },
  time: (raw) => raw.digestEndTime ?? raw.eventTime,
  map: (raw, document) => {
    applyRows(document, raw, rows);
    if (raw.digestS3Object !== undefined) mapDigest(raw, document);
    setField(document, `${prefix}.resources`, resourcesOf(raw.resources));
    const tls = /^(\w{1,8})v([\d.]{1,8})$/.exec(textAt(raw, "tlsDetails.tlsVersion") ?? "");
    setField(document, "tls.version_protocol", tls?.[1]?.toLowerCase());
    setField(document, "tls.version", tls?.[2]);
    for (const [from, to] of objects) setObject(document, cleanTree(raw[from]), to);
    if (raw.eventName === "ConsoleLogin") mapConsoleLogin(raw, document);
    setCategory(raw, document);
  },
});

function setObject(document: Fields, value: unknown, name: string): void {
  if (value === undefined) return;
  const text = javaText(value);
  setField(document, `${prefix}.${name}`, text);
  if (text.length < longestFlattened) setField(document, `${prefix}.flattened.${name}`, value);
}

function setCategory(raw: ReadonlyFields, document: Fields): void {
  const hasError = raw.errorCode !== undefined || raw.errorMessage !== undefined;
  const login =
    raw.eventName === "ConsoleLogin" ? textAt(raw, "responseElements.ConsoleLogin") : undefined;
  const outcome = login?.toLowerCase() ?? (hasError ? "failure" : "success");
  setField(document, "event.outcome", outcome);
  const found = categories.get(textAt(raw, "eventName") ?? "");
  setField(document, "event.category", found && [...found.category]);
  setField(document, "event.type", found === undefined ? "info" : [...found.type]);
}

function mapConsoleLogin(raw: ReadonlyFields, document: Fields): void {
  const login = `${prefix}.console_login.additional_eventdata`;
  const isYes = (name: string) => {
    const value = textAt(raw, `additionalEventData.${name}`);
    return value === undefined ? undefined : value !== "No";
  };
  setField(document, `${login}.mobile_version`, isYes("MobileVersion"));
  setField(document, `${login}.login_to`, textAt(raw, "additionalEventData.LoginTo"));
  setField(document, `${login}.mfa_used`, isYes("MFAUsed"));
}

const resourceNames: ReadonlyMap<string, string> = new Map([
  ["ARN", "arn"],
  ["accountId", "account_id"],
]);

/** What a call was about, each once. */
function resourcesOf(resources: unknown): unknown {
  const cleaned = cleanTree(resources, (key) => resourceNames.get(key) ?? key);
  if (!Array.isArray(cleaned)) return cleaned;
  const unique = new Map(cleaned.map((resource) => [canonicalJson(resource), resource]));
  return [...unique.values()];
}

function mapDigest(raw: ReadonlyFields, document: Fields): void {
  applyRows(document, raw, digestRows);
  if (at(raw, "previousDigestHashAlgorithm") !== "SHA-256") return;
  setField(document, "file.hash.sha256", textAt(raw, "previousDigestSignature"));
  relate(document, "related.hash", getField(document, "file.hash.sha256"));
}
