import { memberName, type Opening } from "./container.ts";

/** Names of one archive that are kept to tell one that comes twice. An archive with more is left there. */
const mostMembers = 250_000;

/**
 * Which members of an archive are read. Nothing is ever written to disk, so that a name can do no harm
 * here; one that would do harm to whoever unpacks the archive by hand says that somebody meant it, and
 * is told instead of read.
 */
export class Members {
  readonly #archive: string;
  readonly #report: Opening["report"];
  readonly #seen = new Set<string>();
  #links = 0;
  #firstLink = "";

  constructor(archive: string, { report }: Pick<Opening, "report">) {
    this.#archive = archive;
    this.#report = report;
  }

  /** The name under which a member is read; `undefined` where it is not. A refusal has been reported then. */
  admit(name: string): string | undefined {
    if (isHiddenName(name)) return undefined;
    const shown = memberName(this.#archive, name);
    const why = this.#refusal(name);
    if (why === undefined) return shown;
    const hint = "unpack the archive with care, look at it, and read it from the folder";
    this.#report({ code: "refused", message: `it was not read: ${why}`, hint }, shown);
    return undefined;
  }

  /** Whether there are more members than anybody packs; then the rest is not looked at. */
  isFull(): boolean {
    if (this.#seen.size <= mostMembers) return false;
    this.#report({
      code: "refused",
      message: `the archive has more than ${mostMembers.toLocaleString("en-US")} members: the rest was not read`,
      hint: "unpack it first",
    });
    return true;
  }

  /** Counts a link: where it leads to is no part of the archive, or is read under its own name. */
  noteLink(name: string): void {
    if (this.#links === 0) this.#firstLink = memberName(this.#archive, name);
    this.#links += 1;
  }

  /** The archive has ended: says how many links were not followed. */
  finish(): void {
    if (this.#links === 0) return;
    const others = this.#links === 1 ? "" : ` and ${this.#links - 1} more`;
    this.#report({
      code: "refused",
      message: `links inside archives are not followed: ${this.#firstLink}${others}`,
    });
  }

  #refusal(name: string): string | undefined {
    const parts = name.split(/[\\/]+/);
    if (name.includes("\0")) return "its name has a zero byte in it";
    if (/^([\\/]|[a-z]:[\\/])/i.test(name)) return "its name is an absolute path";
    if (parts.includes("..")) return "its name leads out of the archive";
    const plain = parts.filter((part) => part !== "" && part !== ".").join("/");
    if (this.#seen.has(plain)) return "another member before it has the same name";
    this.#seen.add(plain);
    return undefined;
  }
}

/** Whether a member is one that a folder walk would skip too: hidden files, resource forks. */
function isHiddenName(name: string): boolean {
  return name.split(/[\\/]/).some((part) => /^\.[^.]/.test(part) || part === "__MACOSX");
}
