import type { Fields, ReadonlyFields } from "../fields.ts";
import type { Source } from "../source.ts";
import { formatTime, readTime } from "../time.ts";
import { mapActivityLog } from "./azure-activity.ts";
import { mapAuditLog } from "./azure-audit.ts";
import {
  mapGraphActivity,
  mapIdentityProtection,
  mapPlatformLog,
  mapProvisioning,
} from "./azure-other.ts";
import { mapSigninLog } from "./azure-signin.ts";
import { defineCloudSource } from "./cloud-source.ts";

/** A log of Azure: in which categories its records are, and what to make of them. */
interface AzureLog {
  readonly name: string;
  readonly dataset: string;
  readonly isOwn: (category: string, raw: ReadonlyFields) => boolean;
  readonly map: (raw: ReadonlyFields, document: Fields) => void;
}

const activityCategories: ReadonlySet<string> = new Set(
  (
    "administrative security servicehealth resourcehealth alert recommendation policy autoscale " +
    "action write delete read"
  ).split(" "),
);

/** All logs come in the same envelope, by diagnostic settings into storage or an event hub; the first that is it counts. */
const logs: readonly AzureLog[] = [
  {
    name: "Entra ID sign-in log",
    dataset: "azure.signinlogs",
    isOwn: (category) => category.endsWith("signinlogs"),
    map: mapSigninLog,
  },
  {
    name: "Entra ID audit log",
    dataset: "azure.auditlogs",
    isOwn: (category) => category === "auditlogs",
    map: mapAuditLog,
  },
  {
    name: "Entra ID Protection",
    dataset: "azure.identity_protection",
    isOwn: (category) => category === "riskyusers" || category === "userriskevents",
    map: mapIdentityProtection,
  },
  {
    name: "Entra ID provisioning log",
    dataset: "azure.provisioning",
    isOwn: (category) => category === "provisioninglogs",
    map: mapProvisioning,
  },
  {
    name: "Microsoft Graph activity",
    dataset: "azure.graphactivitylogs",
    isOwn: (category) => category === "microsoftgraphactivitylogs",
    map: mapGraphActivity("graphactivitylogs"),
  },
  {
    name: "Azure AD Graph activity",
    dataset: "azure.aadgraphactivitylogs",
    isOwn: (category) => category === "azureadgraphactivitylogs",
    map: mapGraphActivity("aadgraphactivitylogs"),
  },
  {
    name: "Azure activity log",
    dataset: "azure.activitylogs",
    isOwn: (category, raw) => activityCategories.has(category) && raw.operationName !== undefined,
    map: mapActivityLog,
  },
  {
    name: "Azure resource log",
    dataset: "azure.platformlogs",
    isOwn: (_, raw) => raw.operationName !== undefined || raw.EventName !== undefined,
    map: mapPlatformLog,
  },
];

export const azureSources: readonly Source[] = logs.map(({ name, dataset, isOwn, map }) =>
  defineCloudSource({
    name,
    dataset,
    keys: ["category"],
    recognise: (raw) => {
      const { category } = raw;
      const isAzure =
        typeof category === "string" &&
        !category.startsWith("AdvancedHunting-") &&
        (raw.resourceId !== undefined || isTenantWide(raw));
      return isAzure && isOwn(category.toLowerCase(), raw) ? "certain" : undefined;
    },
    time: (raw) => readAmericanTime(raw.time ?? raw.Time ?? raw.EventTimeString) ?? raw.time,
    map,
  }),
);

function isTenantWide(raw: ReadonlyFields): boolean {
  return raw.operationName !== undefined && raw.time !== undefined && raw.properties !== undefined;
}

const american =
  /^(\d{1,2})\/(\d{1,2})\/(\d{4}) (\d{1,2}):(\d\d):(\d\d) ([AP])M(?: ([+-]\d\d:\d\d))?$/;

/** `8/22/2022 6:11:52 PM`, with or without a zone, as ISO 8601; `undefined` for anything else. */
function readAmericanTime(text: unknown): string | undefined {
  const found = typeof text === "string" ? american.exec(text) : null;
  if (found === null) return undefined;
  const [, month = "", day = "", year, hour, minute, second, half, zone = "Z"] = found;
  const hours = (Number(hour) % 12) + (half === "P" ? 12 : 0);
  const two = (number: number | string) => String(number).padStart(2, "0");
  const time = readTime(
    `${year}-${two(month)}-${two(day)}T${two(hours)}:${minute}:${second}${zone}`,
  );
  return time === undefined ? undefined : formatTime(time.epochMs);
}
