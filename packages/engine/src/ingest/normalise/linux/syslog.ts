import { isIP } from "node:net";
import { addToField, type Fields, getField, setField } from "../fields.ts";
import type { Source } from "../source.ts";
import { hostIdOf } from "../windows/host.ts";
import { mapAuth } from "./auth.ts";
import { readSyslogLine, type SyslogLine } from "./syslog-line.ts";

/** Programs whose messages are about who may do what. */
const authPrograms =
  /^(sshd|sshd-session|sudo|su|login|passwd|chage|chfn|chsh|pkexec|polkitd|systemd-logind|unix_chkpwd|(user|group)(add|del|mod)|newusers|chpasswd|gdm-password\]?|lightdm|dropbear)$/;
/** Facilities of syslog: security messages, and private ones. */
const authFacilities: ReadonlySet<number | undefined> = new Set([4, 10]);

/** Lines of syslog as the integration `system` maps them: those about accounts as its stream `auth`, the others as `syslog`. */
export const syslogSource: Source = {
  name: "syslog",
  keys: ["syslog_line"],
  recognise: (raw) => (typeof raw.syslog_line === "string" ? "certain" : undefined),
  read: (raw) => {
    const line = readSyslogLine(String(raw.syslog_line), Date.now());
    const document = buildSyslogDocument(line);
    return { kind: "document", document, ...(line.time !== undefined && { time: line.time }) };
  },
};

/** The document of a line, whichever way it came. */
export function buildSyslogDocument(line: SyslogLine): Fields {
  const document: Fields = {};
  const { host, program, pid, message } = line;
  const isAuth =
    authFacilities.has(line.facility) ||
    authPrograms.test(program ?? "") ||
    message.startsWith("pam_");
  const dataset = isAuth ? "system.auth" : "system.syslog";
  setField(document, "event.module", "system");
  setField(document, "event.dataset", dataset);
  document.data_stream = { type: "logs", dataset, namespace: "default" };
  setField(document, "host.hostname", host);
  setField(document, "host.name", host);
  if (host !== undefined) setField(document, "host.id", hostIdOf(host));
  setField(document, "host.os.type", "linux");
  setField(document, "process.name", program);
  setField(document, "process.pid", pid);
  if (!isAuth) {
    setField(document, "message", message);
    return document;
  }
  setField(document, "event.kind", "event");
  mapAuth(document, program ?? "", message);
  const address = getField(document, "source.address");
  const ip = address ?? getField(document, "system.auth.ssh.dropped_ip");
  if (typeof ip === "string" && isIP(ip) > 0) {
    setField(document, "source.ip", ip);
    addToField(document, "related.ip", ip);
  } else if (typeof address === "string") setField(document, "source.domain", address);
  for (const path of ["user.name", "user.effective.name"]) {
    const name = getField(document, path);
    if (typeof name === "string") addToField(document, "related.user", name);
  }
  addToField(document, "related.hosts", host);
  return document;
}
