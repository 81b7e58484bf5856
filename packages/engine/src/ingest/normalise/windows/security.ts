import { isIP } from "node:net";
import {
  addToField,
  childOf,
  type Fields,
  getField,
  type ReadonlyFields,
  setField,
} from "../fields.ts";
import { splitAtBlanks } from "./command-line.ts";
import { type Mapping, setCategorisation } from "./mapping.ts";
import { extensionOf, setExecutable } from "./paths.ts";
import { numberOf, textOf } from "./record.ts";
import { describeSecurity } from "./security-descriptions.ts";
import { securityEvents } from "./security-events.ts";
import { logonTypes, serviceTypes } from "./security-texts.ts";

const ids = (text: string): ReadonlySet<string> => new Set(text.split(" "));

/** Whose Target* is the account the event is about; their Subject* is somebody else. */
const targetIsUser = ids("4624 4625 4634 4647 4768 4769 4770 4771 4776 4964");
/** Whose Target* is an account that somebody else does something to. */
const targetIsTarget = ids("4670 4720 4722 4723 4724 4725 4726 4738 4740 4767 4797 4798 4817 4907");
const targetIsEffective = ids("4648 4688");
const targetIsGroup = ids(
  "4727 4728 4729 4730 4731 4732 4733 4734 4735 4737 4744 4745 4746 4747 4748 4749 4750 4751 4752 4753 4754 4755 4756 4757 4758 4759 4760 4761 4762 4763 4764 4799",
);
const targetIsComputer = ids("4741 4742 4743");
const targetLogonCounts = ids("4634 4647");
const isSession = ids("4778 4779");
const isScheduledTask = ids("4698 4699 4700 4701 4702");
const isShare = ids("5140 5145");
const isFirewall = ids("5152 5156 5157 5158");

/**
 * Microsoft-Windows-Security-Auditing and -Eventlog, ecs-mapping 4. EventData stays whole, also what
 * went to ECS fields, so that rules of either style find their names.
 */
export function mapSecurity(mapping: Mapping): void {
  const { record, data, document } = mapping;
  const id = record.eventId;
  const isKnown = securityEvents.has(id);
  setCategorisation(document, securityEvents.get(id));
  setUsers(mapping);
  setLogon(mapping);
  if (id === "4688") setCreatedProcess(document, data);
  else if (isKnown && !isFirewall.has(id)) {
    setField(document, "process.pid", numberOf(textOf(data, "ProcessId")));
    setExecutable(document, "process", textOf(data, "ProcessName"));
  }
  if (isKnown) setSource(document, data, "IpAddress", "IpPort", "WorkstationName");
  if (isFirewall.has(id)) setFirewall(document, data);
  if (isShare.has(id)) setShare(document, data);
  if (isScheduledTask.has(id)) {
    setField(document, "winlog.scheduled_task.name", textOf(data, "TaskName"));
  }
  setService(document, data);
  describeSecurity(mapping);
}

function setUsers({ record, data, document }: Mapping): void {
  const id = record.eventId;
  if (id === "4624") addToField(document, "related.user", textOf(data, "SubjectUserName"));
  const isSubject = securityEvents.has(id) && !targetIsUser.has(id);
  const names = id === "1102" ? (childOf(record.winlog, "user_data") ?? data) : data;
  if (isSubject) setAccountFields(document, "user", names, "Subject");
  if (targetIsUser.has(id)) setAccountFields(document, "user", data, "Target");
  if (targetIsTarget.has(id)) setAccountFields(document, "user.target", data, "Target");
  if (targetIsEffective.has(id)) setAccountFields(document, "user.effective", data, "Target");
  if (targetIsComputer.has(id)) setAccountFields(document, "winlog.computerObject", data, "Target");
  if (targetIsGroup.has(id)) {
    setAccountFields(document, "group", data, "Target");
    setMember(document, textOf(data, "MemberName"));
  }
  if (id === "4781") {
    setField(document, "user.target.name", textOf(data, "OldTargetUserName"));
    setField(document, "user.changes.name", textOf(data, "NewTargetUserName"));
    addToField(document, "related.user", textOf(data, "OldTargetUserName"));
    addToField(document, "related.user", textOf(data, "NewTargetUserName"));
  }
  if (isSession.has(id)) setSession(document, data);
}

/** `SubjectUserSid`, `SubjectUserName`, `SubjectDomainName`, and the same of the target. */
function setAccountFields(
  document: Fields,
  to: string,
  data: ReadonlyFields,
  who: "Subject" | "Target",
): void {
  const sid = textOf(data, `${who}UserSid`) ?? textOf(data, `${who}Sid`);
  const written = textOf(data, `${who}UserName`);
  const name = to === "user" && who === "Target" ? written?.split("@")[0] : written;
  setField(document, `${to}.id`, sid);
  setField(document, `${to}.name`, name);
  setField(document, `${to}.domain`, textOf(data, `${who}DomainName`));
  if (to.startsWith("user")) addToField(document, "related.user", name);
}

/** `CN=mira,CN=Users,DC=lab,DC=example`: the first part is the name; the fourth is what Elastic takes for the domain. */
function setMember(document: Fields, member: string | undefined): void {
  const parts = member?.split(",") ?? [];
  const name = parts[0]?.replace(/^CN=/i, "");
  setField(document, "user.target.name", name);
  setField(document, "user.target.domain", parts[3]?.replace(/^DC=/i, ""));
  addToField(document, "related.user", name);
  if (name === undefined) return;
  for (const field of ["id", "name", "domain"]) {
    setField(document, `user.target.group.${field}`, getField(document, `group.${field}`));
  }
}

function setSession(document: Fields, data: ReadonlyFields): void {
  const address = textOf(data, "ClientAddress");
  setField(document, "user.name", textOf(data, "AccountName"));
  setField(document, "user.domain", textOf(data, "AccountDomain"));
  addToField(document, "related.user", textOf(data, "AccountName"));
  setField(document, "source.domain", textOf(data, "ClientName"));
  const isLocal = address === "LOCAL";
  setAddress(document, "source.ip", isLocal ? "127.0.0.1" : address);
  if (isLocal) setField(document, "winlog.event_data.ClientAddress", "127.0.0.1");
  setField(document, "winlog.logon.id", textOf(data, "LogonID"));
}

function setLogon({ record, data, document }: Mapping): void {
  const type = logonTypes.get(textOf(data, "LogonType") ?? "");
  setField(document, "winlog.logon.type", type);
  const names = record.eventId === "1102" ? (childOf(record.winlog, "user_data") ?? data) : data;
  const key = targetLogonCounts.has(record.eventId) ? "TargetLogonId" : "SubjectLogonId";
  setField(document, "winlog.logon.id", textOf(names, key));
}

/** In a 4688 `ProcessId` is the parent's. Arguments keep their quotes, and are not counted (ecs-mapping 3.2). */
function setCreatedProcess(document: Fields, data: ReadonlyFields): void {
  setField(document, "process.pid", numberOf(textOf(data, "NewProcessId")));
  setExecutable(document, "process", textOf(data, "NewProcessName"));
  setField(document, "process.parent.pid", numberOf(textOf(data, "ProcessId")));
  setExecutable(document, "process.parent", textOf(data, "ParentProcessName"));
  const commandLine = textOf(data, "CommandLine");
  if (commandLine === undefined) return;
  setField(document, "process.command_line", commandLine);
  setField(document, "process.args", splitAtBlanks(commandLine));
}

function setSource(
  document: Fields,
  data: ReadonlyFields,
  address: string,
  port: string,
  name: string,
): void {
  setAddress(document, "source.ip", textOf(data, address));
  setField(document, "source.port", numberOf(textOf(data, port)));
  setField(document, "source.domain", textOf(data, name));
}

function setAddress(document: Fields, to: string, written: string | undefined): void {
  const address = written?.replace(/^::ffff:/i, "");
  if (address === undefined || isIP(address) === 0) return;
  setField(document, to, address);
  addToField(document, "related.ip", address);
}

function setFirewall(document: Fields, data: ReadonlyFields): void {
  setAddress(document, "source.ip", textOf(data, "SourceAddress"));
  setField(document, "source.port", numberOf(textOf(data, "SourcePort")));
  setAddress(document, "destination.ip", textOf(data, "DestAddress"));
  setField(document, "destination.port", numberOf(textOf(data, "DestPort")));
  setField(document, "network.iana_number", textOf(data, "Protocol"));
  const pid = textOf(data, "ProcessID") ?? textOf(data, "ProcessId");
  setField(document, "process.pid", numberOf(pid));
  setExecutable(document, "process", textOf(data, "Application"));
}

function setShare(document: Fields, data: ReadonlyFields): void {
  const name = textOf(data, "RelativeTargetName");
  const folder = textOf(data, "ShareLocalPath");
  const share = textOf(data, "ShareName");
  setField(document, "file.name", name);
  setField(document, "file.directory", folder);
  if (name === undefined) return;
  if (folder !== undefined) setField(document, "file.path", `${folder}\\${name}`);
  if (share !== undefined) setField(document, "file.target_path", `${share}\\${name}`);
  setField(document, "file.extension", extensionOf(name));
}

function setService(document: Fields, data: ReadonlyFields): void {
  setField(document, "service.name", textOf(data, "ServiceName"));
  const type = numberOf(textOf(data, "ServiceType"));
  if (type !== undefined) setField(document, "service.type", serviceTypes.get(type));
}
