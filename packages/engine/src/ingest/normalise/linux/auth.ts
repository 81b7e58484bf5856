import { type Fields, setField } from "../fields.ts";

/** A form of message, and where its named parts go. */
interface MessageForm {
  readonly pattern: RegExp;
  readonly fields: Readonly<Record<string, string>>;
}

/** The first that fits counts. Every part is bounded, and no part can match what the next one begins with. */
const forms: readonly MessageForm[] = [
  {
    pattern:
      /^(?<event>\S{1,100}) (?<method>\S{1,100}) for (?:invalid user ?)?(?<user>.{0,300}?) from (?<address>[\w.:-]{1,255}) port (?<port>\d{1,5}) ssh2(?:: (?<signature>.*))?/,
    fields: {
      event: "system.auth.ssh.event",
      method: "system.auth.ssh.method",
      user: "user.name",
      address: "source.address",
      port: "source.port",
      signature: "system.auth.ssh.signature",
    },
  },
  {
    pattern: /^(?<event>.{1,300}?) user (?<user>.{0,300}?) from (?<address>[\w.:-]{1,255})/,
    fields: { event: "system.auth.ssh.event", user: "user.name", address: "source.address" },
  },
  {
    pattern: /^Did not receive identification string from (?<address>[\w.:-]{1,255})/,
    fields: { address: "system.auth.ssh.dropped_ip" },
  },
  {
    pattern:
      /^(?<user>.{1,300}?) :(?: (?<error>.{1,300}?) ;)? TTY=(?<tty>.{0,300}?) ; PWD=(?<pwd>.{0,4000}?) ; USER=(?<other>.{0,300}?) ; COMMAND=(?<command>.*)/,
    fields: {
      user: "user.name",
      error: "system.auth.sudo.error",
      tty: "system.auth.sudo.tty",
      pwd: "system.auth.sudo.pwd",
      other: "system.auth.sudo.user",
      command: "system.auth.sudo.command",
    },
  },
  {
    pattern: /^new group: name=(?<group>[^,]{0,300}), GID=(?<gid>\d{1,10})/,
    fields: { group: "group.name", gid: "group.id" },
  },
  {
    pattern:
      /^new user: name=(?<user>[^,]{0,300}), UID=(?<uid>\d{1,10}), GID=(?<gid>\d{1,10}), home=(?<home>[^,]{0,4000}), shell=(?<shell>[^,]{0,4000})/,
    fields: {
      user: "user.name",
      uid: "user.id",
      gid: "group.id",
      home: "system.auth.useradd.home",
      shell: "system.auth.useradd.shell",
    },
  },
];

/** A message about accounts: what fits a form gives its parts, everything else stays as a message and gives the names in it. */
export function mapAuth(document: Fields, program: string, message: string): void {
  const found = readForm(message);
  if (found === undefined) {
    setField(document, "message", message);
    setNames(document, message);
  } else {
    for (const [name, path] of Object.entries(found.form.fields)) {
      const text = found.groups[name];
      setField(document, path, name === "port" && text !== undefined ? Number(text) : text);
    }
    setField(document, "user.effective.name", found.groups.other);
    setLogin(document, found.groups.event);
  }
  setAccountChange(document, program, found === undefined ? message : "");
}

function readForm(message: string) {
  const line = message.slice(0, 10_000);
  for (const form of forms) {
    const groups = form.pattern.exec(line)?.groups;
    if (groups !== undefined) return { form, groups };
  }
  return undefined;
}

function setLogin(document: Fields, event: string | undefined): void {
  const isAccepted = event === "Accepted";
  if (!isAccepted && event !== "Invalid" && event !== "Failed") return;
  setField(document, "event.action", "ssh_login");
  setField(document, "event.category", ["authentication", ...(isAccepted ? ["session"] : [])]);
  setField(document, "event.type", ["info"]);
  setField(document, "event.outcome", isAccepted ? "success" : "failure");
}

/** `session opened for user root by alice(uid=1000)`, `change user 'x' …`. */
const namePatterns: readonly RegExp[] = [
  /for user ['"]?(?<to>[^'"]{0,300}?)['"]? by ['"]?(?<by>[^'"(]{0,300}?)['"]?(?:\(uid=(?<uid>\d{1,10})\))?$/,
  /for user ['"]?(?<to>[^'"]{0,300}?)['"]?$/,
  /by user ['"]?(?<by>[^'"]{0,300}?)['"]?$/,
  /\w user ['"](?<user>[^'"]{0,300})['"]/,
];

function setNames(document: Fields, message: string): void {
  const line = message.slice(-1000);
  for (const pattern of namePatterns) {
    const groups = pattern.exec(line)?.groups;
    if (groups === undefined) continue;
    const { to, by, uid, user } = groups;
    setField(document, "user.name", by ?? to ?? user);
    setField(document, "user.id", uid);
    if (by !== undefined) setField(document, "user.effective.name", to);
    return;
  }
}

/** Programs that change accounts, by what they are about and what they do. */
const changes: ReadonlyMap<string, readonly [what: string, how: string]> = new Map([
  ["useradd", ["user", "creation"]],
  ["userdel", ["user", "deletion"]],
  ["usermod", ["user", "change"]],
  ["groupadd", ["group", "creation"]],
  ["groupdel", ["group", "deletion"]],
  ["groupmod", ["group", "change"]],
]);

function setAccountChange(document: Fields, program: string, message: string): void {
  const change = changes.get(program);
  if (change === undefined) return;
  setField(document, "event.category", ["iam"]);
  setField(document, "event.type", [...change]);
  setField(document, "event.outcome", message.includes("fail") ? "failure" : "success");
}
