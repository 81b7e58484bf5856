import type { Chunks } from "./chunks.ts";

/** UTF-16 by its byte order mark, or by the zero bytes around a first bracket; else `undefined`: UTF-8. */
export function detectUtf16(head: Buffer): "utf-16le" | "utf-16be" | undefined {
  const [first, second] = head;
  if (first === 0xff && second === 0xfe) return "utf-16le";
  if (first === 0xfe && second === 0xff) return "utf-16be";
  const isBracket = (byte: number | undefined) => byte === 0x7b || byte === 0x5b;
  if (isBracket(first) && second === 0) return "utf-16le";
  if (first === 0 && isBracket(second)) return "utf-16be";
  return undefined;
}

/** The same text in UTF-8, without a byte order mark. Bytes that are no text become U+FFFD. */
export async function* toUtf8(chunks: Chunks, encoding: string): AsyncGenerator<Uint8Array> {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of chunks) {
    const text = decoder.decode(chunk, { stream: true });
    if (text !== "") yield Buffer.from(text);
  }
  const rest = decoder.decode();
  if (rest !== "") yield Buffer.from(rest);
}
