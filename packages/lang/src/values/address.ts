/**
 * An IP address as four unsigned 32-bit words. IPv4 is kept as `::ffff:a.b.c.d`, so that the mapped
 * form is the same address and both families have one order (eql-semantics 9.4).
 */
export type Address = readonly [number, number, number, number];

const mappedPrefix = 0xffff;

/**
 * Reads an address, strictly: four decimal octets without leading zeros, or RFC 4291 text. No zone,
 * no port, no blanks. Undefined if the text is none.
 */
export function parseAddress(text: string): Address | undefined {
  // The longest spelling has 45 characters; a value may be of any length.
  if (text.length < 2 || text.length > 45) return undefined;
  if (text.includes(":")) return parseVersion6(text);
  const word = parseVersion4(text);
  return word === undefined ? undefined : [0, 0, mappedPrefix, word];
}

export function isVersion4(address: Address): boolean {
  return address[0] === 0 && address[1] === 0 && address[2] === mappedPrefix;
}

/** The one spelling of an address: `10.0.0.1`, `fe80::1` (RFC 5952). Undefined if the text is none. */
export function canonicalAddress(text: string): string | undefined {
  const address = parseAddress(text);
  return address === undefined ? undefined : formatAddress(address);
}

/** The one spelling of an address. */
export function formatAddress(address: Address): string {
  const last = address[3];
  if (isVersion4(address)) {
    return `${last >>> 24}.${(last >>> 16) & 0xff}.${(last >>> 8) & 0xff}.${last & 0xff}`;
  }
  const groups = address.flatMap((word) => [word >>> 16, word & 0xffff]);
  const { start, length } = longestZeroRun(groups);
  const print = (part: readonly number[]) => part.map((group) => group.toString(16)).join(":");
  if (length < 2) return print(groups);
  return `${print(groups.slice(0, start))}::${print(groups.slice(start + length))}`;
}

/** Order of two addresses, IPv4 as its mapped form. Undefined if one of the texts is none. */
export function compareAddresses(a: string, b: string): number | undefined {
  const left = parseAddress(a);
  const right = parseAddress(b);
  if (left === undefined || right === undefined) return undefined;
  for (const [index, word] of left.entries()) {
    const difference = word - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function parseVersion4(text: string): number | undefined {
  let word = 0;
  let octets = 0;
  let octet = -1;
  for (let index = 0; index <= text.length; index += 1) {
    const digit = text.charCodeAt(index) - 0x30;
    if (digit >= 0 && digit <= 9) {
      if (octet === 0) return undefined;
      octet = octet < 0 ? digit : octet * 10 + digit;
      if (octet > 255) return undefined;
    } else {
      const isEnd = index === text.length || text.charCodeAt(index) === 0x2e;
      if (!isEnd || octet < 0 || octets === 4) return undefined;
      word = word * 256 + octet;
      octets += 1;
      octet = -1;
    }
  }
  return octets === 4 ? word : undefined;
}

function parseVersion6(text: string): Address | undefined {
  const gap = text.indexOf("::");
  if (gap < 0) {
    const groups = parseGroups(text, true);
    return groups?.length === 8 ? toWords(groups) : undefined;
  }
  if (text.includes("::", gap + 1)) return undefined;
  const before = parseGroups(text.slice(0, gap), false);
  const after = parseGroups(text.slice(gap + 2), true);
  if (before === undefined || after === undefined) return undefined;
  // `::` stands for at least one group of zeros.
  const zeros = 8 - before.length - after.length;
  if (zeros < 1) return undefined;
  return toWords([...before, ...new Array<number>(zeros).fill(0), ...after]);
}

/** Groups of up to four hexadecimal digits; the last two may be spelled as an IPv4 address. */
function parseGroups(text: string, mayEndInVersion4: boolean): number[] | undefined {
  if (text === "") return [];
  const parts = text.split(":");
  const groups: number[] = [];
  for (const [index, part] of parts.entries()) {
    if (mayEndInVersion4 && index === parts.length - 1 && part.includes(".")) {
      const word = parseVersion4(part);
      if (word === undefined) return undefined;
      groups.push(Math.floor(word / 0x10000), word % 0x10000);
    } else if (/^[0-9a-fA-F]{1,4}$/.test(part)) {
      groups.push(Number.parseInt(part, 16));
    } else return undefined;
  }
  return groups;
}

function toWords(groups: readonly number[]): Address {
  const wordAt = (index: number): number =>
    (groups[index] ?? 0) * 0x10000 + (groups[index + 1] ?? 0);
  return [wordAt(0), wordAt(2), wordAt(4), wordAt(6)];
}

/** The longest run of zero groups, the first of equals (RFC 5952, 4.2). */
function longestZeroRun(groups: readonly number[]): { start: number; length: number } {
  let best = { start: 0, length: 0 };
  for (let start = 0; start < groups.length; start += 1) {
    let length = 0;
    while (groups[start + length] === 0) length += 1;
    if (length > best.length) best = { start, length };
  }
  return best;
}
