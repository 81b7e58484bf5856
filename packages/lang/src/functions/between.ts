import { foldFor } from "./fold-for.ts";
import type { LanguageFunction } from "./function.ts";

/** Elasticsearch fails the request where the last `right` starts before `left` ends; here it gives "". */
export const between: LanguageFunction = {
  name: "between",
  doc: "The text of `source` after the first `left` and before the next `right`, or the last `right` if `greedy`; the empty text if one of them is not there, and `source` itself if one of the texts is empty.",
  parameters: [
    { name: "source", type: "string" },
    { name: "left", type: "string" },
    { name: "right", type: "string" },
    { name: "greedy", type: "boolean", optional: true },
  ],
  returns: "string",
  hasInsensitiveForm: true,
  examples: [
    ['between("cmd.exe /c whoami", "/", " ")', "c"],
    ['between("a [b] c [d]", "[", "]", true)', "b] c [d"],
    ['between("a [b] c", "[", ">")', ""],
    ['between("a [b] c", "", "]")', "a [b] c"],
    ['between("]a[", "[", "]", true)', ""],
    ['between~("User=ANN;", "user=", ";")', "ANN"],
    ['between(null, "[", "]")', null],
  ],
  run: ([source, left, right, greedy], context) => {
    if (typeof source !== "string" || typeof left !== "string" || typeof right !== "string") {
      return null;
    }
    if (source === "" || left === "" || right === "") return source;
    // Folding keeps offsets, so places in the folded text are places in the source.
    const folded = foldFor(context, source);
    const found = folded.indexOf(foldFor(context, left));
    if (found < 0) return "";
    const start = found + left.length;
    const close = foldFor(context, right);
    const end = greedy === true ? folded.lastIndexOf(close) : folded.indexOf(close, start);
    return end < start ? "" : source.slice(start, end);
  },
};
