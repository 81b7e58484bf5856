import { type Random, seededRandom } from "../scripts/random.ts";

const tools = [
  "certutil",
  "bitsadmin",
  "mshta",
  "regsvr32",
  "wmic",
  "msbuild",
  "installutil",
  "cscript",
] as const;
const parents = [
  "winword",
  "excel",
  "outlook",
  "w3wp",
  "sqlservr",
  "services",
  "explorer",
] as const;
const folders = [
  "Users\\\\Public",
  "Windows\\\\Temp",
  "ProgramData",
  "PerfLogs",
  "Recycle.Bin",
] as const;
const extensions = ["exe", "dll", "ps1", "vbs", "js", "hta", "lnk"] as const;
const keys = [
  "Run",
  "RunOnce",
  "Winlogon",
  "Image File Execution Options",
  "AppInit_DLLs",
] as const;

/** EQL queries of the kinds that public rules consist of, all different; for machines without the public corpus. */
export function generateQueries(count: number, seed: number): string[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, (_, index) => generateQuery(random, index));
}

function generateQuery(random: Random, index: number): string {
  const tool = random.pick(tools);
  switch (random.below(4)) {
    case 0:
      return `process where host.os.type == "windows" and event.type == "start" and
  process.name : ("${tool}.exe", "tool${index}.exe") and process.parent.name : "${random.pick(parents)}.exe" and
  process.args : ("/${tool}*${index}*", "-urlcache*", "http*://*${index}*") and not user.id : "S-1-5-18"`;
    case 1:
      return `file where host.os.type == "windows" and event.type != "deletion" and
  file.path : "?:\\\\${random.pick(folders)}\\\\*${index}*.${random.pick(extensions)}" and
  not process.executable : ("?:\\\\Program Files\\\\*", "?:\\\\Windows\\\\System32\\\\svchost.exe")`;
    case 2:
      return `registry where host.os.type == "windows" and
  registry.path : ("*\\\\${random.pick(keys)}\\\\*${index}*", "HKLM\\\\*\\\\item${index}") and registry.data.strings != null`;
    default:
      return `process where event.type == "start" and
  process.command_line regex~ """.*${tool}[0-9]{1,3}-${index}.*""" and length(process.command_line) > ${100 + (index % 50)}`;
  }
}
