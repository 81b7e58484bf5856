import {
  type Fields,
  getField,
  isFields,
  putKey,
  type ReadonlyFields,
  setField,
} from "../fields.ts";
import { formatTime, readTime } from "../time.ts";
import { defineCloudSource, timeOf } from "./cloud-source.ts";
import { applyRows, convert, type FieldRow, relate } from "./field-rows.ts";
import { adminNames } from "./google-workspace-names.ts";
import { adminWords, driveWords, type EventWords, loginWords } from "./google-workspace-words.ts";
import { at, cleanTree, listAt, textAt } from "./tree.ts";
import { setUrl } from "./url.ts";

const rows: readonly FieldRow[] = [
  ["id.applicationName", "event.provider"],
  ["id.uniqueQualifier", "event.id", "text"],
  ["id.customerId", "organization.id", "text"],
  ["actor.email", ["source.user.email", "user.email"]],
  ["actor.profileId", ["source.user.id", "user.id"], "text"],
  ["actor.callerType", "google_workspace.actor.type"],
  ["actor.key", "google_workspace.actor.key"],
  ["kind", "google_workspace.kind"],
  ["ownerDomain", "google_workspace.organization.domain"],
  ["ipAddress", ["source.ip", "related.ip"], "ip"],
];

/** What is special about the events of one application of the Reports API. */
interface Application {
  /** Of all its events. */
  readonly category: readonly string[];
  readonly type: readonly string[];
  readonly words?: readonly EventWords[];
  readonly map?: (parameters: Fields, document: Fields, raw: ReadonlyFields) => void;
}

const applications: ReadonlyMap<string, Application> = new Map([
  ["admin", { category: ["iam"], type: [], words: adminWords, map: mapAdmin }],
  ["drive", { category: ["file"], type: [], words: driveWords, map: mapDrive }],
  ["login", { category: [], type: [], words: loginWords, map: mapLogin }],
  ["token", { category: ["iam"], type: ["info"], map: mapToken }],
  ["user_accounts", { category: ["iam"], type: ["change", "user"] }],
]);

/** Audit logs of Google Workspace, as the Reports API of the Admin SDK gives them; one event each. */
export const googleWorkspace = defineCloudSource({
  name: "Google Workspace audit log",
  dataset: (raw) => `google_workspace.${applicationOf(raw)}`,
  datasets: [...applications.keys()].map((name) => `google_workspace.${name}`),
  keys: ["events"],
  recognise: (raw) => {
    const isActivity = textAt(raw, "id.applicationName") !== undefined && isFields(raw.actor);
    return isActivity && raw.events !== undefined ? "certain" : undefined;
  },
  time: (raw) => at(raw, "id.time"),
  map: (raw, document) => {
    const event = listAt(raw, "events").find(isFields) ?? {};
    applyRows(document, raw, rows);
    setField(document, "event.action", textAt(event, "name"));
    setField(document, "google_workspace.event.type", textAt(event, "type"));
    const name = applicationOf(raw);
    const application = applications.get(name) ?? { category: [], type: [] };
    categorise(document, application);
    splitMail(document, "source.user.email", "user", "source.user");
    const parameters = readParameters(listAt(event, "parameters"));
    if (application.map !== undefined) application.map(parameters, document, raw);
    else putAll(document, name, parameters);
    relate(document, "related.user", getField(document, "source.user.name"));
    relate(document, "related.user", getField(document, "user.target.name"));
  },
});

function applicationOf(raw: ReadonlyFields): string {
  const name = textAt(raw, "id.applicationName") ?? "";
  return /^[a-z_]{1,40}$/.test(name) ? name : "admin";
}

function categorise(document: Fields, { category, type, words = [] }: Application): void {
  const action = textAt(document, "event.action") ?? "";
  const own = (field: EventWords["field"]) =>
    words.filter((each) => each.field === field && each.events.has(action)).map(({ word }) => word);
  const categories = [...category, ...own("event.category")];
  const types = [...type, ...own("event.type")];
  if (categories.length > 0) setField(document, "event.category", categories);
  if (types.length > 0) setField(document, "event.type", types);
}

const valueKeys = [
  "value",
  "multiValue",
  "messageValue",
  "multiMessageValue",
  "intValue",
  "multiIntValue",
  "boolValue",
  "multiBoolValue",
];

/** `[{name, value}]` as an object; a value may be of several types, and hold parameters itself. */
function readParameters(list: readonly unknown[], depth = 0): Fields {
  const fields: Fields = {};
  for (const parameter of list) {
    const name = textAt(parameter, "name");
    if (name === undefined || !isFields(parameter)) continue;
    for (const key of valueKeys) {
      const value = parameter[key];
      if (value !== undefined && value !== null) putKey(fields, name, readValue(value, depth));
    }
  }
  return fields;
}

/** Messages hold messages no deeper than this. */
const deepest = 4;

function readValue(value: unknown, depth: number): unknown {
  if (depth < deepest) {
    if (Array.isArray(value)) return value.map((item) => readValue(item, depth));
    if (isFields(value) && Array.isArray(value.parameter)) {
      return readParameters(value.parameter, depth + 1);
    }
  }
  return cleanTree(value);
}

/** Sets what is known of a mail address at each of the accounts. */
function splitMail(document: Fields, path: string, ...accounts: readonly string[]): void {
  const parts = String(getField(document, path) ?? "").split("@");
  if (parts.length !== 2) return;
  for (const account of accounts) {
    setField(document, `${account}.name`, parts[0]);
    setField(document, `${account}.domain`, parts[1]);
  }
}

function putAll(document: Fields, application: string, parameters: Fields): void {
  const fields: Fields = {};
  for (const key of Object.keys(parameters)) putKey(fields, key, parameters[key]);
  if (Object.keys(fields).length > 0) setField(document, `google_workspace.${application}`, fields);
}

/** Parameters that hold times, and where these go. */
const adminTimes: ReadonlyMap<string, string> = new Map([
  ["EMAIL_LOG_SEARCH_END_DATE", "google_workspace.admin.email.log_search_filter.end_date"],
  ["EMAIL_LOG_SEARCH_START_DATE", "google_workspace.admin.email.log_search_filter.start_date"],
  ["BIRTHDATE", "google_workspace.admin.user.birthdate"],
  ["BEGIN_DATE_TIME", "event.start"],
  ["START_DATE", "event.start"],
  ["END_DATE", "event.end"],
  ["END_DATE_TIME", "event.end"],
]);

const counts = [
  "google_workspace.admin.bulk_upload.failed",
  "google_workspace.admin.bulk_upload.total",
];

/** Nanoseconds in a millisecond. */
const nano = 1_000_000;

function setDuration(document: Fields): void {
  const [start, end] = ["event.start", "event.end"].map((path) =>
    readTime(getField(document, path)),
  );
  if (start === undefined || end === undefined) return;
  setField(document, "event.duration", (end.epochMs - start.epochMs) * nano);
}

function mapAdmin(parameters: Fields, document: Fields): void {
  const others: Fields = {};
  for (const key of Object.keys(parameters)) {
    const value = parameters[key];
    const time = adminTimes.get(key);
    const path = adminNames.get(key);
    if (time !== undefined) setField(document, time, readDate(value));
    else if (key === "WHITELISTED_GROUPS") {
      setField(document, "google_workspace.admin.group.allowed_list", String(value).split(","));
    } else if (path === undefined) putKey(others, key, value);
    else if (getField(document, path) === undefined) setField(document, path, value);
  }
  setAddress(document);
  const admin = getField(document, "google_workspace.admin");
  if (isFields(admin)) {
    for (const key of Object.keys(others)) {
      if (!Object.hasOwn(admin, key)) putKey(admin, key, others[key]);
    }
  } else putAll(document, "admin", others);
  splitMail(document, "google_workspace.admin.group.email", "group");
  for (const part of ["name", "domain"]) {
    setField(document, `user.target.group.${part}`, getField(document, `group.${part}`));
  }
  setDuration(document);
  for (const path of counts) setField(document, path, convert(getField(document, path), "number"));
  const mail = getField(document, "google_workspace.admin.user.email");
  splitMail(document, "google_workspace.admin.user.email", "user.target");
  if (getField(document, "user.target.name") !== undefined) {
    setField(document, "user.target.email", mail);
  }
  const failed = getField(document, "google_workspace.admin.group.bulk_upload.failed");
  if (failed !== undefined) {
    setField(document, "event.outcome", Number(failed) === 0 ? "success" : "failure");
  }
}

/** `2020/10/02 15:00:00 UTC`, and ISO 8601. */
function readDate(value: unknown): string | undefined {
  if (typeof value !== "string") return undefined;
  const found = /^(\d{4})\/(\d\d)\/(\d\d) (\d\d:\d\d:\d\d) (?:UTC|GMT)$/.exec(value);
  const text = found === null ? value : `${found[1]}-${found[2]}-${found[3]}T${found[4]}Z`;
  const date = convert(text, "date");
  return typeof date === "string" ? date : undefined;
}

function setAddress(document: Fields): void {
  const full = getField(document, "url.full");
  if (full === undefined || !isFields(document.url)) return;
  const { full: _, ...others } = document.url;
  const before = document.url;
  document.url = others;
  if (!setUrl(document, full)) document.url = before;
}

const driveNames: ReadonlyMap<string, string> = new Map([
  ["doc_id", "google_workspace.drive.file.id"],
  ["doc_title", "file.name"],
  ["doc_type", "google_workspace.drive.file.type"],
  ["owner", "google_workspace.drive.file.owner.email"],
  ["owner_is_shared_drive", "google_workspace.drive.file.owner.is_shared_drive"],
  ["new_settings_state", "google_workspace.drive.new_value"],
  ["old_settings_state", "google_workspace.drive.old_value"],
  ["target_user", "google_workspace.drive.target"],
]);

function mapDrive(parameters: Fields, document: Fields): void {
  const others: Fields = {};
  for (const key of Object.keys(parameters)) {
    if (!driveNames.has(key)) putKey(others, key, parameters[key]);
  }
  putAll(document, "drive", others);
  for (const [key, path] of driveNames) setField(document, path, at(parameters, key));
  const type = getField(document, "google_workspace.drive.file.type");
  setField(document, "file.type", type === "folder" || type === "shared" ? "dir" : "file");
  const name = getField(document, "file.name");
  const dot = typeof name === "string" ? name.lastIndexOf(".") : -1;
  if (typeof name === "string" && dot >= 0)
    setField(document, "file.extension", name.slice(dot + 1));
  const target = String(getField(document, "google_workspace.drive.target") ?? "").split("@");
  if (target.length === 2) relate(document, "related.user", target[0]);
  const owner = String(getField(document, "google_workspace.drive.file.owner.email") ?? "");
  const ownerParts = owner.split("@");
  if (ownerParts.length !== 2) return;
  setField(document, "file.owner", ownerParts[0]);
  relate(document, "related.user", ownerParts[0]);
}

function mapLogin(parameters: Fields, document: Fields): void {
  const fields: Fields = {};
  for (const key of Object.keys(parameters)) {
    putKey(fields, key.startsWith("login_") ? key.slice(6) : key, parameters[key]);
  }
  putAll(document, "login", fields);
  const action = textAt(document, "event.action");
  if (action === "gov_attack_warning") setField(document, "event.kind", "alert");
  const status = fields.challenge_status;
  const isPassed = status === undefined ? undefined : status === "Challenge Passed";
  const isSuccess = action === "login_success" || (action === "login_failure" ? false : isPassed);
  if (isSuccess !== undefined && (action?.startsWith("login_") === true || status !== undefined)) {
    setField(document, "event.outcome", isSuccess ? "success" : "failure");
  }
  const { timestamp } = fields;
  const start = typeof timestamp === "number" ? timeOf(Math.trunc(timestamp / 1000)) : undefined;
  if (start !== undefined) setField(document, "event.start", formatTime(start.epochMs));
  splitMail(document, "google_workspace.login.affected_email_address", "user.target");
}

const tokenNames: ReadonlyMap<string, string> = new Map([
  ["client_id", "google_workspace.token.client.id"],
  ["client_type", "google_workspace.token.client.type"],
  ["scope", "google_workspace.token.scope.value"],
  ["scope_data", "google_workspace.token.scope.data"],
]);

function mapToken(parameters: Fields, document: Fields, raw: ReadonlyFields): void {
  const others: Fields = {};
  for (const key of Object.keys(parameters)) {
    if (!tokenNames.has(key)) putKey(others, key, parameters[key]);
  }
  putAll(document, "token", others);
  for (const [key, path] of tokenNames) setField(document, path, at(parameters, key));
  const action = textAt(document, "event.action")?.toLowerCase();
  if (action === "authorize") setField(document, "event.type", ["info", "user"]);
  if (action === "revoke") setField(document, "event.type", ["info", "user", "deletion"]);
  setField(document, "google_workspace.etag", textAt(raw, "etag"));
  relate(document, "related.hosts", getField(document, "user.domain"));
  relate(document, "related.hosts", textAt(raw, "ownerDomain"));
  relate(document, "related.user", getField(document, "source.user.id"));
  relate(document, "related.user", getField(document, "source.user.name"));
  relate(document, "related.user", getField(document, "source.user.email"));
}
