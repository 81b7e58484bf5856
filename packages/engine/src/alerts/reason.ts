import { type EventDocument, fieldValues } from "@harrier/lang/match";
import type { Severity } from "../rules/index.ts";

/**
 * One line that says what happened, from the parts that the event has (detection-semantics 4.5).
 * The text is log content: whoever shows it makes it harmless.
 */
export function reasonText(document: EventDocument, severity: Severity, ruleName: string): string {
  const text = (path: string) => textAt(document, path);
  const category = text("event.category");
  const things = [
    part(" process ", text("process.name"), ","),
    part(" parent process ", text("process.parent.name"), ","),
    part(" file ", text("file.name"), ","),
    endpoint(" source ", text("source.ip"), text("source.port")),
    endpoint(" destination ", text("destination.ip"), text("destination.port")),
  ].join("");
  return [
    category === "" ? "event" : `${category} event`,
    things === "" ? "" : ` with${things}`,
    part(" by ", text("user.name"), ""),
    part(" on ", text("host.name"), ""),
    ` created ${severity} alert ${ruleName}.`,
  ].join("");
}

function endpoint(label: string, address: string, port: string): string {
  if (address === "") return "";
  // The comma comes with the port: Elastic's wording.
  return port === "" ? `${label}${address}` : `${label}${address}:${port},`;
}

function part(before: string, text: string, after: string): string {
  return text === "" ? "" : `${before}${text}${after}`;
}

/** All values of a field, joined; empty when there is none but `-`, which many log sources write for "nothing". */
function textAt(document: EventDocument, path: string): string {
  return fieldValues(document, path)
    .map(String)
    .filter((text) => text !== "" && text !== "-")
    .join(", ");
}
