import type { ExceptionSet } from "./exception.ts";
import { toNdjson } from "./export-ndjson.ts";
import { toToml } from "./export-toml.ts";

/** `ndjson`: as Kibana exports lists, and imports them. `toml`: our own exceptions file. */
export type ExceptionFormat = "ndjson" | "toml";

/**
 * Writes lists and items. Reading the text again gives the same set, with the keys that we don't know.
 * Kibana has no place for the rules that items name themselves: its form has a list for them, and the ids of
 * the rules in the list's `meta`.
 */
export function exportExceptions(set: ExceptionSet, format: ExceptionFormat): string {
  return format === "ndjson" ? toNdjson(set) : toToml(set);
}
