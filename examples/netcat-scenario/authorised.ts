import { inside, jonas, lab, type Program, programs } from "./cast.ts";
import type { Endpoint, Process } from "./documents.ts";
import { later } from "./moment.ts";
import type { Recorder } from "./recorder.ts";

/**
 * The agreed exercise (change HL-2291): between 09:20 and 09:40, on HL-LAB-02, Jonas Pereira opens a
 * shell for the jump host with the approved Ncat, to rehearse emergency access.
 */
export function recordAgreedExercise(recorder: Recorder, console: Process): void {
  const peer: Endpoint = { ip: inside.jumpHost, port: 4443 };
  const ncat = recorder.start("27:10", {
    host: lab,
    user: jonas,
    program: programs.approvedNcat,
    commandLine: `"${programs.approvedNcat.path}" ${peer.ip} ${peer.port} -e cmd.exe`,
    parent: console,
    workingDirectory: "C:\\Users\\jonas.pereira",
  });
  recorder.connect("27:10.200", ncat, peer);
  const shell = recorder.start("27:10.600", {
    host: lab,
    user: jonas,
    program: programs.cmd,
    commandLine: "cmd.exe",
    parent: ncat,
    workingDirectory: "C:\\Users\\jonas.pereira",
  });
  const run = (at: string, program: Program, line: string): void => {
    const command = recorder.start(at, {
      host: lab,
      user: jonas,
      program,
      commandLine: line,
      parent: shell,
    });
    recorder.end(later(at, 0.4), command);
  };
  run("27:44", programs.hostname, "hostname");
  run("28:05", programs.sc, "sc query spooler");
  run("28:31", programs.sc, "sc start spooler");
  recorder.end("29:50", shell);
  recorder.disconnect("29:50.200", ncat, peer, 1_460);
  recorder.end("29:50.300", ncat);
}
