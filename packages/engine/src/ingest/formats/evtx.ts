import { type Format, refuse } from "./format.ts";

const signature = Buffer.from("ElfFile\0");

/** Windows event logs. Recognised only: they cannot be read yet. */
export const evtx: Format = {
  name: "evtx",
  detect: (head) => (head.subarray(0, signature.length).equals(signature) ? "certain" : undefined),
  read: refuse({
    code: "unknown-format",
    message: "EVTX files are not yet supported",
    hint: "convert it to JSON first, for example with `evtx_dump -o jsonl`",
  }),
};
