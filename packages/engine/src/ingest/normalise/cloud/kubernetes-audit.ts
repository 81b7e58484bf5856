import { isIP } from "node:net";
import { isFields, setField } from "../fields.ts";
import { defineCloudSource } from "./cloud-source.ts";
import { copyObject } from "./tree.ts";

/** The audit log of a Kubernetes API server: one event a line. It has no fields of ECS but these. */
export const kubernetesAudit = defineCloudSource({
  name: "Kubernetes audit log",
  dataset: "kubernetes.audit_logs",
  keys: ["auditID"],
  recognise: (raw) => {
    const isEvent = raw.verb !== undefined && (raw.stage !== undefined || raw.level !== undefined);
    return isEvent ? "certain" : undefined;
  },
  time: (raw) => raw.stageTimestamp ?? raw.requestReceivedTimestamp,
  map: (raw, document) => {
    const audit = copyObject(raw);
    for (const key of ["requestObject", "responseObject"]) {
      const object = audit[key];
      if (isFields(object)) delete object.metadata;
    }
    if (isFields(audit.annotations)) {
      audit.annotations = copyObject(audit.annotations, (key) => key.replaceAll(".", "_"));
    }
    setField(document, "kubernetes.audit", audit);
    const addresses = Array.isArray(audit.sourceIPs) ? audit.sourceIPs : [];
    const address = addresses.find((each) => typeof each === "string" && isIP(each) > 0);
    setField(document, "source.ip", address);
    setField(document, "user_agent.original", audit.userAgent);
    setField(document, "user.name", isFields(audit.user) ? audit.user.username : undefined);
    setField(document, "event.action", audit.verb);
  },
});
