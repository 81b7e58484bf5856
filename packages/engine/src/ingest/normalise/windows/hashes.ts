import { addToField, type Fields, setField } from "../fields.ts";

/** Where a hash goes below an object (`process`, `file`, `dll`), by the name that Sysmon gives it. */
const places: ReadonlyMap<string, string> = new Map([
  ["md5", "hash.md5"],
  ["sha1", "hash.sha1"],
  ["sha256", "hash.sha256"],
  ["imphash", "pe.imphash"],
]);

/** Reads `SHA1=…,MD5=…` into each of `owners` and into `related.hash`, in lower case. Hashes of nothing but zeros are none. */
export function setHashes(document: Fields, text: string, owners: readonly string[]): void {
  for (const part of text.split(",")) {
    const [name = "", value = ""] = part.toLowerCase().split("=");
    const place = places.get(name.trim());
    if (place === undefined || /^0*$/.test(value)) continue;
    for (const owner of owners) setField(document, `${owner}.${place}`, value);
    addToField(document, "related.hash", value);
  }
}
