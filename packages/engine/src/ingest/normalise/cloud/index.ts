import type { Source } from "../source.ts";
import { awsCloudtrail } from "./aws-cloudtrail.ts";
import { azureSources } from "./azure.ts";
import { gcpAudit } from "./gcp-audit.ts";
import { github } from "./github.ts";
import { googleWorkspace } from "./google-workspace.ts";
import { kubernetesAudit } from "./kubernetes-audit.ts";
import { logAnalyticsSources } from "./log-analytics.ts";
import { m365Defender } from "./m365-defender.ts";
import { o365 } from "./o365.ts";
import { okta } from "./okta.ts";

/** Services whose records are JSON. */
export const cloudSources: readonly Source[] = [
  awsCloudtrail,
  okta,
  ...azureSources,
  gcpAudit,
  github,
  googleWorkspace,
  kubernetesAudit,
  ...logAnalyticsSources,
  m365Defender,
  o365,
];
