import type { Finding } from "../finding.ts";
import type { Chunks } from "./chunks.ts";

/** A file, or a member of an archive, before we know what is in it. */
export interface Stored {
  /** `logs.zip!host1/events.json`: for people only. Never a path to open. */
  readonly name: string;
  readonly chunks: Chunks;
  /** Where the bytes can be read at any place as well, and who wants to know how many were. */
  readonly file?: { readonly path: string; readonly onRead: (bytes: number) => void };
}

/** Something that holds other files. A member of the table in `unpack.ts`. */
export interface Container {
  /** By its first bytes, at least `headBytes` where there are as many. Names mean nothing. */
  readonly detect: (head: Buffer) => boolean;
  /**
   * Gives the files inside, one at a time: each must be read or left before the next is asked for.
   * What cannot be read is reported. Nothing is written to disk.
   */
  readonly open: (stored: Stored, opening: Opening) => AsyncIterable<Stored>;
}

/** What opening an archive needs from outside. */
export interface Opening {
  /** Takes a finding about the archive, or about the member of this name in it. */
  readonly report: (finding: Finding, member?: string) => void;
  /** For members that are encrypted. */
  readonly password: string | undefined;
}

/** A tar header is 512 bytes. */
export const headBytes = 512;

/** The name of a member behind that of its archive. Anybody may have written it: no control characters, bounded. */
export function memberName(archive: string, member: string): string {
  const cut = member.length > 300 ? `${member.slice(0, 300)}…` : member;
  const shown = cut.replace(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu,
    (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );
  return `${archive}!${shown}`;
}
