import { uuidOf } from "./seeded.ts";

export interface User {
  readonly name: string;
  readonly domain: string;
  readonly id: string;
}

export interface Host {
  readonly name: string;
  readonly id: string;
  readonly agentId: string;
  readonly ip: string;
  readonly mac: string;
  readonly os: { readonly name: string; readonly build: string };
}

/** A program on disk. Without a signer it is unsigned; without an original name it has no version information. */
export interface Program {
  readonly path: string;
  readonly signer?: string;
  readonly originalName?: string;
}

const domainSid = "S-1-5-21-1183402067-2950471836-3361940275";

export const system: User = { name: "SYSTEM", domain: "NT AUTHORITY", id: "S-1-5-18" };
export const networkService: User = {
  name: "NETWORK SERVICE",
  domain: "NT AUTHORITY",
  id: "S-1-5-20",
};
/** Works in finance, on `HL-FIN-07`. */
export const mara: User = {
  name: "mara.lindqvist",
  domain: "HARBOURLINE",
  id: `${domainSid}-1147`,
};
/** Support engineer, on the test host `HL-LAB-02`. */
export const jonas: User = {
  name: "jonas.pereira",
  domain: "HARBOURLINE",
  id: `${domainSid}-1062`,
};

export const finance: Host = {
  name: "HL-FIN-07",
  id: uuidOf("host HL-FIN-07"),
  agentId: uuidOf("agent HL-FIN-07"),
  ip: "10.44.7.23",
  mac: "00-00-5E-00-53-17",
  os: { name: "Windows 11 Enterprise", build: "23H2 (10.0.22631.3296)" },
};
export const lab: Host = {
  name: "HL-LAB-02",
  id: uuidOf("host HL-LAB-02"),
  agentId: uuidOf("agent HL-LAB-02"),
  ip: "10.44.20.12",
  mac: "00-00-5E-00-53-2C",
  os: { name: "Windows 11 Enterprise", build: "23H2 (10.0.22631.3296)" },
};

/** Addresses inside Harbourline. */
export const inside = {
  domainController: "10.44.1.10",
  fileServer: "10.44.1.20",
  mail: "10.44.1.25",
  updates: "10.44.1.30",
  jumpHost: "10.44.20.5",
} as const;
/** Addresses outside; all from the ranges reserved for documentation. */
export const outside = {
  news: "198.51.100.14",
  cloud: "198.51.100.40",
  vendor: "192.0.2.77",
  lure: "198.51.100.88",
  operator: "203.0.113.66",
} as const;

const windows = "Microsoft Windows";
const microsoft = "Microsoft Corporation";
const system32 = "C:\\Windows\\System32";

function builtIn(name: string, folder = system32): Program {
  return { path: `${folder}\\${name}`, signer: windows, originalName: name };
}

export const programs = {
  services: builtIn("services.exe"),
  winlogon: builtIn("winlogon.exe"),
  userinit: builtIn("userinit.exe"),
  explorer: builtIn("explorer.exe", "C:\\Windows"),
  svchost: builtIn("svchost.exe"),
  lsass: builtIn("lsass.exe"),
  taskhost: builtIn("taskhostw.exe"),
  searchProtocol: builtIn("SearchProtocolHost.exe"),
  updateWorker: builtIn("TiWorker.exe", "C:\\Windows\\servicing"),
  backgroundTask: builtIn("backgroundTaskHost.exe"),
  conhost: builtIn("conhost.exe"),
  cmd: builtIn("cmd.exe"),
  powershell: builtIn("powershell.exe", `${system32}\\WindowsPowerShell\\v1.0`),
  wscript: builtIn("wscript.exe"),
  whoami: builtIn("whoami.exe"),
  hostname: builtIn("hostname.exe"),
  net: builtIn("net.exe"),
  net1: builtIn("net1.exe"),
  ipconfig: builtIn("ipconfig.exe"),
  reg: builtIn("reg.exe"),
  sc: builtIn("sc.exe"),
  schtasks: builtIn("schtasks.exe"),
  certutil: builtIn("certutil.exe"),
  tasklist: builtIn("tasklist.exe"),
  wevtutil: builtIn("wevtutil.exe"),
  curl: builtIn("curl.exe"),
  edge: {
    path: "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
    signer: microsoft,
    originalName: "msedge.exe",
  },
  outlook: {
    path: "C:\\Program Files\\Microsoft Office\\root\\Office16\\OUTLOOK.EXE",
    signer: microsoft,
    originalName: "Outlook.exe",
  },
  excel: {
    path: "C:\\Program Files\\Microsoft Office\\root\\Office16\\EXCEL.EXE",
    signer: microsoft,
    originalName: "Excel.exe",
  },
  word: {
    path: "C:\\Program Files\\Microsoft Office\\root\\Office16\\WINWORD.EXE",
    signer: microsoft,
    originalName: "WinWord.exe",
  },
  monitor: {
    path: "C:\\Program Files\\Harbourline\\Monitor\\hlmonitor.exe",
    signer: "Harbourline Shipping IT",
    originalName: "hlmonitor.exe",
  },
  /** The approved copy that support may use on test hosts. */
  approvedNcat: {
    path: "C:\\Program Files\\Harbourline\\Support\\ncat.exe",
    signer: "Harbourline Shipping IT",
    originalName: "ncat.exe",
  },
  /** What the attacker's script drops: Ncat under another name. */
  renamedNcat: {
    path: "C:\\Users\\mara.lindqvist\\AppData\\Local\\Temp\\svchelp.exe",
    originalName: "ncat.exe",
  },
  /** A classic NetCat, without version information. */
  netcat: { path: "C:\\ProgramData\\nc64.exe" },
} as const satisfies Record<string, Program>;
