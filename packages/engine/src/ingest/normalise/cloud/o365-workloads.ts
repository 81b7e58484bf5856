import { type Fields, isFields, setField } from "../fields.ts";
import { convert, relate } from "./field-rows.ts";
import { listAt, take, textAt } from "./tree.ts";

/** A value that moves: from the record, to the document. */
type Move = readonly [from: string, to: string];

/** What is special about records of some kinds. */
interface Workload {
  readonly codes: readonly string[];
  readonly moves?: readonly Move[];
  readonly map?: (tree: Fields, document: Fields) => void;
  /** The value that names the server. */
  readonly server?: string;
}

const sharePointFile: Workload = {
  codes: ["SharePointFileOperation", "SharePointSharingOperation"],
  moves: [
    ["ObjectId", "url.original"],
    ["SourceRelativeUrl", "file.directory"],
    ["SourceFileName", "file.name"],
    ["SourceFileExtension", "file.extension"],
  ],
};

const workloads: readonly Workload[] = [
  {
    codes: ["ExchangeAdmin"],
    moves: [["OrganizationName", "organization.name"]],
    server: "OriginatingServer",
  },
  {
    codes: ["ExchangeItem"],
    moves: [
      ["MailboxOwnerUPN", "user.email"],
      ["LogonUserDisplayName", "user.full_name"],
      ["OrganizationName", "organization.name"],
      ["ClientProcessName", "process.name"],
    ],
    server: "OriginatingServer",
    map: (tree, document) => setUserId(document, textAt(tree, "LogonUserSid")),
  },
  { codes: ["AzureActiveDirectory"], map: mapDirectory },
  {
    codes: ["AzureActiveDirectoryStsLogon"],
    map: (_, document) => append(document, "authentication", "start access"),
  },
  sharePointFile,
  {
    codes: ["SecurityComplianceAlerts"],
    moves: [
      ["Comments", "message"],
      ["Name", "rule.name"],
      ["PolicyId", "rule.id"],
      ["Category", "rule.category"],
      ["EntityType", "rule.ruleset"],
      ["AlertEntityId", "rule.description"],
      ["AlertLinks", "rule.reference"],
    ],
    map: (_, document) => setField(document, "event.kind", "alert"),
  },
  {
    codes: ["ComplianceDLPSharePoint", "ComplianceDLPExchange"],
    moves: [
      ["SharePointMetaData.FileName", "file.name"],
      ["SharePointMetaData.FilePathUrl", "url.original"],
      ["SharePointMetaData.UniqueId", "file.inode"],
      ["SharePointMetaData.UniqueID", "file.inode"],
      ["SharePointMetaData.FileOwner", "file.owner"],
      ["ExchangeMetaData.From", "source.user.email"],
      ["ExchangeMetaData.Subject", "message"],
      ["PolicyId", "rule.id"],
      ["PolicyName", "rule.name"],
    ],
    map: mapDataLoss,
  },
  {
    codes: ["Yammer"],
    moves: [
      ["ActorUserId", "user.email"],
      ["FileId", "file.inode"],
      ["FileName", "file.name"],
      ["GroupName", "group.name"],
      ["TargetUserId", "destination.user.email"],
      ["TargetYammerUserId", "destination.user.id"],
    ],
    map: (tree, document) => setUserId(document, textAt(tree, "ActorYammerUserId")),
  },
  { codes: ["MicrosoftTeams"], moves: [["TeamName", "group.name"]], map: mapTeams },
];

/** Categories and types that operations have, whatever their kind: names, categories, types. */
const operations: readonly (readonly [names: string, category: string, types: string])[] = [
  ["FileAccessed FileDownloaded", "file", "access"],
  ["FileDeleted FolderDeleted", "file", "deletion"],
  ["FileUploaded FolderCopied FolderCreated", "file", "creation"],
  [
    "FileModified FileMoved FileRenamed FileRestored FolderModified FolderMoved FolderRenamed " +
      "FolderRestored",
    "file",
    "change",
  ],
  ["ComplianceSettingChanged", "configuration", "change"],
];

/** Categories and types of Yammer's own operations. */
const yammerOperations: readonly (readonly [names: string, category: string, types: string])[] = [
  [
    "NetworkConfigurationUpdated SoftDeleteSettingsUpdated ProcessProfileFields SupervisorAdminToggled",
    "configuration",
    "change",
  ],
  ["NetworkSecurityConfigurationUpdated", "configuration iam", "change admin"],
  ["GroupCreation", "iam", "creation group"],
  ["GroupDeletion", "iam", "deletion group"],
  ["NetworkUserSuspended UserSuspension", "iam", ""],
  ["FileCreated FileUpdateName", "file", "creation"],
  ["FileDownloaded FileShared FileUpdateDescription FileVisited", "file", "access"],
];

/** Maps what is special about the kind; gives what is written of the server. */
export function mapWorkload(code: string, tree: Fields, document: Fields): string | undefined {
  const workload = workloads.find(({ codes }) => codes.includes(code));
  for (const [from, to] of workload?.moves ?? []) {
    const value = take(tree, from);
    if (value !== undefined) setField(document, to, value);
  }
  workload?.map?.(tree, document);
  categorise(document, operations);
  if (code === "Yammer") categorise(document, yammerOperations);
  const server = workload?.server === undefined ? undefined : take(tree, workload.server);
  return typeof server === "string" ? server : undefined;
}

function categorise(document: Fields, table: typeof operations): void {
  const action = textAt(document, "event.action") ?? "";
  for (const [names, category, types] of table) {
    if (names.split(" ").includes(action)) append(document, category, types);
  }
}

function append(document: Fields, categories: string, types: string): void {
  const event = isFields(document.event) ? document.event : {};
  const add = (key: "category" | "type", words: string) => {
    const known = Array.isArray(event[key]) ? event[key] : [];
    const more = words.split(" ").filter((word) => word !== "");
    setField(document, `event.${key}`, [...new Set([...known, ...more])]);
  };
  add("category", categories);
  add("type", types);
}

function setUserId(document: Fields, id: string | undefined): void {
  if (textAt(document, "user.id") === undefined) setField(document, "user.id", id);
}

/** Operations on accounts, by the name that they are given. */
const accountOperations: ReadonlyMap<string, readonly [action: string, types: string]> = new Map([
  ["Add user.", ["added-user-account", "user creation"]],
  ["Update user.", ["modified-user-account", "user change"]],
  ["Delete user.", ["deleted-user-account", "user deletion"]],
]);

function mapDirectory(tree: Fields, document: Fields): void {
  setField(document, "user.target.id", tree.ObjectId);
  const found = accountOperations.get(textAt(document, "event.action") ?? "");
  if (found === undefined) return;
  setField(document, "event.action", found[0]);
  append(document, "iam", found[1]);
}

const teamOperations: ReadonlyMap<string, readonly [action: string, types: string]> = new Map([
  ["TeamCreated", ["added-group-account-to", "group creation"]],
  ["MemberAdded", ["added-users-to-group", "group change"]],
  ["Delete user.", ["deleted-user-account", "user deletion"]],
]);

function mapTeams(tree: Fields, document: Fields): void {
  const found = teamOperations.get(textAt(document, "event.action") ?? "");
  if (found !== undefined) {
    setField(document, "event.action", found[0]);
    append(document, "iam", found[1]);
    if (found[0] === "deleted-user-account") {
      setField(document, "user.target.id", take(tree, "ObjectId"));
    }
  }
  for (const member of listAt(tree, "Members")) {
    relate(document, "related.user", textAt(member, "UPN"));
  }
}

const severities = ["", "informational", "low", "medium", "high"];

/** Rules against losing data: the severest rule counts, and whether one of them blocked. */
function mapDataLoss(tree: Fields, document: Fields): void {
  setField(document, "event.kind", "alert");
  append(document, "file", "access");
  if (textAt(document, "user.id") === undefined) {
    setField(document, "user.id", take(tree, "SharePointMetaData.From"));
  }
  setField(
    document,
    "file.mtime",
    convert(textAt(tree, "SharePointMetaData.LastModifiedTime"), "date"),
  );
  if (isFields(tree.ExchangeMetaData)) {
    const emails = ["To", "CC", "BCC"].flatMap((key) => listAt(tree.ExchangeMetaData, key));
    setField(document, "destination.user.email", emails);
  }
  if (typeof tree.ExceptionInfo === "string") tree.ExceptionInfo = { Reason: tree.ExceptionInfo };
  if (tree.PolicyDetails === undefined) return;
  const rules = listAt(tree, "PolicyDetails").flatMap((policy) => listAt(policy, "Rules"));
  const named = rules.filter(
    (rule) => textAt(rule, "RuleId") !== undefined && textAt(rule, "RuleName") !== undefined,
  );
  setField(
    document,
    "rule.id",
    named.map((rule) => textAt(rule, "RuleId")),
  );
  setField(
    document,
    "rule.name",
    named.map((rule) => textAt(rule, "RuleName")),
  );
  const levels = rules.map((rule) =>
    severities.indexOf(textAt(rule, "Severity")?.toLowerCase() ?? ""),
  );
  setField(document, "event.severity", Math.max(0, ...levels));
  const isBlocked = rules.some((rule) => listAt(rule, "Actions").includes("BlockAccess"));
  setField(document, "event.outcome", outcomeOf(isBlocked, tree, document));
}

function outcomeOf(isBlocked: boolean, tree: Fields, document: Fields): string {
  const action = textAt(document, "event.action");
  if (!isBlocked || action === "DlpRuleUndo") return "success";
  if (action === "DlpInfo") return "failure";
  const exception = tree.ExceptionInfo;
  return isFields(exception) && Object.keys(exception).length > 0 ? "success" : "failure";
}
