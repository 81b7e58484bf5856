import { isInBlock, parseAddress, parseBlock } from "../values/index.ts";
import type { LanguageFunction } from "./function.ts";

export const cidrMatch: LanguageFunction = {
  name: "cidrMatch",
  doc: "Whether `source` is an address inside one of `blocks`. A bare address is a block of one. Null if `source` is no address.",
  parameters: [
    { name: "source", type: "ip" },
    { name: "blocks", type: "string", rest: true, constant: true },
  ],
  returns: "boolean",
  hasInsensitiveForm: false,
  examples: [
    ['cidrMatch("10.1.2.3", "10.0.0.0/8")', true],
    ['cidrMatch("10.1.2.3", "192.168.0.0/16", "10.6.48.157/8")', true],
    ['cidrMatch("::ffff:10.1.2.3", "10.1.2.3")', true],
    ['cidrMatch("fe80::1", "10.0.0.0/8")', false],
    ['cidrMatch("localhost", "127.0.0.0/8")', null],
    ['cidrMatch(null, "10.0.0.0/8")', null],
  ],
  run: ([source, ...texts]) => {
    const address = typeof source === "string" ? parseAddress(source) : undefined;
    if (address === undefined) return null;
    let isInside = false;
    for (const text of texts) {
      const block = typeof text === "string" ? parseBlock(text) : undefined;
      if (block === undefined) return null;
      isInside ||= isInBlock(block, address);
    }
    return isInside;
  },
};
