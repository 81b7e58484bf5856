import { addToField, type Fields, getField, putKey, setField } from "../fields.ts";
import { type Mapping, setAccount, setCategorisation } from "./mapping.ts";
import { nameOfPath } from "./paths.ts";
import { textOf } from "./record.ts";

/** Ids with a categorisation of their own; all others are about the process that keeps watch. */
const events: ReadonlyMap<string, readonly [action: string, category: string, type: string]> =
  new Map([
    ["1116", ["malware-detected", "malware", "info"]],
    ["1117", ["malware-detected", "malware", "info"]],
    ["2000", ["antivirus-updated", "process", "info"]],
    ["2050", ["file-uploaded", "file", "info"]],
    ["5007", ["antivirus-configuration-changed", "configuration", "change"]],
  ]);

/**
 * Microsoft-Windows-Windows Defender/Operational, ecs-mapping 6. The names of its values have blanks
 * (`Threat Name`), for which Elastic writes underscores.
 */
export function mapDefender(mapping: Mapping): void {
  const { record, document } = mapping;
  const id = record.eventId;
  const data = underscore(mapping);
  const text = (key: string) => textOf(data, key);
  const known = events.get(id);
  const isQuarantined = id === "1117" && text("Action_Name") === "Quarantine";
  const [action, category = "process", type = "info"] = known ?? [];
  setCategorisation(document, {
    action: isQuarantined ? "malware-quarantined" : action,
    category: [category],
    type: [type],
  });
  if (text("Error_Description")?.startsWith("The operation completed successfully") === true) {
    setField(document, "event.outcome", "success");
  }
  setField(document, "event.reference", text("FWLink"));
  setField(document, "destination.domain", text("Destination"));
  setAccount(document, text("User") ?? text("Detection_User"));
  setFile(document, text("FileName") ?? text("Path") ?? text("Filename"));
  setField(document, "file.hash.sha256", text("Sha256"));
  addToField(document, "related.hash", text("Sha256"));
  setField(document, "process.command_line", text("Target_Commandline"));
  setField(document, "process.parent.command_line", text("Parent_Commandline"));
  const process = text("Process_Name");
  // 1126 (network protection) has a name there, the others a path.
  setField(document, id === "1126" ? "process.name" : "process.executable", process);
  if (id !== "1126") setField(document, "process.name", nameOfPath(process) ?? process);
}

/** The values with underscores in their names; those that were otherwise stand in `winlog.event_data` under the new ones. */
function underscore({ data, document, moved }: Mapping): Fields {
  const renamed: Fields = {};
  const winlog = getField(document, "winlog");
  for (const key of Object.keys(data)) {
    const name = key.replaceAll(" ", "_");
    putKey(renamed, name, data[key]);
    if (name === key) continue;
    moved.add(key);
    if (winlog !== undefined) setField(document, `winlog.event_data.${name}`, data[key]);
  }
  return renamed;
}

/** `containerfile:_C:\\a.zip; file:_C:\\a.zip->x.exe`: the last one counts, without what kind it is. */
function setFile(document: Fields, written: string | undefined): void {
  if (written === undefined) return;
  const at = written.lastIndexOf(":_");
  const path = at < 0 ? written : written.slice(at + 2);
  setField(document, "file.path", path);
  const name = nameOfPath(path) ?? path;
  setField(document, "file.name", name);
  const dot = name.indexOf(".");
  setField(document, "file.extension", dot < 0 ? undefined : name.slice(dot + 1));
}
