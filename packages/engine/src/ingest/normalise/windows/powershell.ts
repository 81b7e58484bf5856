import { addToField, type Fields, getField, setField } from "../fields.ts";
import { splitArguments } from "./command-line.ts";
import {
  applyRules,
  type Categorisation,
  dropShipperNotes,
  type FieldRule,
  type Mapping,
  setAccount,
  setCategorisation,
  takeText,
} from "./mapping.ts";
import { setFilePath } from "./paths.ts";
import { numberOf } from "./record.ts";
import { setScriptBlock } from "./script-block.ts";

const typeById: ReadonlyMap<string, string> = new Map(
  Object.entries({
    400: "start",
    403: "end",
    600: "info",
    800: "info",
    4103: "info",
    4104: "info",
    4105: "start",
    4106: "end",
  }),
);

/** What a line `Name = value` of ContextInfo, or `Name=value` of the classic events, gives. Blanks in names do not count. */
const contextFields: ReadonlyMap<string, string> = new Map(
  Object.entries({
    hostname: "process.title",
    hostid: "process.entity_id",
    hostapplication: "process.command_line",
    hostversion: "powershell.process.executable_version",
    engineversion: "powershell.engine.version",
    newenginestate: "powershell.engine.new_state",
    previousenginestate: "powershell.engine.previous_state",
    providername: "powershell.provider.name",
    newproviderstate: "powershell.provider.new_state",
    runspaceid: "powershell.runspace_id",
    pipelineid: "powershell.pipeline_id",
    commandname: "powershell.command.name",
    commandtype: "powershell.command.type",
    commandpath: "powershell.command.path",
    shellid: "powershell.id",
  }),
);

const contextNumbers: ReadonlyMap<string, string> = new Map(
  Object.entries({
    sequencenumber: "event.sequence",
    detailsequence: "powershell.sequence",
    detailtotal: "powershell.total",
  }),
);

const operational: readonly FieldRule[] = [
  { from: ["ScriptBlockId"], to: "powershell.file.script_block_id" },
  { from: ["MessageNumber"], to: "powershell.sequence", as: "number" },
  { from: ["MessageTotal"], to: "powershell.total", as: "number" },
  { from: ["RunspaceId"], to: "powershell.runspace_id" },
];

/**
 * The channels "Windows PowerShell" (400, 403, 600, 800) and Microsoft-Windows-PowerShell/Operational
 * (4103 to 4106), ecs-mapping 5. `process.entity_id` is the runspace host's, in no way Sysmon's.
 */
export function mapPowershell(mapping: Mapping): void {
  const { record, document } = mapping;
  const type = typeById.get(record.eventId);
  if (type === undefined) return;
  const found: Categorisation = { action: undefined, category: ["process"], type: [type] };
  setCategorisation(document, found);
  dropShipperNotes(mapping);
  setField(document, "user.id", getField(record.winlog, "user.identifier"));
  applyRules(mapping, operational);
  const text = takeText(mapping, "ScriptBlockText");
  if (text !== undefined) {
    setScriptBlock(document, text);
    setField(document, "process.pid", getField(record.winlog, "process.pid"));
  }
  setFilePath(document, takeText(mapping, "Path"));
  const context = takeContext(mapping);
  setContext(document, context);
  const details = takeDetails(mapping);
  if (details.length > 0) {
    setField(document, "powershell.command.invocation_details", details);
  }
}

/** The lines of context by name in lower case, without blanks. Exports without parameters have them in the message. */
function takeContext(mapping: Mapping): ReadonlyMap<string, string> {
  const { record } = mapping;
  const isClassic = record.eventId.length === 3;
  if (record.eventId !== "4103" && !isClassic) return new Map();
  const key = isClassic ? (record.eventId === "800" ? "param2" : "param3") : "ContextInfo";
  const written = takeText(mapping, key) ?? record.message ?? "";
  if (isClassic) {
    for (const other of ["param1", "param2"]) {
      const text = takeText(mapping, other);
      if (record.eventId === "800" && other === "param1") {
        setField(mapping.document, "powershell.command.value", text);
      }
    }
  }
  const lines = new Map<string, string>();
  for (const line of written.split("\n")) {
    const equals = line.indexOf("=");
    const name = line.slice(0, Math.max(equals, 0)).replace(/\s+/g, "").toLowerCase();
    const value = line.slice(equals + 1).trim();
    if (name !== "" && value !== "" && !lines.has(name)) lines.set(name, value);
  }
  return lines;
}

function setContext(document: Fields, lines: ReadonlyMap<string, string>): void {
  for (const [name, value] of lines) {
    const field = contextFields.get(name);
    if (field !== undefined) setField(document, field, value);
    const numberField = contextNumbers.get(name);
    if (numberField !== undefined) setField(document, numberField, numberOf(value));
  }
  const commandLine = lines.get("hostapplication");
  if (commandLine !== undefined) {
    const args = splitArguments(commandLine);
    setField(document, "process.args", args);
    setField(document, "process.args_count", args.length);
  }
  setFilePath(document, lines.get("scriptname"));
  setUsers(document, lines.get("user") ?? lines.get("userid"), lines.get("connecteduser"));
}

/** Whoever is connected from elsewhere is the user; the account that runs for them is the destination's. */
function setUsers(document: Fields, user: string | undefined, connected: string | undefined): void {
  setAccount(document, user);
  if (connected === undefined) return;
  const [domain, name] = connected.split("\\");
  for (const field of ["name", "domain"]) {
    setField(document, `destination.user.${field}`, getField(document, `user.${field}`));
  }
  setAccount(document, connected);
  setField(document, "source.user.domain", domain);
  setField(document, "source.user.name", name);
  addToField(document, "related.user", name);
}

/** Lines `Kind(Command): rest`, the rest of a parameter being `name="…"; value="…"`. */
function takeDetails(mapping: Mapping): readonly Fields[] {
  const { eventId } = mapping.record;
  const key = eventId === "4103" ? "Payload" : eventId === "800" ? "param3" : undefined;
  const written = key === undefined ? undefined : takeText(mapping, key);
  const details: Fields[] = [];
  for (const line of (written ?? "").split("\n")) {
    const open = line.indexOf("(");
    const close = line.indexOf("): ", open);
    if (open <= 0 || close < 0) continue;
    const rest = line.slice(close + 3).trim();
    const named = /^name=("[^"]*"); value=(.*)$/.exec(rest);
    details.push({
      type: line.slice(0, open).trim(),
      related_command: line.slice(open + 1, close),
      ...(named === null ? { value: rest } : { name: named[1], value: named[2] }),
    });
  }
  return details;
}
