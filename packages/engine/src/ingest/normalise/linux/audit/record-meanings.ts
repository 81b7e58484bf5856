import type { AuditAccount, AuditMeaning } from "./meaning.ts";

const session: AuditMeaning = {
  actor: "auid",
  secondActor: "acct id uid",
  object: "terminal",
  secondObject: "addr hostname",
  what: "user-session",
  how: "exe terminal",
};
const actors: AuditMeaning = {
  accounts: [
    ["user", "actor"],
    ["user.effective", "secondActor"],
  ],
};
const ofSession: AuditMeaning = { ...session, ...actors };
const fromAddress: AuditMeaning = { ...ofSession, sourceIp: "addr" };
const named: AuditMeaning = { object: "id acct", what: "account" };
/** A program adds or takes away an account. */
const account = (to: AuditAccount): AuditMeaning => ({
  ...named,
  accounts: [...(actors.accounts ?? []), [to, "object"]],
});
/** Somebody changes an account, their own or another one. */
const changeOf = (to: AuditAccount): NonNullable<AuditMeaning["accounts"]> => [
  ["user", "actor"],
  ["user.effective", "uid"],
  [to, "secondActor"],
];
const login: AuditMeaning = {
  actor: "old_auid old-auid",
  secondActor: "uid",
  object: "new-auid new_auid auid",
  what: "user-session",
  accounts: [
    ["user", "actor"],
    ["user.effective", "object"],
  ],
};
const auditConfiguration: AuditMeaning = {
  object: "op key audit_enabled audit_pid audit_backlog_limit audit_failure",
  what: "audit-config",
};
const service: AuditMeaning = { what: "service" };
const policy: AuditMeaning = { what: "mac-config" };
const system: AuditMeaning = { what: "system" };
const machine = "virtual-machine";
const alert: AuditMeaning = { isAlert: true };
const badLogin: AuditMeaning = { ...session, ...alert };

/** By types of the record that an event is named for; `more` says what its values mean. */
const rows: readonly (readonly [
  types: string,
  action: string,
  category: string,
  type: string,
  more?: AuditMeaning,
])[] = [
  ["ACCT_LOCK", "locked-account", "iam", "user info"],
  ["ACCT_UNLOCK", "unlocked-account", "iam", "user info"],
  ["ADD_GROUP", "added-group-account-to", "iam", "group creation", account("group")],
  ["ADD_USER", "added-user-account", "iam", "user creation", account("user.target")],
  ["DEL_GROUP", "deleted-group-account-from", "iam", "group deletion", account("group")],
  ["DEL_USER", "deleted-user-account", "iam", "user deletion", account("user.target")],
  [
    "GRP_MGMT",
    "modified-group-account",
    "iam",
    "group change",
    { ...named, accounts: changeOf("group") },
  ],
  ["ROLE_ASSIGN", "assigned-user-role-to", "iam", "user change", named],
  ["ROLE_MODIFY", "modified-role", "iam", "change"],
  ["ROLE_REMOVE", "removed-user-role-from", "iam", "user change", named],
  [
    "USER_MGMT",
    "modified-user-account",
    "iam",
    "user change",
    { ...session, accounts: changeOf("user.target") },
  ],
  [
    "USER_CHAUTHTOK",
    "changed-password",
    "iam",
    "user change",
    { ...session, accounts: changeOf("user.target") },
  ],
  [
    "GRP_CHAUTHTOK",
    "changed-group-password",
    "iam",
    "group change",
    { ...session, object: "acct", accounts: changeOf("group") },
  ],
  ["CRED_ACQ", "acquired-credentials", "authentication", "info", ofSession],
  ["CRED_DISP", "disposed-credentials", "authentication", "info", ofSession],
  ["CRED_REFR", "refreshed-credentials", "authentication", "info", ofSession],
  ["GRP_AUTH", "authenticated-to-group", "authentication", "info", actors],
  ["LOGIN", "changed-login-id-to", "authentication", "start", login],
  ["USER_ACCT", "was-authorized", "authentication", "info", ofSession],
  ["USER_AUTH", "authenticated", "authentication", "info", ofSession],
  ["USER_END", "ended-session", "session", "end", ofSession],
  ["USER_ERR", "error", "authentication", "info", fromAddress],
  ["USER_LOGIN", "logged-in", "authentication", "start", fromAddress],
  ["USER_LOGOUT", "logged-out", "authentication", "end", ofSession],
  ["USER_ROLE_CHANGE", "changed-role-to", "", "", { ...session, object: "selected-context" }],
  ["USER_START", "started-session", "session", "start", fromAddress],
  [
    "VIRT_CONTROL",
    "issued-vm-control",
    "host",
    "info",
    { object: "op", secondObject: "vm", what: machine },
  ],
  ["VIRT_CREATE", "created-vm-image", "host", "info"],
  ["VIRT_DESTROY", "deleted-vm-image", "host", "info"],
  ["VIRT_INTEGRITY_CHECK", "checked-integrity-of", "host", "info"],
  ["VIRT_MACHINE_ID", "assigned-vm-id", "host", "info", { object: "vm", what: machine }],
  ["VIRT_MIGRATE_IN", "migrated-vm-from", "host", "info"],
  ["VIRT_MIGRATE_OUT", "migrated-vm-to", "host", "info"],
  [
    "VIRT_RESOURCE",
    "assigned-vm-resource",
    "host",
    "info",
    { object: "resrc", secondObject: "vm", what: machine },
  ],
  ["CHGRP_ID", "changed-group", "process", "change"],
  ["CHUSER_ID", "changed-user-id", "process", "change"],
  ["TEST", "sent-test", "process", "info"],
  ["TRUSTED_APP", "unknown", "process", "info"],
  ["USER_CMD", "ran-command", "process", "start", { object: "cmd", what: "process" }],
  ["SYSTEM_BOOT", "booted-system", "host", "start", system],
  ["SYSTEM_RUNLEVEL", "changed-to-runlevel", "host", "change", { ...system, object: "new-level" }],
  ["SYSTEM_SHUTDOWN", "shutdown-system", "host", "end", system],
  ["TIME_ADJNTPVAL TIME_INJOFFSET", "changed-system-time", "host", "change", system],
  ["KERN_MODULE", "loaded-kernel-module", "driver", "start", { object: "name", what: "file" }],
  ["SERVICE_START", "started-service", "process", "start", { ...service, object: "unit" }],
  ["SERVICE_STOP", "stopped-service", "process", "end", { ...service, object: "unit" }],
  [
    "CONFIG_CHANGE",
    "changed-audit-configuration",
    "process configuration",
    "change",
    auditConfiguration,
  ],
  ["DAEMON_ABORT", "aborted-auditd-startup", "process", "end", service],
  ["DAEMON_ACCEPT", "remote-audit-connected", "network", "connection start", service],
  ["DAEMON_CLOSE", "remote-audit-disconnected", "network", "connection start", service],
  ["DAEMON_CONFIG", "changed-auditd-configuration", "process configuration", "change", service],
  ["DAEMON_END", "shutdown-audit", "process", "end", service],
  ["DAEMON_ERR", "audit-error", "process", "info", service],
  ["DAEMON_RECONFIG", "reconfigured-auditd", "process configuration", "info", service],
  ["DAEMON_RESUME", "resumed-audit-logging", "process", "change", service],
  ["DAEMON_ROTATE", "rotated-audit-logs", "process", "change", service],
  ["DAEMON_START", "started-audit", "process", "start", service],
  ["KERNEL", "initialized-audit-subsystem", "process", "info"],
  ["USYS_CONFIG", "changed-configuration", "configuration", "change", { ...system, object: "op" }],
  [
    "NETFILTER_CFG",
    "loaded-firewall-rule-to",
    "configuration",
    "change",
    { object: "table", what: "firewall" },
  ],
  [
    "FEATURE_CHANGE",
    "changed-audit-feature",
    "configuration",
    "change",
    { ...system, object: "feature" },
  ],
  ["TTY USER_TTY", "typed", "", "", { object: "data", what: "keystrokes", how: "comm exe" }],
  ["FS_RELABEL", "relabeled-filesystem", "", "", policy],
  ["LABEL_LEVEL_CHANGE", "modified-level-of", "", "", { object: "printer", what: "printer" }],
  ["LABEL_OVERRIDE", "overrode-label-of", "", "", policy],
  ["MAC_CHECK", "mac-permission", "", ""],
  [
    "MAC_CONFIG_CHANGE",
    "changed-selinux-boolean",
    "configuration",
    "change",
    { ...policy, object: "bool" },
  ],
  ["MAC_POLICY_LOAD", "loaded-selinux-policy", "configuration", "access", policy],
  [
    "MAC_STATUS",
    "changed-selinux-enforcement",
    "configuration",
    "change",
    { ...policy, object: "enforcing" },
  ],
  ["USER_AVC", "access-permission", "", ""],
  ["USER_MAC_CONFIG_CHANGE", "changed-mac-configuration", "configuration", "change", policy],
  ["USER_MAC_POLICY_LOAD", "loaded-mac-policy", "configuration", "access", policy],
  ["USER_SELINUX_ERR", "access-error", "", ""],
  ["SECCOMP", "violated-seccomp-policy", "", "", { object: "syscall", what: "process" }],
  ["SELINUX_ERR", "caused-mac-policy-error", "", "", system],
  [
    "CRYPTO_KEY_USER",
    "negotiated-crypto-key",
    "process",
    "info",
    { ...session, object: "fp", sourceIp: "addr" },
  ],
  ["CRYPTO_LOGIN", "crypto-officer-logged-in", "", ""],
  ["CRYPTO_LOGOUT", "crypto-officer-logged-out", "process", "info"],
  [
    "CRYPTO_SESSION",
    "started-crypto-session",
    "process",
    "info",
    { ...session, object: "addr", secondObject: "rport", sourceIp: "addr" },
  ],
  ["DAC_CHECK", "access-result", "", ""],
  [
    "ANOM_ABEND",
    "crashed-program",
    "process intrusion_detection",
    "end info",
    { ...alert, object: "comm exe", secondObject: "pid", what: "process", how: "sig" },
  ],
  [
    "ANOM_EXEC",
    "attempted-execution-of-forbidden-program",
    "process intrusion_detection",
    "start info",
    { ...alert, object: "cmd", what: "process", how: "terminal" },
  ],
  ["ANOM_LINK", "used-suspicious-link", "file intrusion_detection", "access info", alert],
  [
    "ANOM_LOGIN_FAILURES",
    "failed-log-in-too-many-times-to",
    "authentication intrusion_detection",
    "start denied",
    badLogin,
  ],
  [
    "ANOM_LOGIN_LOCATION",
    "attempted-log-in-from-unusual-place-to",
    "authentication intrusion_detection",
    "start denied",
    badLogin,
  ],
  [
    "ANOM_LOGIN_SESSIONS",
    "opened-too-many-sessions-to",
    "authentication intrusion_detection",
    "start denied",
    badLogin,
  ],
  [
    "ANOM_LOGIN_TIME",
    "attempted-log-in-during-unusual-hour-to",
    "authentication intrusion_detection",
    "start denied",
    badLogin,
  ],
  [
    "ANOM_PROMISCUOUS",
    "changed-promiscuous-mode-on-device",
    "intrusion_detection",
    "info change",
    { ...alert, object: "dev", what: "network-device" },
  ],
  [
    "ANOM_RBAC_INTEGRITY_FAIL",
    "tested-file-system-integrity-of",
    "intrusion_detection",
    "info",
    { ...alert, object: "hostname", what: "filesystem" },
  ],
  [
    "ANOM_LOGIN_ACCT",
    "attempted-log-in-to-watched-account",
    "authentication intrusion_detection",
    "start denied",
    alert,
  ],
  [
    "ANOM_MAX_DAC",
    "max-discretionary-access-control-failures-reached",
    "intrusion_detection",
    "info",
    alert,
  ],
  [
    "ANOM_MAX_MAC",
    "max-mandatory-access-control-failures-reached",
    "intrusion_detection",
    "info",
    alert,
  ],
  ["ANOM_AMTU_FAIL", "abstract-machine-test-utility-failure", "intrusion_detection", "info", alert],
  ["ANOM_RBAC_FAIL", "rbac-self-test-failure", "intrusion_detection", "info", alert],
  ["ANOM_CRYPTO_FAIL", "crypto-system-test-failure", "intrusion_detection", "info", alert],
  ["ANOM_MK_EXEC", "made-an-executable", "file intrusion_detection", "change info", alert],
  [
    "ANOM_ACCESS_FS",
    "accessed-watched-file-or-directory",
    "file intrusion_detection",
    "access info",
    alert,
  ],
  ["ANOM_ADD_ACCT", "added-user-account", "iam intrusion_detection", "user creation info", alert],
  ["ANOM_DEL_ACCT", "deleted-user-account", "iam intrusion_detection", "user deletion info", alert],
  ["ANOM_MOD_ACCT", "modified-user-account", "iam intrusion_detection", "user change info", alert],
  [
    "ANOM_ROOT_TRANS",
    "user-became-root",
    "authentication intrusion_detection",
    "start info",
    alert,
  ],
  [
    "ANOM_LOGIN_SERVICE",
    "service-account-attempted-login",
    "authentication intrusion_detection",
    "start denied",
    alert,
  ],
  ["USER", "sent-message", "", "", { object: "addr" }],
  ["SOFTWARE_UPDATE", "package-updated", "package", "info"],
];

const meanings: ReadonlyMap<string, AuditMeaning> = new Map(
  rows.flatMap(([types, action, category, type, more]) =>
    types.split(" ").map((each) => [each, { action, category, type, ...more }] as const),
  ),
);

const selinux: AuditMeaning = {
  action: "violated-selinux-policy",
  actor: "scontext",
  object: "tcontext",
  secondObject: "tclass",
};
const apparmor: AuditMeaning = {
  action: "violated-apparmor-policy",
  object: "operation",
  secondObject: "requested_mask denied_mask capname",
  what: "policy",
};

/** What an event means that is named for a record of this type; two policies write AVC records. */
export function meaningOfType(
  type: string,
  values: ReadonlyMap<string, string>,
): AuditMeaning | undefined {
  if (type !== "AVC") return meanings.get(type);
  if (values.has("apparmor")) return apparmor;
  return values.has("seresult") ? selinux : undefined;
}
