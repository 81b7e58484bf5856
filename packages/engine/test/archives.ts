import { crc32, deflateRawSync } from "node:zlib";

/** A file for an archive that a test makes. */
export interface Member {
  readonly name: string;
  readonly content: string | Uint8Array;
}

export interface ZipOptions {
  readonly store?: boolean;
  /** Sets the bit that says "encrypted". */
  readonly encrypted?: boolean;
  /** Writes a wrong checksum. */
  readonly damaged?: boolean;
  /** The upper half of the attributes: the mode that Unix writes. */
  readonly mode?: number;
}

/** A zip archive, as plain as the format allows: no times. */
export function makeZip(members: readonly Member[], options: ZipOptions = {}): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const member of members) {
    const content = Buffer.from(member.content);
    const name = Buffer.from(member.name);
    const packed = options.store === true ? content : deflateRawSync(content);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE((options.encrypted === true ? 1 : 0) | 0x800, 2);
    common.writeUInt16LE(options.store === true ? 0 : 8, 4);
    common.writeUInt32LE(options.damaged === true ? 1 : crc32(content), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(content.length, 18);
    common.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from("PK\x03\x04"), common, name, packed]);
    const rest = Buffer.alloc(14);
    rest.writeUInt16LE(options.mode ?? 0, 8);
    rest.writeUInt32LE(offset, 10);
    const madeBy = Buffer.from([20, 0]);
    directory.push(Buffer.concat([Buffer.from("PK\x01\x02"), madeBy, common, rest, name]));
    parts.push(local);
    offset += local.length;
  }
  const table = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", "latin1");
  end.writeUInt16LE(members.length, 8);
  end.writeUInt16LE(members.length, 10);
  end.writeUInt32LE(table.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, table, end]);
}

const block = 512;

/** One header with its content, padded. `type`: `0` file, `5` folder, `2` link, `L` GNU long name, `x` pax. */
export function tarEntry(name: string, content: string | Uint8Array, type = "0"): Buffer {
  const body = Buffer.from(content);
  const header = Buffer.alloc(block);
  header.write(name, 0, 100);
  header.write("0000644\0", 100);
  header.write(`${body.length.toString(8).padStart(11, "0")}\0`, 124);
  header.write("        ", 148);
  header.write(type, 156);
  header.write("ustar\x0000", 257, "latin1");
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  const padding = Buffer.alloc((block - (body.length % block)) % block);
  return Buffer.concat([header, body, padding]);
}

export function paxRecord(key: string, value: string): string {
  const text = ` ${key}=${value}\n`;
  const bytes = Buffer.byteLength(text);
  let length = bytes;
  while (String(length).length + bytes !== length) length = String(length).length + bytes;
  return `${length}${text}`;
}

/** A tar archive: entries and two blocks of zeros. */
export function makeTar(entries: readonly Buffer[]): Buffer {
  return Buffer.concat([...entries, Buffer.alloc(2 * block)]);
}
