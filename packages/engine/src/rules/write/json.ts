import { escapeHidden } from "./hidden.ts";

/** A value as JSON, over several lines; hidden characters are escapes. */
export function writeJson(value: unknown): string {
  return `${formatJson(value, 2)}\n`;
}

/** Values as JSON, a line each. */
export function writeNdjson(values: readonly unknown[]): string {
  return values.map((value) => `${formatJson(value)}\n`).join("");
}

function formatJson(value: unknown, indent?: number): string {
  return escapeHidden(JSON.stringify(value, undefined, indent));
}
