import type { FieldPath, FieldType } from "../values/index.ts";

/** Fields that public rules name and no published list types, with the reason for the type. */
interface UntypedFields {
  readonly type: FieldType;
  readonly because: string;
  readonly names: readonly FieldPath[];
}

const untyped: readonly UntypedFields[] = [
  {
    type: "keyword",
    because: "the source names the leaves, and its template maps every one of them as keyword",
    names: ["labels.*", "winlog.event_data.*", "winlog.user_data.*"],
  },
  {
    type: "keyword",
    because: "alerts are read as events, and their fields are keywords unless listed otherwise",
    names: ["kibana.alert.*", "signal.*"],
  },
  {
    type: "keyword",
    because: "keyword in the audit source, as all of its plain properties",
    names: [
      "o365.audit.AuthenticationType",
      "o365.audit.ModifiedProperties.*",
      "o365.audit.Parameters.*",
      "o365.audit.Platform",
    ],
  },
  {
    type: "keyword",
    because: "no source found yet; names, ids and flags compare as text",
    names: [
      "application.name",
      "aws.bedrock_agentcore.operation",
      "aws.bedrock_agentcore.request_payload.prompt",
      "aws.cloudtrail.session_credential_from_console",
      "azure.aadgraphactivitylogs.*",
      "azure.activitylogs.resource.id",
      "azure.auditlogs.properties.additional_details.key",
      "azure.graphactivitylogs.*",
      "azure.open_ai.category",
      "azure.open_ai.operation_name",
      "azure.open_ai.result_signature",
      "beacon_stats.is_beaconing",
      "gen_ai.completion",
      "gen_ai.compliance.violation_code",
      "gen_ai.compliance.violation_detected",
      "gen_ai.guardrail_id",
      "gen_ai.policy.action",
      "gen_ai.policy.confidence",
      "gen_ai.policy.name",
      "gen_ai.prompt",
      "gen_ai.request.model.id",
      "gen_ai.response.error_code",
      "github.actor_ip",
      "github.hashed_token",
      "github.operation_type",
      "github.org_id",
      "github.permission",
      "github.programmatic_access_type",
      "github.pull_request_url",
      "github.token_id",
      "github.user_agent",
      "github.visibility",
      "google_workspace.admin.setting.metadata.rule.type",
      "kubernetes.audit.requestObject.roleRef.name",
      "m365_defender.alert.id",
      "m365_defender.alert.tenant_id",
      "ml_is_dga.malicious_prediction",
      "okta.authentication_context.root_session_id",
      "okta.debug_context.debug_data.behaviors",
      "okta.debug_context.debug_data.dt_hash",
      "processor.name",
      "related.entity",
      "session.id",
      "token.id",
      "wiz.vulnerability.cvss_severity",
      "wiz.vulnerability.has_exploit",
      "wiz.vulnerability.id",
      "wiz.vulnerability.vulnerable_asset.id",
      "wiz.vulnerability.vulnerable_asset.name",
    ],
  },
  {
    type: "double",
    because: "scores and probabilities",
    names: ["beacon_stats.beaconing_score", "ml_is_dga.malicious_probability"],
  },
  {
    type: "long",
    because: "lengths and numbers of tokens",
    names: [
      "azure.open_ai.properties.request_length",
      "azure.open_ai.properties.response_length",
      "gen_ai.usage.completion_tokens",
      "gen_ai.usage.prompt_tokens",
    ],
  },
  {
    type: "keyword",
    because: "the method and the query of a packet: plain `method` and `query` in the older lists",
    names: [
      "network_traffic.amqp.method",
      "network_traffic.mongodb.method",
      "network_traffic.pgsql.query",
      "network_traffic.redis.query",
      "network_traffic.thrift.method",
    ],
  },
];

/** The names of the table with their types. They win over the lists, which have some as mere objects. */
export const untypedFields: ReadonlyMap<FieldPath, FieldType> = new Map(
  untyped.flatMap(({ type, names }) => names.map((name) => [name, type] as const)),
);

/** What packet fields were called before they got their integration's prefix; the lists have the old names. */
const renamedPrefixes: readonly (readonly [now: string, before: string])[] = [
  ["network_traffic.memcached.", "memcache."],
  ["network_traffic.nfs.rpc.", "rpc."],
  ["network_traffic.", ""],
];

/** The older name of a field, if its integration renamed it. */
export function olderNameOf(path: FieldPath): FieldPath | undefined {
  const renamed = renamedPrefixes.find(([now]) => path.startsWith(now));
  return renamed === undefined ? undefined : renamed[1] + path.slice(renamed[0].length);
}
