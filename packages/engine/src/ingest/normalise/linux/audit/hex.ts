/** The bytes of text in upper-case hex, as the kernel writes what it does not trust; `undefined` for anything else. */
export function hexBytes(text: string): Buffer | undefined {
  const isHex = text.length > 0 && text.length % 2 === 0 && /^[0-9A-F]+$/.test(text);
  return isHex ? Buffer.from(text, "hex") : undefined;
}

/** Text in hex up to its first NUL. */
export function hexText(text: string): string | undefined {
  const bytes = hexBytes(text);
  if (bytes === undefined) return undefined;
  const end = bytes.indexOf(0);
  return bytes.toString("utf8", 0, end < 0 ? bytes.length : end);
}

/** Texts in hex with NULs between them, which become blanks: the title of a process. */
export function hexWords(text: string): string | undefined {
  return hexBytes(text)?.toString("utf8").split("\0").join(" ");
}

/** What a socket address holds: `family`, and `path`, `addr` and `port`, or the hex as it was. `undefined` for what is cut off. */
export function readSocketAddress(hex: string): readonly (readonly [string, string])[] | undefined {
  const bytes = hexBytes(hex);
  if (bytes === undefined || bytes.length < 2) return undefined;
  const family = bytes.readUInt16LE(0);
  switch (family) {
    case 1:
      return [
        ["family", "unix"],
        ["path", hexText(hex.slice(4)) ?? ""],
      ];
    case 2:
      if (bytes.length < 8) return undefined;
      return [
        ["family", "ipv4"],
        ["addr", bytes.subarray(4, 8).join(".")],
        ["port", String(bytes.readUInt16BE(2))],
      ];
    case 10: {
      if (bytes.length < 24) return undefined;
      const flow = bytes.readUInt32BE(4);
      return [
        ["family", "ipv6"],
        ["addr", formatIpv6(bytes.subarray(8, 24))],
        ["port", String(bytes.readUInt16BE(2))],
        ...(flow > 0 ? [["flow", String(flow)] as const] : []),
      ];
    }
    case 16:
      return [
        ["family", "netlink"],
        ["saddr", hex],
      ];
    default:
      return [
        ["family", String(family)],
        ["saddr", hex],
      ];
  }
}

/** RFC 5952: lower case, the longest run of two or more zero groups as `::`; IPv4 in IPv6 as IPv4. */
function formatIpv6(bytes: Buffer): string {
  const groups = Array.from({ length: 8 }, (_, at) => bytes.readUInt16BE(at * 2));
  const isMapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  if (isMapped) return bytes.subarray(12).join(".");
  let best = { start: -1, length: 1 };
  for (let start = 0; start < 8; start += 1) {
    let length = 0;
    while (start + length < 8 && groups[start + length] === 0) length += 1;
    if (length > best.length) best = { start, length };
  }
  const text = (some: readonly number[]) => some.map((group) => group.toString(16)).join(":");
  if (best.start < 0) return text(groups);
  return `${text(groups.slice(0, best.start))}::${text(groups.slice(best.start + best.length))}`;
}
