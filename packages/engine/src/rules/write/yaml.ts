import { Document, Scalar, visit } from "yaml";
import { escapeHidden, holdsHidden } from "./hidden.ts";
import { plainOf } from "./plain.ts";
import { isWellFormed } from "./toml-text.ts";

/** Values as documents of one YAML file; texts of several lines as blocks where these can hold them. */
export function writeYaml(values: readonly unknown[]): string {
  return values.map(formatDocument).join("---\n");
}

function formatDocument(value: unknown): string {
  const document = new Document(plainOf(value), { aliasDuplicateObjects: false });
  visit(document, {
    Scalar: (key, scalar) => {
      if (typeof scalar.value === "string") scalar.type = styleOf(scalar.value, key === "key");
    },
  });
  // What is hidden stands in double quotes only, which know these escapes.
  return escapeHidden(
    document.toString({ lineWidth: 0, blockQuote: "literal", doubleQuotedAsJSON: true }),
  );
}

/** Plain texts get quotes by themselves where YAML 1.1 or 1.2 would take them for something else. */
function styleOf(text: string, isKey: boolean): Scalar.Type {
  if (holdsHidden(text) || !isWellFormed(text) || readsOtherwise.test(text)) {
    return Scalar.QUOTE_DOUBLE;
  }
  if (!text.includes("\n")) return text.includes("\t") ? Scalar.QUOTE_DOUBLE : Scalar.PLAIN;
  // Blanks at the start of a block, and lines of blanks alone, count as indentation.
  const isBlock = !isKey && !/^\s/.test(text) && !/^[ \t]+$/m.test(text);
  return isBlock ? Scalar.BLOCK_LITERAL : Scalar.QUOTE_DOUBLE;
}

/** Words and numbers of YAML 1.1 that are text in 1.2: other readers know the older one only. */
const readsOtherwise =
  /^(?:y|n|yes|no|on|off|~|null|true|false|<<|=|[-+]?[\d._:]+|0[obx][\da-f_]+|\d{4}-\d\d?-\d\d?.*)$/i;
