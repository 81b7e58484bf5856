import { isIP } from "node:net";

/** What a text says about one end of a connection. */
export interface WrittenAddress {
  readonly address?: string;
  readonly domain?: string;
  readonly port?: number;
}

/**
 * Reads an address as services write it: `10.0.0.1`, `10.0.0.1:443`, `[2001:db8::1]:443`, `name`, `name:443`,
 * `name (10.0.0.1)`. IPv4 in IPv6 counts as IPv4. What is none of these is an address as it stands.
 */
export function readAddress(written: string): WrittenAddress {
  const text = written.replace(/::ffff:(\d{1,3}(?:\.\d{1,3}){3})/, "$1");
  const bare = text.startsWith("[") && text.endsWith("]") ? text.slice(1, -1) : text;
  if (isIP(bare) > 0) return { address: bare };
  const bracketed = /^\[([^\]]{1,255})\]:(\d{1,5})/.exec(text);
  if (bracketed !== null) return withPort(bracketed[1] ?? "", bracketed[2] ?? "");
  const colon = bare.lastIndexOf(":");
  const port = bare.slice(colon + 1);
  const host = bare.slice(0, colon);
  if (colon > 0 && /^\d{1,5}$/.test(port) && isIP(host) > 0) return withPort(host, port);
  const named = /^(\S{1,255}) \(([^)]{0,255})\)$/.exec(bare);
  if (named !== null) return { domain: named[1] ?? "", address: named[2] ?? "" };
  return /\s/.test(bare) || bare === "" ? { address: text } : { domain: bare };
}

function withPort(host: string, port: string): WrittenAddress {
  const end = isIP(host) > 0 ? { address: host } : { domain: host };
  return { ...end, port: Number(port) };
}
