import { type Format, refuse } from "./format.ts";

/** Windows events as rendered XML. Recognised only: they cannot be read yet. */
export const xml: Format = {
  name: "xml",
  detect: (head) => {
    const text = head.subarray(0, 1024).toString("utf8");
    if (/^\ufeff?\s*(<\?xml[^>]*>\s*)?<Events?[\s>]/.test(text)) return "certain";
    return /^\ufeff?\s*<[a-z?!]/i.test(text) ? "likely" : undefined;
  },
  read: refuse({
    code: "unknown-format",
    message: "XML events are not yet supported",
    hint: "export the events as JSON",
  }),
};
