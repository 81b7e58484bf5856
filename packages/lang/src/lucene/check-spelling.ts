import { spanOf } from "../text/index.ts";
import type { ValueNode } from "./ast.ts";
import { type Checking, reportFinding } from "./checking.ts";
import { findIdleBackslash } from "./escapes.ts";

/** What reads otherwise than it looks. */
export function checkSpelling(value: ValueNode, checking: Checking): void {
  if (value.kind === "text" && !value.isQuoted) {
    const operator = value.words.find(
      (word) => /^(?:and|or|not)$/i.test(word) && !/^[ANO]/.test(word),
    );
    if (operator !== undefined) {
      const isText = value.words.length > 1;
      const message = isText
        ? `\`${operator}\` is a word here, and all these words are one text`
        : `\`${operator}\` is a word here`;
      const hint = `write \`${operator.toUpperCase()}\` for the operator`;
      reportFinding(checking, "warning", "lucene/lowercase-operator", value.span, message, hint);
    }
  }
  if (value.kind === "text" || value.kind === "pattern") checkBackslash(value, checking);
}

function checkBackslash({ span }: ValueNode, checking: Checking): void {
  const { source, start, end } = span;
  const at = findIdleBackslash(source.text.slice(start, end));
  if (at === undefined) return;
  const place = spanOf(source, start + at, start + at + 2);
  const [, unit = ""] = Array.from(source.text.slice(start + at, start + at + 3));
  const message = `\`\\${unit}\` is just \`${unit}\``;
  const hint = "write a backslash that is part of the value twice: `C:\\\\Windows`";
  reportFinding(checking, "warning", "lucene/lost-backslash", place, message, hint);
}
