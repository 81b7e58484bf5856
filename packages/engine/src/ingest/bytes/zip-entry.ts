import type { Entry } from "yauzl";
import type { ZipEncryption } from "./zip-decrypt.ts";

/** How the bytes of a member are packed. */
export interface Packing {
  readonly encryption: ZipEncryption | undefined;
  readonly isDeflated: boolean;
  /** `undefined` where the archive has none to compare with. */
  readonly crc32: number | undefined;
}

const encryptedBit = 1;
const laterSizesBit = 8;
const strongBit = 0x40;
const storedMethod = 0;
const deflateMethod = 8;
const aesMethod = 99;
const aesField = 0x9901;
/** Salt, check bytes and code of AES for each length of the key. */
const aesStrengths: ReadonlyMap<number, 16 | 24 | 32> = new Map([
  [1, 16],
  [2, 24],
  [3, 32],
]);

/** What is known of a member's packing; a text says why it cannot be read. */
export function packingOf(entry: Entry): Packing | string {
  const { generalPurposeBitFlag: flags, compressionMethod, crc32 } = entry;
  if ((flags & encryptedBit) === 0) return describe(compressionMethod, undefined, crc32);
  if ((flags & strongBit) !== 0) return "it is encrypted in a way that cannot be read";
  if (compressionMethod === aesMethod) return describeAes(entry);
  // Where sizes follow the data, the checksum was not yet known, and the time stands for it.
  const check = flags & laterSizesBit ? entry.lastModFileTime >>> 8 : crc32 >>> 24;
  return describe(compressionMethod, { kind: "zipcrypto", check: check & 0xff }, crc32);
}

/** WinZip's field: version, vendor, length of the key, the method under the encryption. The second version has no checksum. */
function describeAes({ extraFields, compressedSize, crc32 }: Entry): Packing | string {
  const data = extraFields.find(({ id }) => id === aesField)?.data;
  const keyBytes = data === undefined ? undefined : aesStrengths.get(data[4] ?? 0);
  if (data === undefined || data.length < 7 || keyBytes === undefined) {
    return "it is encrypted in a way that cannot be read";
  }
  const dataBytes = compressedSize - keyBytes / 2 - 2 - 10;
  if (dataBytes < 0) return "it is damaged: it is shorter than its own encryption";
  const isSecond = data.readUInt16LE(0) === 2;
  const encryption = { kind: "aes", keyBytes, dataBytes } as const;
  return describe(data.readUInt16LE(5), encryption, isSecond ? undefined : crc32);
}

function describe(
  method: number,
  encryption: ZipEncryption | undefined,
  crc32: number | undefined,
): Packing | string {
  if (method !== storedMethod && method !== deflateMethod) {
    return `it is packed by method ${method}, which cannot be read`;
  }
  return { encryption, isDeflated: method === deflateMethod, crc32 };
}
