import type { Host, Program, User } from "./cast.ts";
import { digest } from "./seeded.ts";

export interface Process {
  readonly host: Host;
  readonly user: User;
  readonly program: Program;
  readonly commandLine: string;
  readonly pid: number;
  readonly entityId: string;
  readonly parent: Process | undefined;
}

export interface ProcessOptions {
  readonly host: Host;
  readonly user: User;
  readonly program: Program;
  /** Without one, the path in quotes. */
  readonly commandLine?: string;
  readonly parent?: Process;
  readonly workingDirectory?: string;
}

export interface Endpoint {
  readonly ip: string;
  readonly port: number;
}

/** Blanks part arguments, quotes hold them together and are dropped. Enough for the lines of this story. */
function splitCommandLine(line: string): string[] {
  return [...line.matchAll(/(?:"[^"]*"|[^\s"])+/g)].map(([text]) => text.replaceAll('"', ""));
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("\\") + 1);
}

export function describeHost(host: Host): Record<string, unknown> {
  return {
    architecture: "x86_64",
    hostname: host.name,
    id: host.id,
    ip: [host.ip, "127.0.0.1", "::1"],
    mac: [host.mac],
    name: host.name,
    os: {
      Ext: { variant: host.os.name },
      family: "windows",
      full: `${host.os.name} ${host.os.build}`,
      kernel: host.os.build,
      name: "Windows",
      platform: "windows",
      type: "windows",
      version: host.os.build,
    },
  };
}

function describeSignature(program: Program): Record<string, unknown> {
  return program.signer === undefined
    ? { exists: false }
    : { exists: true, status: "trusted", subject_name: program.signer, trusted: true };
}

export function ancestryOf(process: Process): string[] {
  const ids: string[] = [];
  for (let above = process.parent; above !== undefined; above = above.parent) {
    ids.push(above.entityId);
  }
  return ids;
}

/** The process as events of other kinds name it. */
export function describeShort(process: Process): Record<string, unknown> {
  return {
    Ext: { ancestry: ancestryOf(process) },
    code_signature: describeSignature(process.program),
    entity_id: process.entityId,
    executable: process.program.path,
    name: nameOf(process.program.path),
    pid: process.pid,
  };
}

/** The process as its own events describe it. */
export function describeWhole(
  process: Process,
  options: Pick<ProcessOptions, "workingDirectory">,
): Record<string, unknown> {
  const { program, parent } = process;
  // A copy under another name is the same file.
  const content = program.originalName === undefined ? nameOf(program.path) : program.originalName;
  const identity = `${content} ${program.signer ?? "unsigned"}`;
  const args = splitCommandLine(process.commandLine);
  return {
    ...describeShort(process),
    args,
    args_count: args.length,
    command_line: process.commandLine,
    hash: {
      md5: digest("md5", identity),
      sha1: digest("sha1", identity),
      sha256: digest("sha256", identity),
    },
    ...(parent === undefined ? {} : { parent: describeParent(parent) }),
    ...(program.originalName === undefined
      ? {}
      : { pe: { original_file_name: program.originalName } }),
    ...(options.workingDirectory === undefined
      ? {}
      : { working_directory: options.workingDirectory }),
  };
}

function describeParent(parent: Process): Record<string, unknown> {
  const args = splitCommandLine(parent.commandLine);
  return {
    args,
    args_count: args.length,
    code_signature: describeSignature(parent.program),
    command_line: parent.commandLine,
    entity_id: parent.entityId,
    executable: parent.program.path,
    name: nameOf(parent.program.path),
    pid: parent.pid,
  };
}

export function describeFile(path: string, size: number | undefined): Record<string, unknown> {
  const name = nameOf(path);
  const dot = name.lastIndexOf(".");
  return {
    ...(dot < 0 ? {} : { extension: name.slice(dot + 1) }),
    name,
    path,
    ...(size === undefined ? {} : { size }),
  };
}

export function describeConnection(process: Process, to: Endpoint) {
  const port = portOf(process, to);
  return {
    destination: { address: to.ip, ip: to.ip, port: to.port },
    network: { direction: "egress", transport: "tcp", type: "ipv4" },
    source: { address: process.host.ip, ip: process.host.ip, port },
  };
}

/** A local port that both events of a connection agree on. */
function portOf(process: Process, to: Endpoint): number {
  return (
    49_152 +
    (Number.parseInt(digest("md5", `${process.entityId}${to.ip}${to.port}`).slice(0, 4), 16) %
      16_000)
  );
}
