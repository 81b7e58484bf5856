import { createCipheriv, createHmac, pbkdf2Sync, timingSafeEqual } from "node:crypto";
import { ByteReader } from "./byte-reader.ts";
import type { Chunks } from "./chunks.ts";
import { stepCrc32 } from "./crc32.ts";
import { DamageError } from "./damage.ts";

/** How a member of a zip archive is encrypted. */
export type ZipEncryption =
  /** The old way of PKWARE. `check` is the byte by which a right password shows. */
  | { readonly kind: "zipcrypto"; readonly check: number }
  /** AE-1 and AE-2 of WinZip, with keys of so many bytes. `dataBytes`: without salt, check and code. */
  | { readonly kind: "aes"; readonly keyBytes: 16 | 24 | 32; readonly dataBytes: number };

/**
 * The bytes of a member as they were packed; `undefined` where the password is wrong. A wrong one passes
 * ZipCrypto's check in one of 256 cases, that of AES in one of 65,536: what comes out is then garbage, and
 * unpacking or the checksum fails. Takes the head of the stream at once, the rest as it is read.
 */
export async function decryptMember(
  chunks: Chunks,
  encryption: ZipEncryption,
  password: string,
): Promise<Chunks | undefined> {
  const reader = new ByteReader(chunks);
  const plain =
    encryption.kind === "aes"
      ? await openAes(reader, encryption, password)
      : await openZipCrypto(reader, encryption.check, password);
  if (plain === undefined) await reader.close();
  return plain;
}

const zipCryptoHeader = 12;

async function openZipCrypto(
  reader: ByteReader,
  check: number,
  password: string,
): Promise<Chunks | undefined> {
  const decrypt = startZipCrypto(Buffer.from(password));
  const header = decrypt(await reader.take(zipCryptoHeader));
  if (header[zipCryptoHeader - 1] !== check) return undefined;
  return readAll(reader, decrypt);
}

/** APPNOTE 6.1: three keys that every byte of plain text stirs. */
function startZipCrypto(password: Uint8Array): (bytes: Uint8Array) => Uint8Array {
  let key0 = 0x12345678;
  let key1 = 0x23456789;
  let key2 = 0x34567890;
  const stir = (byte: number) => {
    key0 = stepCrc32(key0, byte);
    key1 = (Math.imul(key1 + (key0 & 0xff), 134775813) + 1) >>> 0;
    key2 = stepCrc32(key2, key1 >>> 24);
  };
  for (const byte of password) stir(byte);
  return (bytes) => {
    const plain = new Uint8Array(bytes.length);
    for (let at = 0; at < bytes.length; at += 1) {
      const mask = (key2 | 2) & 0xffff;
      const byte = (bytes[at] ?? 0) ^ ((Math.imul(mask, mask ^ 1) >>> 8) & 0xff);
      stir(byte);
      plain[at] = byte;
    }
    return plain;
  };
}

const rounds = 1000;
const checkBytes = 2;
const codeBytes = 10;

async function openAes(
  reader: ByteReader,
  { keyBytes, dataBytes }: ZipEncryption & { readonly kind: "aes" },
  password: string,
): Promise<Chunks | undefined> {
  const salt = await reader.take(keyBytes / 2);
  const check = await reader.take(checkBytes);
  const keys = pbkdf2Sync(password, salt, rounds, 2 * keyBytes + checkBytes, "sha1");
  if (!check.equals(keys.subarray(2 * keyBytes))) return undefined;
  return readAes(
    reader,
    dataBytes,
    keys.subarray(0, keyBytes),
    keys.subarray(keyBytes, -checkBytes),
  );
}

async function* readAes(
  reader: ByteReader,
  dataBytes: number,
  key: Uint8Array,
  codeKey: Uint8Array,
): AsyncGenerator<Uint8Array> {
  const decrypt = startCounterMode(key);
  const code = createHmac("sha1", codeKey);
  try {
    let left = dataBytes;
    while (left > 0) {
      const bytes = await reader.some(left);
      if (bytes === undefined) {
        throw new DamageError("truncated", "the packed data ends too early");
      }
      left -= bytes.length;
      code.update(bytes);
      yield decrypt(bytes);
    }
    const stored = await reader.take(codeBytes);
    const own = code.digest().subarray(0, codeBytes);
    if (stored.length < codeBytes || !timingSafeEqual(stored, own)) {
      throw new DamageError("damaged", "it was changed after it was encrypted");
    }
  } finally {
    await reader.close();
  }
}

const blockBytes = 16;

/** Counter mode as WinZip has it: the counter starts at 1 and is little-endian, which the system's mode is not. */
function startCounterMode(key: Uint8Array): (bytes: Uint8Array) => Uint8Array {
  const cipher = createCipheriv(`aes-${key.length * 8}-ecb`, key, null).setAutoPadding(false);
  let counter = 0;
  let rest: Uint8Array = new Uint8Array();
  return (bytes) => {
    const blocks = Math.max(0, Math.ceil((bytes.length - rest.length) / blockBytes));
    const counters = Buffer.alloc(blocks * blockBytes);
    for (let block = 0; block < blocks; block += 1) {
      counter += 1;
      counters.writeUIntLE(counter, block * blockBytes, 6);
    }
    const stream = Buffer.concat([rest, cipher.update(counters)]);
    rest = stream.subarray(bytes.length);
    return bytes.map((byte, at) => byte ^ (stream[at] ?? 0));
  };
}

async function* readAll(
  reader: ByteReader,
  decrypt: (bytes: Uint8Array) => Uint8Array,
): AsyncGenerator<Uint8Array> {
  const stepBytes = 64 * 1024;
  try {
    for (;;) {
      const bytes = await reader.some(stepBytes);
      if (bytes === undefined) return;
      yield decrypt(bytes);
    }
  } finally {
    await reader.close();
  }
}
