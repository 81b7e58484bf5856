import { finance, inside, jonas, lab, mara, outside, programs, system } from "./cast.ts";
import type { Endpoint, Process } from "./documents.ts";
import { later } from "./moment.ts";
import type { Recorder } from "./recorder.ts";
import type { Desk } from "./services.ts";

/** The user logs on and gets a desktop. */
export function logOn(recorder: Recorder, desk: Desk, at: string, from?: string): Process {
  const { host, user } = desk;
  recorder.logOn(
    at,
    desk.winlogon,
    user,
    from === undefined ? "Interactive" : "RemoteInteractive",
    from,
  );
  const userinit = recorder.start(at, {
    host,
    user,
    program: programs.userinit,
    commandLine: programs.userinit.path,
    parent: desk.winlogon,
  });
  const explorer = recorder.start(at, {
    host,
    user,
    program: programs.explorer,
    commandLine: programs.explorer.path,
    parent: userinit,
  });
  recorder.end(later(at, 24), userinit);
  return explorer;
}

/** One page: the name, the connection, a file in the cache, the end of the connection. */
export function browse(
  recorder: Recorder,
  browser: Process,
  at: string,
  name: string,
  ip: string,
): void {
  const to: Endpoint = { ip, port: 443 };
  recorder.lookUp(at, browser, name, [ip]);
  recorder.connect(later(at, 0.08), browser, to);
  recorder.disconnect(later(at, 31), browser, to, 18_000 + name.length * 911);
}

/** A morning in finance: mail, the payments table, a letter, the web. */
export function recordFinanceMorning(recorder: Recorder, desk: Desk, explorer: Process): Process {
  const open = { host: finance, user: mara, parent: explorer };
  const outlook = recorder.start("02:10", { ...open, program: programs.outlook });
  const mail: Endpoint = { ip: inside.mail, port: 443 };
  recorder.lookUp("02:12", outlook, "mail.harbourline.example", [inside.mail]);
  recorder.connect("02:12.2", outlook, mail);
  for (const minute of [3, 8, 13, 23, 28, 33, 38, 43, 48, 53]) {
    recorder.connect(`${minute}:12`, outlook, mail);
    recorder.disconnect(`${minute}:14`, outlook, mail, 41_000 + minute * 37);
  }

  const browser = recorder.start("03:40", { ...open, program: programs.edge });
  browse(recorder, browser, "03:44", "intranet.harbourline.example", inside.fileServer);
  for (const [at, name, ip] of [
    ["05:02", "news.example", outside.news],
    ["06:30", "static.news.example", outside.news],
    ["11:15", "rates.example", outside.cloud],
    ["24:20", "bank.example", outside.cloud],
    ["37:05", "travel.example", outside.news],
    ["51:48", "intranet.harbourline.example", inside.fileServer],
  ] as const) {
    browse(recorder, browser, at, name, ip);
  }

  const share = "\\\\files.harbourline.example\\finance";
  const excel = recorder.start("07:20", {
    ...open,
    program: programs.excel,
    commandLine: `"${programs.excel.path}" "${share}\\payments-march.xlsx"`,
  });
  recorder.connect("07:21", excel, { ip: inside.fileServer, port: 445 });
  recorder.setRegistry(
    "07:23",
    excel,
    `HKEY_USERS\\${mara.id}\\Software\\Microsoft\\Office\\16.0\\Excel\\File MRU`,
    "Item 1",
    `${share}\\payments-march.xlsx`,
  );
  for (const minute of [12, 27, 40, 52]) {
    recorder.file(`${minute}:41`, excel, "modification", `${share}\\payments-march.xlsx`, 88_064);
  }
  const word = recorder.start("31:10", {
    ...open,
    program: programs.word,
    commandLine: `"${programs.word.path}" /n "C:\\Users\\mara.lindqvist\\Documents\\reminder.docx"`,
  });
  const draft = "C:\\Users\\mara.lindqvist\\Documents\\~$minder.docx";
  recorder.file("31:12", word, "creation", draft, 162);
  recorder.file(
    "36:50",
    word,
    "modification",
    "C:\\Users\\mara.lindqvist\\Documents\\reminder.docx",
    24_310,
  );
  recorder.file("36:58", word, "deletion", draft);
  recorder.end("36:59", word);
  recorder.end("55:30", excel);
  runSearchIndexer(recorder, desk, ["08:05", "32:15", "54:00"]);
  return browser;
}

/** An engineer on the test host: consoles, port tests, look-ups; no shell for anyone yet. */
export function recordSupportWork(recorder: Recorder, explorer: Process): Process {
  const console = recorder.start("16:20", {
    host: lab,
    user: jonas,
    program: programs.powershell,
    commandLine: `"${programs.powershell.path}"`,
    parent: explorer,
    workingDirectory: "C:\\Users\\jonas.pereira",
  });
  const run = (
    at: string,
    program: (typeof programs)[keyof typeof programs],
    line: string,
    seconds: number,
  ): Process => {
    const process = recorder.start(at, {
      host: lab,
      user: jonas,
      program,
      commandLine: line,
      parent: console,
    });
    recorder.end(later(at, seconds), process);
    return process;
  };
  const tool = programs.approvedNcat.path;
  run("17:05", programs.ipconfig, `"${programs.ipconfig.path}" /all`, 0.2);
  const portal = run(
    "18:30",
    programs.curl,
    `"${programs.curl.path}" -s -e https://portal.harbourline.example http://${inside.jumpHost}/health`,
    0.6,
  );
  recorder.connect("18:30.200", portal, { ip: inside.jumpHost, port: 80 });
  const test = run("21:12", programs.approvedNcat, `"${tool}" -z -v ${inside.jumpHost} 4443`, 1.4);
  recorder.connect("21:12.300", test, { ip: inside.jumpHost, port: 4443 });
  const banner = run(
    "22:40",
    programs.approvedNcat,
    `"${tool}" --ssl mail.harbourline.example 993`,
    5,
  );
  recorder.lookUp("22:40.100", banner, "mail.harbourline.example", [inside.mail]);
  recorder.connect("22:40.300", banner, { ip: inside.mail, port: 993 });
  const browser = recorder.start("19:40", {
    host: lab,
    user: jonas,
    program: programs.edge,
    parent: explorer,
  });
  browse(recorder, browser, "19:45", "tickets.harbourline.example", inside.fileServer);
  browse(recorder, browser, "41:30", "docs.vendor.example", outside.vendor);
  browse(recorder, browser, "46:10", "tickets.harbourline.example", inside.fileServer);
  return console;
}

function runSearchIndexer(recorder: Recorder, desk: Desk, moments: readonly string[]): void {
  for (const at of moments) {
    const indexer = recorder.start(at, {
      host: desk.host,
      user: system,
      program: programs.searchProtocol,
      commandLine: `"${programs.searchProtocol.path}" Global\\UsGthrFltPipe`,
      parent: desk.services,
    });
    recorder.end(later(at, 60), indexer);
  }
}
