/** A plugin's place in a text: `!{name{…}}`. */
export interface PluginMatch {
  readonly name: string;
  /** What stands between the outer braces behind the name: JSON, braces included; empty for `!{name}`. */
  readonly body: string;
  /** Behind the last brace. */
  readonly end: number;
}

const names = ["investigate", "osquery", "insight"];

/**
 * The plugin that starts at `start`, found as Kibana finds it: by counting braces, whatever stands in quotes
 * (detection-semantics 8.1). `undefined` where none starts; `end` at the text's end where no brace closes it.
 */
export function scanPlugin(text: string, start: number): PluginMatch | undefined {
  if (!text.startsWith("!{", start)) return undefined;
  const nameStart = start + 2;
  const name = names.find((each) => text.startsWith(each, nameStart));
  if (name === undefined) return undefined;
  const bodyStart = nameStart + name.length;
  if (text[bodyStart] === "}") return { name, body: "", end: bodyStart + 1 };
  if (text[bodyStart] !== "{") return undefined;
  let depth = 0;
  for (let at = bodyStart; at < text.length; at += 1) {
    if (text[at] === "{") depth += 1;
    else if (text[at] === "}") {
      depth -= 1;
      if (depth === 0) {
        const isClosed = text[at + 1] === "}";
        return { name, body: text.slice(bodyStart, at + 1), end: isClosed ? at + 2 : at + 1 };
      }
    }
  }
  return { name, body: text.slice(bodyStart), end: text.length };
}
