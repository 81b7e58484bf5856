import { type Format, refuse } from "./format.ts";

/** Windows events as rendered XML. Recognised only: they cannot be read yet. */
export const xml: Format = {
  name: "XML",
  detect: (head) => /^\ufeff?\s*<[a-z?!]/i.test(head.subarray(0, 1024).toString("utf8")),
  read: refuse({
    code: "unknown-format",
    message: "XML events are not yet supported",
    hint: "export the events as JSON",
  }),
};
