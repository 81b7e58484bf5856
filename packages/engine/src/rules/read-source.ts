import { open } from "node:fs/promises";
import type { Source } from "@harrier/lang/text";

/** No file of rules comes near; a file of events does. */
const largestFile = 256 * 1024 * 1024;

/**
 * Reads a text file: UTF-8, or UTF-16 with a byte order mark, which some shells write.
 * Throws an `Error` with a message for the user where it can't.
 */
export async function readSource(path: string): Promise<Source> {
  const handle = await open(path);
  try {
    const { size } = await handle.stat();
    if (size > largestFile) throw new Error("the file is larger than 256 MB");
    return { name: path, text: decodeText(await handle.readFile()) };
  } finally {
    await handle.close();
  }
}

const utf8 = new TextDecoder("utf-8", { fatal: true });
const utf16 = new TextDecoder("utf-16le", { fatal: true });

function decodeText(bytes: Uint8Array): string {
  try {
    return bytes[0] === 0xff && bytes[1] === 0xfe ? utf16.decode(bytes) : utf8.decode(bytes);
  } catch {
    throw new Error("the file is no text in UTF-8");
  }
}
