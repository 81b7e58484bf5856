import { type Host, inside, networkService, outside, programs, system, type User } from "./cast.ts";
import type { Endpoint, Process } from "./documents.ts";
import type { Recorder } from "./recorder.ts";

/** What is running on a host before anything happens. */
export interface Desk {
  readonly host: Host;
  readonly user: User;
  readonly services: Process;
  readonly winlogon: Process;
  readonly scheduler: Process;
  readonly updates: Process;
  readonly dns: Process;
  readonly monitor: Process;
}

export function createDesk(recorder: Recorder, host: Host, user: User): Desk {
  const running = recorder.alreadyRunning;
  const services = running({ host, user: system, program: programs.services });
  const winlogon = running({ host, user: system, program: programs.winlogon });
  const service = (group: string, name: string, account: User): Process =>
    running({
      host,
      user: account,
      program: programs.svchost,
      commandLine: `${programs.svchost.path} -k ${group} -p -s ${name}`,
      parent: services,
    });
  return {
    host,
    user,
    services,
    winlogon,
    scheduler: service("netsvcs", "Schedule", system),
    updates: service("netsvcs", "wuauserv", system),
    dns: service("NetworkService", "Dnscache", networkService),
    monitor: running({ host, user: system, program: programs.monitor, parent: services }),
  };
}

/** Both hosts at work: what every log is full of. */
export function recordOrdinaryWork(recorder: Recorder, desks: readonly Desk[]): void {
  for (const desk of desks) {
    runServices(recorder, desk);
    for (const minute of [4, 19, 34, 49]) {
      runMonitorCheck(recorder, desk, minute);
    }
  }
}

/** Services go about their work: updates, scheduled tasks, names. */
function runServices(recorder: Recorder, desk: Desk): void {
  const { host } = desk;
  const store: Endpoint = { ip: inside.updates, port: 8530 };
  for (const minute of [6, 26, 46]) {
    recorder.lookUp(`${minute}:30`, desk.updates, "updates.harbourline.example", [inside.updates]);
    recorder.connect(`${minute}:30.300`, desk.updates, store);
    recorder.file(
      `${minute}:33`,
      desk.updates,
      "modification",
      "C:\\Windows\\SoftwareDistribution\\DataStore\\DataStore.edb",
      6_815_744,
    );
    recorder.disconnect(`${minute}:35`, desk.updates, store, 52_100);
  }
  const worker = recorder.start("26:41", {
    host,
    user: system,
    program: programs.updateWorker,
    commandLine: `${programs.updateWorker.path} -Embedding`,
    parent: desk.services,
  });
  recorder.setRegistry(
    "27:02",
    worker,
    "HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Component Based Servicing",
    "LastScavenge",
    "2026-03-17",
  );
  recorder.end("29:15", worker);
  for (const minute of [1, 10, 22, 30, 44, 58]) {
    const task = recorder.start(`${minute}:05`, {
      host,
      user: minute % 4 === 2 ? desk.user : system,
      program: programs.taskhost,
      commandLine: programs.taskhost.path,
      parent: desk.scheduler,
    });
    recorder.end(`${minute}:52`, task);
  }
  for (const minute of [2, 14, 20, 29, 38, 47, 56]) {
    recorder.lookUp(`${minute}:17`, desk.dns, "dc1.harbourline.example", [inside.domainController]);
  }
  recorder.logOn("12:00", desk.services, system, "Service");
  const tile = recorder.start("15:45", {
    host,
    user: desk.user,
    program: programs.backgroundTask,
    commandLine: `"${programs.backgroundTask.path}" -ServerName:App.Weather`,
    parent: desk.services,
  });
  recorder.connect("15:46", tile, { ip: outside.cloud, port: 443 });
  recorder.end("15:58", tile);
}

/** The monitoring agent runs an encoded script that starts cmd.exe: `-e` in the parent's arguments, and nothing wrong with it. */
function runMonitorCheck(recorder: Recorder, desk: Desk, minute: number): void {
  const { host } = desk;
  const script = Buffer.from("Get-Service | Where-Object Status -eq Stopped", "utf16le");
  const shell = recorder.start(`${minute}:30`, {
    host,
    user: system,
    program: programs.powershell,
    commandLine: `"${programs.powershell.path}" -NoProfile -e ${script.toString("base64")}`,
    parent: desk.monitor,
  });
  const window = recorder.start(`${minute}:30.100`, {
    host,
    user: system,
    program: programs.conhost,
    commandLine: `\\??\\${programs.conhost.path} 0xffffffff -ForceV1`,
    parent: shell,
  });
  const version = recorder.start(`${minute}:31`, {
    host,
    user: system,
    program: programs.cmd,
    commandLine: "cmd.exe /c ver",
    parent: shell,
  });
  recorder.end(`${minute}:31.100`, version);
  recorder.end(`${minute}:32`, shell);
  recorder.end(`${minute}:32.100`, window);
  recorder.connect(`${minute}:33`, desk.monitor, { ip: inside.updates, port: 9443 });
}
