import { type Random, seededRandom } from "../scripts/random.ts";

/** An executable and the rest of its command line. */
type Program = readonly [executable: string, tail: string];

const programs: readonly [Program, ...Program[]] = [
  ["C:\\Windows\\System32\\svchost.exe", "-k netsvcs -p -s Schedule"],
  ["C:\\Windows\\System32\\cmd.exe", "/c dir C:\\Users\\Public"],
  [
    "C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe",
    "-NoProfile -File C:\\ops\\inventory.ps1",
  ],
  ["C:\\Windows\\System32\\rundll32.exe", "shell32.dll,Control_RunDLL desk.cpl"],
  ["C:\\Program Files\\Browser\\browser.exe", "--type=renderer --lang=en-GB"],
  ["C:\\Program Files\\Editor\\editor.exe", "C:\\Users\\ada\\Documents\\plan.docx"],
  ["C:\\Windows\\System32\\reg.exe", "query HKLM\\SOFTWARE\\Policies"],
  ["C:\\Windows\\System32\\schtasks.exe", "/query /fo LIST"],
  ["C:\\Windows\\explorer.exe", ""],
];
const hosts = ["ws-01", "ws-02", "ws-03", "srv-01", "srv-02"] as const;
const users = ["ada", "grace", "linus", "SYSTEM"] as const;
const extensions = ["docx", "tmp", "dll", "log", "ps1"] as const;
const hives = ["SOFTWARE\\Vendor\\App", "SYSTEM\\CurrentControlSet\\Services\\Spooler"] as const;

/** Events of five Windows hosts as lines of JSON, about 1 KB each: process starts, files, registry, network, libraries. */
export function generateEventLines(count: number, seed: number): string[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, (_, index) =>
    JSON.stringify(generateEvent(random, Date.UTC(2026, 0, 5) + index * 40)),
  );
}

function generateEvent(random: Random, time: number): Record<string, unknown> {
  const host = random.pick(hosts);
  const user = random.pick(users);
  const roll = random.below(10);
  const category =
    roll < 3
      ? "process"
      : roll < 5
        ? "file"
        : roll < 7
          ? "registry"
          : roll < 9
            ? "network"
            : "library";
  return {
    "@timestamp": new Date(time).toISOString(),
    event: {
      kind: "event",
      category: [category],
      type: [category === "process" ? "start" : "change"],
      action: category === "process" ? "start" : "modification",
      dataset: `endpoint.events.${category}`,
      module: "endpoint",
      ingested: new Date(time + 4000).toISOString(),
      id: `E${time}${random.below(1_000_000)}`,
    },
    data_stream: { type: "logs", dataset: `endpoint.events.${category}`, namespace: "default" },
    agent: { type: "endpoint", id: `agent-${host}`, version: "9.2.0" },
    host: {
      name: host,
      id: `host-${host}`,
      ip: [`192.0.2.${10 + random.below(200)}`],
      os: { type: "windows", family: "windows", name: "Windows", version: "10.0.19045" },
    },
    user: { name: user, domain: "LAB", id: `S-1-5-21-100-200-300-${1000 + users.indexOf(user)}` },
    process: generateProcess(random, time),
    ...detailsOf(category, random),
  };
}

function generateProcess(random: Random, time: number): Record<string, unknown> {
  const own = describeProcess(random, time);
  return { ...own, parent: describeProcess(random, time - 60_000) };
}

function describeProcess(random: Random, time: number): Record<string, unknown> {
  const [executable, tail] = random.pick(programs);
  const pid = 400 + 4 * random.below(5000);
  const args = [executable, ...tail.split(" ").filter((word) => word !== "")];
  // One in three command lines was never seen before, as in real logs.
  if (random.chance(0.33)) args.push(`--run=${random.below(1_000_000)}`);
  return {
    name: executable.slice(executable.lastIndexOf("\\") + 1),
    executable,
    pid,
    entity_id: `entity-${pid}-${time}`,
    args,
    args_count: args.length,
    command_line: args.join(" "),
    code_signature: {
      exists: true,
      trusted: true,
      status: "trusted",
      subject_name: "Example Vendor",
    },
  };
}

function detailsOf(category: string, random: Random): Record<string, unknown> {
  switch (category) {
    case "file": {
      const extension = random.pick(extensions);
      const name = `item${random.below(5000)}.${extension}`;
      return { file: { name, extension, path: `C:\\Users\\ada\\AppData\\Local\\Temp\\${name}` } };
    }
    case "registry": {
      const key = random.pick(hives);
      return {
        registry: {
          hive: "HKLM",
          key,
          value: "State",
          path: `HKLM\\${key}\\State`,
          data: { type: "SZ_DWORD", strings: [String(random.below(16))] },
        },
      };
    }
    case "network":
      return {
        source: { ip: `192.0.2.${random.below(250)}`, port: 1024 + random.below(60_000) },
        destination: {
          ip: `198.51.100.${random.below(250)}`,
          port: random.pick([53, 80, 443, 445]),
        },
        network: { transport: "tcp", direction: "egress", type: "ipv4" },
      };
    case "library":
      return { dll: { name: "version.dll", path: "C:\\Windows\\System32\\version.dll" } };
    default:
      return {};
  }
}
