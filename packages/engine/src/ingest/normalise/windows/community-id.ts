import { createHash } from "node:crypto";
import { isIPv4 } from "node:net";
import { getField, type ReadonlyFields } from "../fields.ts";

const protocols: ReadonlyMap<unknown, number> = new Map([
  ["tcp", 6],
  ["udp", 17],
]);

/**
 * The Community ID (version 1, seed 0) of a TCP or UDP connection, which is the same seen from either
 * end; `undefined` where a part is missing. See the specification at corelight/community-id-spec.
 */
export function communityIdOf(document: ReadonlyFields): string | undefined {
  const protocol = protocols.get(getField(document, "network.transport"));
  const ends = ["source", "destination"].map((end) => {
    const address = bytesOf(getField(document, `${end}.ip`));
    const port = getField(document, `${end}.port`);
    if (address === undefined || typeof port !== "number" || port > 0xffff) return undefined;
    return { address, port: Buffer.of(port >> 8, port & 0xff) };
  });
  const [source, destination] = ends;
  if (protocol === undefined || source === undefined || destination === undefined) return undefined;
  const order =
    Buffer.compare(source.address, destination.address) ||
    Buffer.compare(source.port, destination.port);
  const [first, second] = order <= 0 ? [source, destination] : [destination, source];
  const hash = createHash("sha1").update(Buffer.of(0, 0));
  hash.update(first.address).update(second.address).update(Buffer.of(protocol, 0));
  return `1:${hash.update(first.port).update(second.port).digest("base64")}`;
}

/** The bytes of an address that was checked before. */
function bytesOf(address: unknown): Buffer | undefined {
  if (typeof address !== "string") return undefined;
  if (isIPv4(address)) return Buffer.from(address.split(".").map(Number));
  const [head = "", tail] = address.replace(/%.*$/, "").split("::");
  const left = groupsOf(head);
  const right = tail === undefined ? [] : groupsOf(tail);
  const zeros = tail === undefined ? 0 : 8 - left.length - right.length;
  if (zeros < 0 || left.length + zeros + right.length !== 8) return undefined;
  const groups = [...left, ...new Array<number>(zeros).fill(0), ...right];
  return Buffer.from(groups.flatMap((group) => [group >> 8, group & 0xff]));
}

/** The 16-bit groups of a part; a dotted address at the end counts two. */
function groupsOf(part: string): number[] {
  if (part === "") return [];
  return part.split(":").flatMap((group) => {
    if (!group.includes(".")) return [Number.parseInt(group, 16)];
    const [a = 0, b = 0, c = 0, d = 0] = group.split(".").map(Number);
    return [a * 256 + b, c * 256 + d];
  });
}
